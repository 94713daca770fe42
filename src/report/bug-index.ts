import { severityOfBug } from '../triage/jury.ts';
import { markdownCode } from '../trust/inert.ts';
import { SEVERITIES } from '../verdict/severity.ts';
import { describeBug } from '../verdict/words.ts';
import { isNew } from './newness.ts';
import { allBugs, type BugLine, type Report } from './report.ts';

/** So many bugs are listed; their sections follow, as far as there is room. */
const MOST_LISTED = 50;

/** How bad the bugs are and how many are new, in one line; then each of them in a row, where there are several. */
export function bugIndex(report: Report): string[] {
  const bugs = allBugs(report);
  if (bugs.length === 0) return [];
  const worst = SEVERITIES.map((severity) => [severity, bugs.filter((bug) => severityOfBug(bug) === severity).length])
    .filter(([, times]) => times !== 0)
    .map(([severity, times]) => `${times} ${severity}`);
  const fresh = bugs.filter((bug) => isNew(bug, report)).length;
  const listed = bugs.slice(0, MOST_LISTED).map((bug) => rowOf(bug, report));
  const more = bugs.length > MOST_LISTED ? [`and ${bugs.length - MOST_LISTED} more`, ''] : [];
  const table = ['| severity | what differs | seen | new |', '|---|---|--:|---|', ...listed, ''];
  return [`Bugs by severity: ${worst.join(', ')}; ${fresh} new.`, '', ...(bugs.length > 1 ? [...table, ...more] : [])];
}

function rowOf(bug: BugLine, report: Report): string {
  const { finding, traits, indices } = bug;
  const state = report.standings.get(bug.fingerprint)?.state;
  const fresh = isNew(bug, report) ? 'new' : state === 'accepted' ? 'accepted' : '';
  return `| ${severityOfBug(bug)} | ${markdownCode(describeBug(finding, traits), 150)} | ${indices.length} × | ${fresh} |`;
}
