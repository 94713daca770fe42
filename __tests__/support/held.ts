import type { Stage } from '../../src/execution/stage.ts';
import { worstFinding } from '../../src/execution/worst.ts';
import type { Script } from '../../src/operations/operation.ts';
import type { Observation } from '../../src/oracles/observation.ts';
import type { Exit } from '../../src/verdict/exit.ts';
import type { Judgement } from '../../src/verdict/finding.ts';
import { benchWith, observed } from './bench.ts';
import { ended } from './ended.ts';

/** How a command ended, or its code alone. */
type End = Exit | number;

/** What the oracles of a script hold against a subject that ended like this and changed these files, where the reference ended like that. */
export function heldAgainst(
  script: Script,
  operation: string,
  [subject, reference]: readonly [subject: End, reference: End],
  changed: readonly string[] = [],
): Promise<Judgement | undefined> {
  const ends = { subject: ended(subject), reference: ended(reference) };
  const seen = about(script, { ...ends, operation, bench: benchWith({}, changed) });
  return worstFinding(script.oracles, seen, { transcript: [] } as unknown as Stage);
}

/** All that the oracles of a script find in this, each by itself, those that read back what was made among them. */
export async function allFound(script: Script, seen: Partial<Observation>): Promise<Judgement[]> {
  const found: Judgement[] = [];
  for (const oracle of [...script.oracles, ...script.readbacks]) {
    const finding = await oracle(about(script, seen));
    if (finding) found.push(finding);
  }
  return found;
}

function about({ inputs, outputs, invariants }: Script, seen: Partial<Observation>): Observation {
  return observed({ inputs, outputs, invariants, ...seen });
}
