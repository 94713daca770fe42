/** What a person should know of a repository's issues, as later runs would do without them in silence. */
import { plainTitle } from '../trust/inert.ts';
import { isReport } from './body.ts';
import type { Issue } from './life-cycle.ts';

/** How many issues are named in a warning. */
const MOST_NAMED = 20;

/** What is wrong with the issues that have the label, in inert lines; none where nothing is. `account` is as whom the token counts. */
export function warningsAbout(issues: readonly Issue[], label: string, account: string): string[] {
  const marked = issues.filter(({ marker }) => marker !== undefined);
  const lost = issues.filter(({ marker, own, body }) => own && marker === undefined && isReport(body)).filter(matters);
  return [
    ...(marked.length > 0 && marked.every(({ own }) => !own) ? [ofOthers(label, plainTitle(account))] : []),
    ...(lost.length > 0 ? [unmarked(lost)] : []),
  ];
}

/** What was closed as completed or as a duplicate is only filed anew where it shows again. */
function matters({ status }: Issue): boolean {
  return status === 'open' || status === 'not_planned';
}

/** All that is done by itself to issues of its own would stay undone without a word. */
function ofOthers(label: string, account: string): string {
  return `None of the issues with the label "${label}" was opened by ${account}, as whom this token counts: they are counted, but not tried again, closed or folded. A GitHub App’s own token does not say who it is; the workflow’s token does.`;
}

function unmarked(issues: readonly Issue[]): string {
  const names = issues.slice(0, MOST_NAMED).map(({ number }) => `#${number}`);
  const all = [...names, ...(issues.length > MOST_NAMED ? ['…'] : [])].join(', ');
  return `No marker is found in ${all}, so each bug in question may be filed again: the line "<!-- disk-image-differential-fuzz … -->" must stand by itself above the report, outside of code. Put it back from the history of the issue’s edits, or take the label away.`;
}

/** An issue without its label is not found again, so that each run would open another. */
export function unlabelled(number: number, label: string): string {
  return `Issue #${number} was opened without the label "${label}", which this token may not set. Set it by hand, or no later run finds the issue; no other issue was opened.`;
}
