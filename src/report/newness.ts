import { pastOf } from '../history/history.ts';
import { describeOrigin, type Unfinished } from '../triage/bug.ts';
import { counted } from '../verdict/counted.ts';
import type { BugLine, Report } from './report.ts';
import { isKnown, type Standing, type StandingState } from './standing.ts';

/**
 * Whether nobody knew of a bug before this run. What the baseline shows is the stronger evidence; a bug that was called fixed is new again
 * whatever earlier runs saw. Of one whose smallest case is not known nothing but the baseline tells.
 */
export function isNew({ fingerprint, origin, unfinished }: BugLine, { standings, history }: Report): boolean {
  if (origin !== 'unknown') return origin === 'introduced';
  if (unfinished) return false;
  const standing = standings.get(fingerprint);
  return !isKnown(standing) && (standing?.state === 'regression' || pastOf(fingerprint, history) === undefined);
}

/** Whether nothing tells if a bug is new: its smallest case is not known, and neither baseline nor issue speaks of it. */
export function isUnclear({ fingerprint, origin, unfinished }: BugLine, { standings }: Report): boolean {
  return unfinished !== undefined && origin === 'unknown' && !isKnown(standings.get(fingerprint));
}

/** Why a smallest case is not known, and what follows from that. */
const UNFINISHED: Readonly<Record<Unfinished, string>> = {
  time: 'the time to make it small was used up (`shrink-timeout`): it may be a bug that is known by a smaller case, and the next run that keeps a history goes on',
  seldom:
    'smaller cases show it only now and then, so it is told by a whole one: it may be a bug that is known by a smaller case, and the next run that keeps a history tries again',
};

/** What each standing means, in words. */
const STATES: Readonly<Record<StandingState, string>> = {
  new: 'new: an issue was opened',
  known: 'known: it has an issue',
  elsewhere: 'new to the default branch: it has an issue, but no run there has seen it',
  regression: 'a regression: its issue had been closed as completed',
  accepted: 'accepted: its issue was closed as not planned',
  pending: 'new: the next run files it',
  unfinished: 'not filed yet: its smallest case is not known',
  'not-filed': 'no issue exists for it, and this run opens none',
};

/**
 * What is known of whether a bug is new, in sentences of ours: by the baseline, the issues and earlier runs. Never empty: that nothing is
 * known is said too. `linked` words an issue.
 */
export function newnessWords(
  bug: BugLine,
  report: Report,
  linked: (issue: NonNullable<Standing['issue']>) => string = () => '',
): string[] {
  const origin = describeOrigin(bug.origin);
  const standing = report.standings.get(bug.fingerprint);
  const words = [
    ...(origin === undefined ? [] : [origin]),
    ...(standing === undefined ? [] : [`${STATES[standing.state]}${standing.issue ? linked(standing.issue) : ''}`]),
    ...historyWords(bug, report),
  ];
  if (bug.unfinished) words.push(UNFINISHED[bug.unfinished]);
  return words.length > 0
    ? words
    : ['counts as new: no baseline, issue or earlier run that could be consulted knows it'];
}

function historyWords({ fingerprint, origin }: BugLine, { history, standings }: Report): string[] {
  const past = pastOf(fingerprint, history);
  if (past !== undefined) return [`known to ${counted(past.runs, 'earlier run')}, first on ${past.first}`];
  // Where somebody knew it, that earlier runs did not meet it says nothing.
  const knew = origin === 'before' || isKnown(standings.get(fingerprint));
  if (knew || history.runs.length === 0) return [];
  return [`new to the history: not met by the ${counted(history.runs.length, 'earlier run')} in it`];
}
