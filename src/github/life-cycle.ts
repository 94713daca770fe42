/**
 * What a run does about issues, as pure data: from the issues that there are and the bugs that were seen follows a list of actions.
 * Nothing is decided anywhere else.
 */
import { NIGHTS } from '../history/advance.ts';
import type { ReplayLine } from '../report/replay-line.ts';
import { type Bug, FINGERPRINT_SCHEME } from '../triage/bug.ts';
import type { Marker } from './marker.ts';
import { countedIn, replayedIn, shownByDefault, type Witness } from './state.ts';

/** How an issue stands. One that was closed before GitHub knew reasons counts as completed. */
export type Status = 'open' | 'completed' | 'not_planned' | 'duplicate';

/** An issue as far as a bug's life is concerned. Its body may be anybody's. */
export interface Issue {
  readonly number: number;
  readonly url: string;
  /** What GitHub's API calls its id: another number than the one that people see. */
  readonly id: number;
  readonly status: Status;
  /** When it was closed, in ISO form; absent where it is open. */
  readonly closedAt?: string;
  /** Whether the account that files opened it. */
  readonly own: boolean;
  readonly body: string;
  /** Absent where the body has none, or where whoever opened it may not speak for a bug. */
  readonly marker?: Marker;
  /** The number of the issue that it was closed in favour of, where one is named. */
  readonly duplicateOf?: number;
}

/** What is to be done, for a bug or for an issue. */
export type Action =
  | { readonly kind: 'open'; readonly bug: Bug }
  /** More are to be opened than a run may. */
  | { readonly kind: 'pending'; readonly bug: Bug }
  /** Its fingerprint may be another tomorrow, and would then have another issue. */
  | { readonly kind: 'unfinished'; readonly bug: Bug }
  | { readonly kind: 'count'; readonly bug: Bug; readonly issue: Issue; readonly marker: Marker }
  /** Somebody knows it already and nothing is to be written. */
  | { readonly kind: 'known'; readonly bug: Bug; readonly issue: Issue }
  /** Closed as completed, and seen again. `marker` is absent where the body has none. */
  | { readonly kind: 'reopen'; readonly bug: Bug; readonly issue: Issue; readonly marker?: Marker }
  | { readonly kind: 'accepted'; readonly bug: Bug; readonly issue: Issue }
  | { readonly kind: 'fold'; readonly older: Issue; readonly younger: Issue }
  /** What a replay says of the number of runs in a row that agreed, to be remembered. */
  | { readonly kind: 'nights'; readonly issue: Issue; readonly marker: Marker }
  /** It agreed often enough to tell people, and to close it where that is wished. */
  | { readonly kind: 'fixed'; readonly issue: Issue; readonly marker: Marker; readonly close: boolean };

/** All that the actions follow from. */
export interface Situation {
  readonly issues: readonly Issue[];
  /** The bugs of the run, those that matter most first: where not all can be opened, the first are. */
  readonly bugs: readonly Bug[];
  readonly replays: readonly ReplayLine[];
  /** `testedAsOf` in ISO form: what was tested was put together then or before. */
  readonly run: Witness & { readonly testedAsOf: string };
  /** Whether what it runs on is what issues are closed for: another branch may lack the fix. */
  readonly mayReopen: boolean;
  readonly maxIssues: number;
  readonly closeFixed: boolean;
}

/** What to do, in this order: what people wait for first, new issues last. */
export function actionsFor(situation: Situation): Action[] {
  const ofBugs = limited(onceAnIssue(situation.bugs.map((bug) => actionFor(bug, situation))), situation.maxIssues);
  const isNew = ({ kind }: Action) => kind === 'open' || kind === 'pending';
  const first = [...twinsAmong(situation.issues), ...ofBugs.filter((action) => !isNew(action))];
  return [...first, ...replayActions(situation, new Set(first.flatMap(issuesOf))), ...ofBugs.filter(isNew)];
}

/** The issue that speaks for a fingerprint, or undefined where nobody knows it. */
export function issueOf(fingerprint: string, issues: readonly Issue[]): Issue | undefined {
  return issues.filter((issue) => isOf(issue, fingerprint)).toSorted(byWeight)[0];
}

/** The issue that a duplicate leads to, over as many others as need be; where none is named or known, the last one on the way. */
export function followed(issue: Issue, issues: readonly Issue[], passed: readonly number[] = []): Issue {
  if (issue.status !== 'duplicate' || passed.includes(issue.number)) return issue;
  const next = issues.find(({ number }) => number === issue.duplicateOf);
  return next === undefined ? issue : followed(next, issues, [...passed, issue.number]);
}

function actionFor(bug: Bug, situation: Situation): Action {
  const named = issueOf(bug.fingerprint, situation.issues);
  if (named === undefined) return { kind: bug.unfinished ? 'unfinished' : 'open', bug };
  return actionOn(followed(named, situation.issues), bug, situation);
}

function actionOn(issue: Issue, bug: Bug, situation: Situation): Action {
  const { run } = situation;
  const marker = issue.marker && { ...issue.marker, state: countedIn(issue.marker.state, bug.sightings.length, run) };
  switch (issue.status) {
    case 'open':
      if (marker === undefined || issue.marker === undefined) return { kind: 'known', bug, issue };
      return issue.marker.state.run === run.id
        ? seenByTwoJobs(bug, issue, { marker: issue.marker, run })
        : { kind: 'count', bug, issue, marker };
    case 'completed':
      return unlessBack(issue, bug, situation) ?? { kind: 'reopen', bug, issue, ...(marker && { marker }) };
    case 'not_planned':
      return { kind: 'accepted', bug, issue };
    case 'duplicate':
      return { kind: 'known', bug, issue };
  }
}

/** What else than reopening is to be done, as it does not follow that the bug is back. */
function unlessBack(issue: Issue, bug: Bug, { run, mayReopen }: Situation): Action | undefined {
  // It was closed while this run waited or went on, or for a branch that this is not: what was run need not have had the fix.
  if (!mayReopen || !isLongBefore(issue.closedAt, run.testedAsOf)) return { kind: 'known', bug, issue };
  return bug.unfinished ? { kind: 'unfinished', bug } : undefined;
}

/** A run counts once, however many jobs it has; but that one of them sees the bug outweighs that another did not. */
function seenByTwoJobs(bug: Bug, issue: Issue, { marker, run }: { marker: Marker; run: Witness }): Action {
  if (run.elsewhere || marker.state.nights === 0) return { kind: 'known', bug, issue };
  return { kind: 'count', bug, issue, marker: { ...marker, state: shownByDefault(marker.state) } };
}

/**
 * Hours between the checkout of what a run tests and its own start, in which that may have waited and been built: no longer than a job of
 * GitHub's runners may take. What is back is still so in the next run.
 */
const HOURS_BEFORE_START = 6;

function isLongBefore(time: string | undefined, start: string): boolean {
  return time === undefined || Date.parse(time) < Date.parse(start) - HOURS_BEFORE_START * 3_600_000;
}

/** Two bugs that lead to the same issue change it once. */
function onceAnIssue(actions: readonly Action[]): Action[] {
  const changed = new Set<number>();
  return actions.map((action) => {
    if (action.kind !== 'count' && action.kind !== 'reopen') return action;
    const { bug, issue } = action;
    if (changed.has(issue.number)) return { kind: 'known', bug, issue };
    changed.add(issue.number);
    return action;
  });
}

function limited(actions: readonly Action[], most: number): Action[] {
  let opened = 0;
  return actions.map((action) => {
    if (action.kind !== 'open') return action;
    opened += 1;
    return opened <= most ? action : { kind: 'pending', bug: action.bug };
  });
}

/** Open issues of ours for one bug: the oldest stays. Those of others are left alone, whatever marker they show. */
function twinsAmong(issues: readonly Issue[]): Action[] {
  const open = issues.filter(({ own, status }) => own && status === 'open').toSorted((a, b) => a.number - b.number);
  return open.flatMap((younger) => {
    const older = open.find(({ marker }) => marker !== undefined && isOf(younger, marker.fingerprint));
    return older === undefined || older === younger ? [] : [{ kind: 'fold' as const, older, younger }];
  });
}

/** Once for each open issue, also where twins had theirs run; not where the run saw its bug, be it by the fingerprint of a duplicate. */
function replayActions({ issues, replays, run, closeFixed }: Situation, named: ReadonlySet<number>): Action[] {
  const filed = replays.filter(({ unfiled }) => !unfiled);
  return [...new Set(filed.map(({ fingerprint }) => fingerprint))].flatMap((fingerprint) => {
    const issue = issueOf(fingerprint, issues);
    if (!issue?.own || issue.status !== 'open' || named.has(issue.number)) return [];
    const agrees = filed.every((one) => one.fingerprint !== fingerprint || one.agrees);
    return afterReplay(issue, agrees, { run: run.id, closeFixed });
  });
}

function issuesOf(action: Action): number[] {
  if ('issue' in action) return [action.issue.number];
  return action.kind === 'fold' ? [action.older.number, action.younger.number] : [];
}

function afterReplay(issue: Issue, agrees: boolean, how: { run: string; closeFixed: boolean }): Action[] {
  const after = issue.marker && replayedIn(issue.marker.state, agrees, how.run);
  if (issue.marker === undefined || after === undefined) return [];
  const marker = { ...issue.marker, state: after };
  if (after.nights < NIGHTS) return [{ kind: 'nights', issue, marker }];
  const isTold = issue.marker.state.nights >= NIGHTS && !how.closeFixed;
  return isTold ? [] : [{ kind: 'fixed', issue, marker, close: how.closeFixed }];
}

function isOf({ marker }: Issue, fingerprint: string): boolean {
  return marker?.scheme === FINGERPRINT_SCHEME && marker.fingerprint === fingerprint;
}

/** Open before closed, what stands for itself before what only names another; then the oldest of the open, the latest word of the closed. */
function byWeight(a: Issue, b: Issue): number {
  const weight = ({ status, own }: Issue) => (status === 'open' ? 0 : status === 'duplicate' ? 4 : 2) + (own ? 0 : 1);
  const byNumber = a.status === 'open' ? a.number - b.number : b.number - a.number;
  return weight(a) - weight(b) || byNumber;
}
