import type { FailOn } from '../inputs/fail-on.ts';
import { counted } from '../report/counted.ts';
import { isNew, isUnclear } from '../report/newness.ts';
import type { BugLine, Report } from '../report/report.ts';
import type { Unfinished } from '../triage/bug.ts';
import { severityOfBug } from '../triage/jury.ts';
import { type Severity, severityOf } from '../verdict/severity.ts';

/** Why a run that got to its end counts as failed, or what a person should know where that is unsure. */
export interface Failure {
  readonly kind: 'failed' | 'unsure';
  readonly words: string;
}

/** Judges a run by what turns it red; undefined where nothing does. `proposed` runs are about changes that are nobody's branch yet. */
export function failureOf(report: Report, failOn: FailOn, proposed: boolean): Failure | undefined {
  const { counts, bugs, unexplained } = report;
  if (counts.divergent === 0 || failOn.kind === 'never') return undefined;
  if (failOn.kind === 'bugs') return ofBugs(report, failOn);
  const depend = bugs.length > 0 && bugs.every((bug) => severityOfBug(bug) === 'version-dependent');
  if (proposed && depend && unexplained.length === 0) return undefined;
  return { kind: 'failed', words: `${counts.divergent} iterations diverged; see the job summary.` };
}

function ofBugs(report: Report, { onlyNew, severities }: FailOn & { kind: 'bugs' }): Failure | undefined {
  const counts = (severity: Severity) => severities.length === 0 || severities.includes(severity);
  const red = report.bugs.filter((bug) => counts(severityOfBug(bug)) && (!onlyNew || isNew(bug, report)));
  const others = report.unexplained.filter(({ finding }) => counts(severityOf(finding, false)));
  const kinds = [...(onlyNew ? ['new'] : []), ...severities].join(', ');
  if (red.length > 0) return { kind: 'failed', words: `${red.length} bugs are ${kinds}; see the job summary.` };
  const unclear = onlyNew ? report.bugs.filter((bug) => isUnclear(bug, report) && counts(severityOfBug(bug))) : [];
  const words = [...findingWords(others.length), ...unclearWords(unclear)].join(' ');
  return words === '' ? undefined : { kind: onlyNew ? 'unsure' : 'failed', words };
}

function findingWords(findings: number): string[] {
  if (findings === 0) return [];
  return [`${findings} findings could not be made into bugs: the time, or the tries for their symptom, were used up.`];
}

function unclearWords(unclear: readonly BugLine[]): string[] {
  const many = (why: Unfinished) => unclear.filter(({ unfinished }) => unfinished === why).length;
  const [time, seldom] = [many('time'), many('seldom')];
  const unknown = 'so it is not known whether that is new.';
  return [
    ...(time === 0 ? [] : [`Shrinking ${counted(time, 'bug')} took longer than shrink-timeout, ${unknown}`]),
    ...(seldom === 0 ? [] : [`Smaller cases of ${counted(seldom, 'bug')} show it only now and then, ${unknown}`]),
  ];
}
