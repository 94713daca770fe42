import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { error as annotateError, setFailed, setOutput, summary, warning } from '@actions/core';
import { pastOf } from '../history/history.ts';
import { bugLine } from '../report/bug-section.ts';
import { FILES, type FindingLine } from '../report/record.ts';
import type { BugLine, Report } from '../report/report.ts';
import { type SarifPlaces, sarifOf } from '../report/sarif.ts';
import { isKnown } from '../report/standing.ts';
import { headlineOf, isMostlyUnknown, summaryOf } from '../report/summary.ts';
import { inertJson, inertLines } from '../trust/inert.ts';
import type { Finding } from '../verdict/finding.ts';

/** GitHub shows ten annotations of a kind; the last place is for the verdict itself. */
const MOST_ANNOTATIONS = 9;

/** Shows a finished report: summary, annotations, outputs, and the colour of the step. */
export async function presentReport(report: Report, failOn: FailOn, paths: SarifPlaces['paths']): Promise<void> {
  setOutputs(report);
  writeSarif(report, paths);
  await showSummary(report);
  for (const { line, finding } of annotationsOf(report)) annotateError(line, { title: finding.type });
  if (report.run.error !== undefined) setFailed(inertLines(report.run.error));
  else if (report.verdict === 'error') setFailed('The run did not get to its end.');
  else failOnFindings(report, failOn);
  if (isMostlyUnknown(report)) {
    warning(`${report.counts.inconclusive} of ${report.finished} iterations were inconclusive; the summary says why.`);
  }
}

/** The workflow's file, as the runner names it: `owner/repo/.github/workflows/fuzz.yml@refs/heads/main`. */
function workflowFile(): string {
  const [, path] = /^[^/]+\/[^/]+\/(\.github\/[^@]+)@/.exec(process.env['GITHUB_WORKFLOW_REF'] ?? '') ?? [];
  return path ?? '.github/workflows';
}

function writeSarif(report: Report, paths: SarifPlaces['paths']): void {
  const path = join(report.directory, FILES.sarif);
  try {
    writeFileSync(path, `${inertJson(sarifOf(report, { paths, otherwise: workflowFile() }))}\n`);
    setOutput('sarif', path);
  } catch (error) {
    warning(inertLines(`The findings cannot be kept as SARIF: ${String(error)}`));
  }
}

/** What turns the step red. */
export type FailOn = 'divergence' | 'new' | 'never';

function failOnFindings(report: Report, failOn: FailOn): void {
  const { counts, bugs, unexplained } = report;
  if (counts.divergent === 0 || failOn === 'never') return;
  const unknown = bugs.filter((bug) => isNew(bug, report));
  if (failOn === 'divergence') setFailed(`${counts.divergent} iterations diverged; see the job summary.`);
  else if (unknown.length > 0) setFailed(`${unknown.length} bugs are new; see the job summary.`);
  else if (unexplained.length > 0) {
    warning(`${unexplained.length} findings could not be compared with the known bugs for want of time.`);
  }
}

/** What the baseline shows is the stronger evidence; a bug that was called fixed is new again whatever earlier runs saw. */
function isNew({ fingerprint, origin }: BugLine, { standings, history }: Report): boolean {
  if (origin !== 'unknown') return origin === 'introduced';
  const standing = standings.get(fingerprint);
  return !isKnown(standing) && (standing?.state === 'regression' || pastOf(fingerprint, history) === undefined);
}

/** Appends the report's summary to the job summary. */
export async function showSummary(report: Report): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  await summary.addRaw(summaryOf(report)).write();
}

/** The outputs of a run that could not start. */
export function setErrorOutputs(): void {
  setOutput('verdict', 'error');
  for (const name of ['iterations', 'ok', 'divergent', 'inconclusive']) setOutput(name, 0);
}

function setOutputs({ run, counts, finished, verdict, directory }: Report): void {
  setOutput('seed', run.seed);
  setOutput('iterations', finished);
  for (const [name, count] of Object.entries(counts)) setOutput(name, count);
  setOutput('verdict', verdict);
  setOutput('report-dir', directory);
  setOutput('findings', join(directory, FILES.findings));
}

/** Every bug, then what no bug accounts for. */
function annotationsOf({ bugs, unexplained }: Report): { line: string; finding: Finding }[] {
  const ofBugs = bugs.map((bug) => ({ line: bugLine(bug), finding: bug.finding }));
  const others = mostTelling(unexplained).map((line) => ({ line: headlineOf(line), finding: line.finding }));
  return [...ofBugs, ...others].slice(0, MOST_ANNOTATIONS);
}

/** One finding of each type of each operation before a second one of any. */
function mostTelling(findings: readonly FindingLine[]): FindingLine[] {
  const kindOf = ({ finding }: FindingLine) => `${finding.operation} ${finding.type}`;
  const first = findings.filter((line, at) => findings.findIndex((other) => kindOf(other) === kindOf(line)) === at);
  const others = findings.filter((line) => !first.includes(line));
  return [...first, ...others].slice(0, MOST_ANNOTATIONS);
}
