/** Bugs and findings in one line each, for the terminal, the log and annotations. */
import { severityOfBug } from '../triage/jury.ts';
import { inertLine } from '../trust/inert.ts';
import { describeBug, describeFinding } from '../verdict/words.ts';
import type { FindingLine } from './record.ts';
import type { BugLine } from './report.ts';

/** A bug in one line of plain, inert text. */
export function bugLine(bug: BugLine): string {
  const { finding, traits, indices, fingerprint } = bug;
  const severity = severityOfBug(bug);
  const seen = indices.length === 0 ? 'met by no iteration of this run' : `seen ${indices.length} ×`;
  return inertLine(`Bug ${fingerprint} (${severity}), ${seen}: ${describeBug(finding, traits)}`);
}

/** One finding in one line of plain, inert text. */
export function findingLine({ index, finding }: Pick<FindingLine, 'index' | 'finding'>): string {
  return inertLine(`Iteration ${index}, step ${finding.step}: ${describeFinding(finding).title}`);
}
