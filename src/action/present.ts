import { join } from 'node:path';
import { error as annotateError, setFailed, setOutput, summary, warning } from '@actions/core';
import { FILES, type FindingLine } from '../report/record.ts';
import type { Report } from '../report/report.ts';
import { headlineOf, isMostlyUnknown, summaryOf } from '../report/summary.ts';
import { inertLines } from '../trust/inert.ts';

/** GitHub shows ten annotations of a kind; the last place is for the verdict itself. */
const MOST_ANNOTATIONS = 9;

/** Shows a finished report: summary, annotations, outputs, and the colour of the step. */
export async function presentReport(report: Report, failOn: 'divergence' | 'never'): Promise<void> {
  setOutputs(report);
  await showSummary(report);
  for (const line of mostTelling(report.findings)) {
    annotateError(headlineOf(line), { title: line.finding.type });
  }
  const { divergent } = report.counts;
  if (report.run.error !== undefined) setFailed(inertLines(report.run.error));
  else if (report.verdict === 'error') setFailed('The run did not get to its end.');
  else if (divergent > 0 && failOn === 'divergence')
    setFailed(`${divergent} iterations diverged; see the job summary.`);
  if (isMostlyUnknown(report)) {
    warning(`${report.counts.inconclusive} of ${report.finished} iterations were inconclusive; the summary says why.`);
  }
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

/** One finding of each type of each operation before a second one of any. */
function mostTelling(findings: readonly FindingLine[]): FindingLine[] {
  const kindOf = ({ finding }: FindingLine) => `${finding.operation} ${finding.type}`;
  const first = findings.filter((line, at) => findings.findIndex((other) => kindOf(other) === kindOf(line)) === at);
  const others = findings.filter((line) => !first.includes(line));
  return [...first, ...others].slice(0, MOST_ANNOTATIONS);
}
