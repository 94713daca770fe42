import type { Bug } from '../triage/bug.ts';
import type { Ruling } from '../triage/ruling.ts';
import { TRIES } from '../triage/triage.ts';

/**
 * One line of `triage.jsonl`: a bug with all its sightings, its folder holding the smallest plan and the reproducer; or a finding
 * that did not come back often enough.
 */
export type TriageLine =
  | (Omit<Bug, 'plan' | 'reproducer' | 'sightings'> & {
      readonly kind: 'bug';
      readonly folder: string;
      readonly indices: readonly number[];
    })
  | { readonly kind: 'flaky'; readonly index: number; readonly cameBack: number; readonly tries: number };

/** The line of a finding that did not come back often enough. */
export function flakyLineOf({ suspect, cameBack }: Ruling & { kind: 'flaky' }): TriageLine {
  return { kind: 'flaky', index: suspect.plan.index, cameBack, tries: TRIES };
}
