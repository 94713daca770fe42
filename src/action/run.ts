import { tmpdir } from 'node:os';
import { endGroup, getInput, info, setFailed, startGroup, warning } from '@actions/core';
import { context } from '@actions/github';
import type { Iteration } from '../execution/loop.ts';
import type { Tools } from '../execution/tools.ts';
import { isProposal } from '../github/policy.ts';
import { type History, NO_HISTORY } from '../history/history.ts';
import { type Filing, readFiling } from '../inputs/filing.ts';
import { BadInputs, readSettings, type Settings, type Surroundings } from '../inputs/settings.ts';
import { Progress } from '../report/progress.ts';
import { type Report, writeHistory } from '../report/report.ts';
import { headlineOf } from '../report/summary.ts';
import { CannotRun } from '../sandbox/host.ts';
import { plansOf } from '../session/plans.ts';
import { type Caller, reportOn, runSession, stackOf } from '../session/session.ts';
import { runOnHost } from '../shell/run-on-host.ts';
import { outliveReaders, stopOnSignals } from '../shell/stop.ts';
import { inertLine, inertLines } from '../trust/inert.ts';
import { restoreHistory, saveHistory } from './cache.ts';
import { Issues } from './issues.ts';
import { presentReport, setErrorOutputs } from './present.ts';
import { rememberReported, rememberTraces } from './state.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS_MS = 5000;

/** The action's main step: inputs, run, report, outputs. Never throws; a failure turns the step red and says why. */
export async function run(): Promise<void> {
  outliveReaders();
  let report: Report | undefined;
  try {
    const { settings, filing } = readInputs();
    announce(settings);
    const issues = new Issues(filing);
    const [label] = filing.labels;
    const history = (await restoreHistory(label)) ?? NO_HISTORY;
    report = await runInGroup(settings, issues, history);
    if (await issues.settle(report)) report = reportOn(report.directory, { warn });
    const proposed = isProposal(context.eventName);
    await presentReport(report, { failOn: settings['fail-on'], proposed, paths: filing['sarif-paths'] });
    rememberReported();
    const after = issues.historyAfter(report);
    if (after) await saveHistory(label, after);
  } catch (error) {
    const expected = error instanceof BadInputs || error instanceof CannotRun;
    if (report === undefined) setErrorOutputs();
    setFailed(inertLines(expected ? error.message : `Unexpected: ${stackOf(error)}`));
  }
}

function readInputs(): { settings: Settings; filing: Filing } {
  const surroundings: Surroundings = {
    text: (name) => getInput(name),
    event: context.eventName,
    workspace: process.env['GITHUB_WORKSPACE'] ?? process.cwd(),
    temporary: process.env['RUNNER_TEMP'] ?? tmpdir(),
  };
  const about = readFiling((name) => getInput(name));
  if ('filing' in about) return { settings: readSettings(surroundings), filing: about.filing };
  readSettings(surroundings, about.problems);
  throw new BadInputs(about.problems.join('\n'));
}

function warn(message: string): void {
  warning(inertLines(message));
}

function announce({ iterations, seed, operations, lanes }: Settings): void {
  info(inertLine(`Seed: ${seed}`));
  info(`${iterations} iterations on ${lanes} lanes of ${operations.join(', ')}`);
}

async function runInGroup(settings: Settings, issues: Issues, history: History): Promise<Report> {
  const progress = new Progress(settings.iterations);
  const timer = setInterval(() => info(progress.line()), PROGRESS_MS);
  startGroup('Fuzzing');
  try {
    const planOf = plansOf(settings.seed, settings.operations, settings.gapOf);
    return await runSession(settings, planOf, callerOf(settings, { progress, issues, history }));
  } finally {
    clearInterval(timer);
    info(progress.line());
    endGroup();
  }
}

interface Memory {
  readonly progress: Progress;
  readonly issues: Issues;
  readonly history: History;
}

function callerOf(settings: Settings, { progress, issues, history }: Memory): Caller {
  return {
    runOnHost,
    signal: stopOnSignals(),
    reserved: (sandbox) => rememberTraces({ sandbox, reportDirectory: settings.reportDirectory }),
    begun: (tools) => {
      writeHistory(settings.reportDirectory, history);
      announceTools(tools);
    },
    finished: (iteration) => {
      progress.add(iteration);
      announceFinding(iteration);
    },
    known: () => issues.known(history),
    replayed: (replays) => issues.replayed(replays),
    triaging: (findings) => progress.triaging(findings),
    warn,
  };
}

function announceTools({ subjectVersion, referenceVersion, hasQemuIo }: Tools): void {
  info(inertLine(`Subject: ${subjectVersion}`));
  info(inertLine(`Reference: ${referenceVersion}`));
  if (!hasQemuIo) info('qemu-io is missing: steps whose images need data are inconclusive.');
}

function announceFinding({ plan: { seed, index }, verdict }: Iteration): void {
  if (verdict.kind !== 'divergent') return;
  info(headlineOf({ version: 1, seed, index, folder: '', finding: verdict.finding }));
}
