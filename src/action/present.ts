import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { error as annotateError, setFailed, setOutput, summary, warning } from '@actions/core';
import type { FailOn } from '../inputs/fail-on.ts';
import { isMostlyUnknown } from '../report/headline.ts';
import { newnessWords } from '../report/newness.ts';
import { bugLine, findingLine } from '../report/one-line.ts';
import { FILES, type FindingLine } from '../report/record.ts';
import { allBugs, type Report } from '../report/report.ts';
import { mayReplaceAlerts, type SarifPlaces, sarifOf } from '../report/sarif.ts';
import { type Surroundings, summaryOf } from '../report/summary.ts';
import { bugsThatCount, type Failure, failureOf, isMeant, isMeantAlone } from '../session/failure.ts';
import { inertJson, inertLines } from '../trust/inert.ts';
import type { Finding } from '../verdict/finding.ts';
import { guideAddress } from './guide.ts';

/** GitHub shows ten annotations of a kind; the last place is for the verdict itself. */
const MOST_ANNOTATIONS = 9;

/** How a report is to be shown. */
export interface Presentation {
  readonly failOn: FailOn;
  /** Whether it is about a pull request or a merge queue. */
  readonly proposed: boolean;
  readonly paths: SarifPlaces['paths'];
}

/**
 * Shows a finished report: summary, annotations, outputs, and the colour of the step. The bugs of a shard are told by the whole run's
 * report; what went wrong with it turns its step red.
 */
export async function presentReport(report: Report, { failOn, proposed, paths }: Presentation): Promise<void> {
  setOutputs(report);
  writeSarif(report, paths);
  const isPart = report.run.shard !== undefined;
  const failure = failureOf(report, failOn, proposed);
  await showSummary(report, isPart ? {} : { colour: colourOf(report, failure) });
  for (const { line, finding, red } of isPart ? [] : annotationsOf(report, failOn, proposed)) {
    (red && failure?.kind === 'failed' ? annotateError : warning)(line, { title: finding.type });
  }
  if (report.run.error !== undefined) setFailed(inertLines(report.run.error));
  else if (report.verdict === 'error') setFailed('The run did not finish.');
  else if (!isPart) showFailure(failure);
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
    if (mayReplaceAlerts(report)) setOutput('sarif', path);
  } catch (error) {
    warning(inertLines(`The findings cannot be kept as SARIF: ${String(error)}`));
  }
}

function showFailure(failure: Failure | undefined): void {
  if (failure?.kind === 'failed') setFailed(`${failure.words} The job summary tells more.`);
  else if (failure) warning(failure.words);
}

/** Why a run that found something is red or is not; nothing where its head says it all. */
function colourOf(report: Report, failure: Failure | undefined): string | undefined {
  if (failure?.kind === 'failed') return `This step failed: ${failure.words}`;
  if (allBugs(report).length + report.unexplained.length === 0 || report.verdict === 'error') return undefined;
  const unsure = failure === undefined ? '' : ` ${failure.words}`;
  return `This step did not fail: nothing that was found is what \`fail-on\` names.${unsure}`;
}

/** Appends the report's summary to the job summary. */
export async function showSummary(report: Report, { colour }: Pick<Surroundings, 'colour'> = {}): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  await summary.addRaw(summaryOf(report, { colour, guide: guideAddress() })).write();
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

interface Annotation {
  readonly line: string;
  readonly finding: Finding;
  /** Whether it may be what turns the step red. */
  readonly red: boolean;
}

/** Every bug, then what no bug accounts for. */
function annotationsOf(report: Report, failOn: FailOn, proposed: boolean): Annotation[] {
  const counting = bugsThatCount(report, proposed);
  const ofBugs = allBugs(report).map((bug) => ({
    line: [bugLine(bug), ...newnessWords(bug, report)].join('; '),
    finding: bug.finding,
    red: counting.includes(bug) && isMeant(bug, report, failOn),
  }));
  const others = mostTelling(report.unexplained).map((line) => ({
    line: findingLine(line),
    finding: line.finding,
    red: isMeantAlone(line, failOn),
  }));
  return [...ofBugs.toSorted((a, b) => Number(b.red) - Number(a.red)), ...others].slice(0, MOST_ANNOTATIONS);
}

/** One finding of each type of each operation before a second one of any. */
function mostTelling(findings: readonly FindingLine[]): FindingLine[] {
  const kindOf = ({ finding }: FindingLine) => `${finding.operation} ${finding.type}`;
  const first = findings.filter((line, at) => findings.findIndex((other) => kindOf(other) === kindOf(line)) === at);
  const others = findings.filter((line) => !first.includes(line));
  return [...first, ...others].slice(0, MOST_ANNOTATIONS);
}
