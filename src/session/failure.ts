import type { FailOn } from '../inputs/fail-on.ts';
import { carriedWords } from '../report/headline.ts';
import { isNew, isUnclear } from '../report/newness.ts';
import { allBugs, type BugLine, type Report } from '../report/report.ts';
import { unexplainedWords } from '../report/unexplained.ts';
import type { Unfinished } from '../triage/bug.ts';
import { severityOfBug } from '../triage/jury.ts';
import { counted } from '../verdict/counted.ts';
import { type Severity, severityOf } from '../verdict/severity.ts';

/** Why a run that got to its end counts as failed, or what a person should know where that is unsure. */
export interface Failure {
  readonly kind: 'failed' | 'unsure';
  readonly words: string;
}

/** Judges a run by what turns it red; undefined where nothing does. `proposed` runs are about changes that are nobody's branch yet. */
export function failureOf(report: Report, failOn: FailOn, proposed: boolean): Failure | undefined {
  const { counts, bugs, carried, unexplained } = report;
  if (failOn.kind === 'never') return undefined;
  if (failOn.kind === 'bugs') return ofBugs(report, failOn, proposed);
  if (counts.divergent === 0) return carried.length === 0 || proposed ? undefined : ofCarried(carried);
  const depend = bugs.length > 0 && bugs.every((bug) => severityOfBug(bug) === 'version-dependent');
  if (proposed && depend && unexplained.length === 0) return undefined;
  return { kind: 'failed', words: `${counted(counts.divergent, 'iteration')} diverged.` };
}

function ofCarried(carried: Report['carried']): Failure {
  return { kind: 'failed', words: `No iteration diverged, but ${carriedWords(carried)}.` };
}

/** The bugs that may turn a run red: a change that is only proposed is not judged by what its own iterations did not meet. */
export function bugsThatCount(report: Report, proposed: boolean): readonly BugLine[] {
  return proposed ? report.bugs : allBugs(report);
}

/** Whether a bug is one of those that `fail-on` is about. */
export function isMeant(bug: BugLine, report: Report, failOn: FailOn): boolean {
  if (failOn.kind !== 'bugs') return failOn.kind === 'divergence';
  return isCounted(severityOfBug(bug), failOn) && (!failOn.onlyNew || isNew(bug, report));
}

/** The same of a finding that could not be reduced to a bug: whether it is new nobody knows. */
export function isMeantAlone({ finding }: Report['unexplained'][number], failOn: FailOn): boolean {
  if (failOn.kind !== 'bugs') return failOn.kind === 'divergence';
  return !failOn.onlyNew && isCounted(severityOf(finding, false), failOn);
}

function isCounted(severity: Severity, { severities }: FailOn & { kind: 'bugs' }): boolean {
  return severities.length === 0 || severities.includes(severity);
}

/** Fingerprints that stand in one line. */
const MOST_NAMED = 5;

function ofBugs(report: Report, failOn: FailOn & { kind: 'bugs' }, proposed: boolean): Failure | undefined {
  const { onlyNew, severities } = failOn;
  const counts = (severity: Severity) => isCounted(severity, failOn);
  const bugs = bugsThatCount(report, proposed);
  const red = bugs.filter((bug) => isMeant(bug, report, failOn));
  const others = report.unexplained.filter(({ finding }) => counts(severityOf(finding, false)));
  const kinds = [...(onlyNew ? ['new'] : []), ...(severities.length > 0 ? [severities.join(' or ')] : [])].join(
    ' and ',
  );
  const named = red.slice(0, MOST_NAMED).map(({ fingerprint }) => fingerprint);
  const names = [...named, ...(red.length > MOST_NAMED ? ['…'] : [])].join(', ');
  const words = `${counted(red.length, 'bug')} matched fail-on (${kinds}): ${names}.`;
  if (red.length > 0) return { kind: 'failed', words };
  const unclear = onlyNew ? bugs.filter((bug) => isUnclear(bug, report) && counts(severityOfBug(bug))) : [];
  const unsure = [...(others.length === 0 ? [] : [unexplainedWords(others.length)]), ...unclearWords(unclear)];
  return unsure.length === 0 ? undefined : { kind: onlyNew ? 'unsure' : 'failed', words: unsure.join(' ') };
}

function unclearWords(unclear: readonly BugLine[]): string[] {
  const many = (why: Unfinished) => unclear.filter(({ unfinished }) => unfinished === why).length;
  const [time, seldom] = [many('time'), many('seldom')];
  const unknown = (bugs: number) => `so it is not known whether ${bugs === 1 ? 'it is' : 'they are'} new.`;
  const slow = `Shrinking ${counted(time, 'bug')} took longer than shrink-timeout, ${unknown(time)}`;
  const rare = `Smaller cases of ${counted(seldom, 'bug')} show the difference only now and then, ${unknown(seldom)}`;
  return [...(time === 0 ? [] : [slow]), ...(seldom === 0 ? [] : [rare])];
}
