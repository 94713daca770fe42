import { tmpdir } from 'node:os';
import { endGroup, getInput, info, setFailed, setOutput, startGroup } from '@actions/core';
import { context } from '@actions/github';
import type { Iteration } from '../execution/loop.ts';
import { isProposal } from '../github/policy.ts';
import type { History } from '../history/history.ts';
import { nextOf } from '../history/progress.ts';
import { type Filing, readFiling, resumeProblems } from '../inputs/filing.ts';
import { type Merging, readMerging, readMode } from '../inputs/merging.ts';
import { BadInputs, readSettings, type Settings } from '../inputs/settings.ts';
import { shareOf } from '../plan/shard.ts';
import { findingLine } from '../report/one-line.ts';
import { Progress } from '../report/progress.ts';
import { type Report, writeHistory } from '../report/report.ts';
import { CannotRun } from '../sandbox/host.ts';
import { plansOf } from '../session/plans.ts';
import { type Caller, reportOn, runSession, stackOf } from '../session/session.ts';
import { toolWords } from '../session/tool-words.ts';
import { runOnHost } from '../shell/run-on-host.ts';
import { outliveReaders, stopOnSignals } from '../shell/stop.ts';
import { inertLine, inertLines } from '../trust/inert.ts';
import { counted } from '../verdict/counted.ts';
import { addToHistory, type Restored, restoreHistory } from './cache.ts';
import { Issues } from './issues.ts';
import { mergeShards } from './merge.ts';
import { presentReport, setErrorOutputs } from './present.ts';
import { rememberReported, rememberTraces } from './state.ts';
import { unshrunkWords } from './unshrunk.ts';
import { warn } from './warn.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS_MS = 5000;

/** The action's main step: inputs, run or merge, report, outputs. Never throws; a failure turns the step red and says why. */
export async function run(): Promise<void> {
  outliveReaders();
  let reported = false;
  try {
    const { job, filing } = readInputs();
    const issues = new Issues(filing);
    const restored = await restoreHistory(filing.labels[0]);
    const about = { issues, filing, restored };
    const report = job.kind === 'fuzz' ? await fuzz(job.settings, about) : mergeShards(job.merging, restored.history);
    reported = true;
    await conclude(report, job, about);
  } catch (error) {
    const expected = error instanceof BadInputs || error instanceof CannotRun;
    if (!reported) setErrorOutputs();
    setFailed(inertLines(expected ? error.message : `Internal error, please report it: ${stackOf(error)}`));
  }
}

/** What this job does: a run or a shard of one, or to bring the records of all shards together. */
type Job =
  | { readonly kind: 'fuzz'; readonly settings: Settings }
  | { readonly kind: 'merge'; readonly merging: Merging };

function readInputs(): { job: Job; filing: Filing } {
  const surroundings = {
    text: (name: string) => getInput(name),
    event: context.eventName,
    workspace: process.env['GITHUB_WORKSPACE'] ?? process.cwd(),
    temporary: process.env['RUNNER_TEMP'] ?? tmpdir(),
  };
  const about = readFiling((name) => getInput(name));
  const { mode, problems: ofMode } = readMode(surroundings);
  const problems = [
    ...('filing' in about ? resumeProblems(about.filing, surroundings.text) : about.problems),
    ...ofMode,
  ];
  const job: Job =
    mode === 'report'
      ? { kind: 'merge', merging: readMerging(surroundings, problems) }
      : { kind: 'fuzz', settings: readSettings(surroundings, problems) };
  if ('filing' in about && problems.length === 0) return { job, filing: about.filing };
  throw new BadInputs(problems.join('\n'));
}

async function fuzz(given: Settings, { issues, filing, restored: { history } }: AboutIssues): Promise<Report> {
  const settings = { ...given, first: filing.resume ? nextOf(given, history) : given.first };
  announce(settings);
  const unshrunk = unshrunkWords(settings, issues.files);
  if (unshrunk !== undefined) warn(unshrunk);
  return runInGroup(settings, issues, history);
}

/** What a run is told about issues, what it does with them, and what the cache held when it began. */
interface AboutIssues {
  readonly issues: Issues;
  readonly filing: Filing;
  readonly restored: Restored;
}

/** Issues, summary, outputs, colour, and what is to be remembered. */
async function conclude(found: Report, job: Job, { issues, filing, restored }: AboutIssues): Promise<void> {
  const report = (await issues.settle(found)) ? reportOn(found.directory, { warn }) : found;
  const failOn = job.kind === 'fuzz' ? job.settings['fail-on'] : job.merging.failOn;
  await presentReport(report, { failOn, proposed: isProposal(context.eventName), paths: filing['sarif-paths'] });
  rememberReported();
  const addition = await issues.additionOf(report);
  if (addition) await addToHistory(filing.labels[0], addition, restored);
}

function announce({ iterations, first, seed, operations, lanes, shard }: Settings): void {
  info(inertLine(`Seed: ${seed}`));
  // A run that is killed has told at least this.
  setOutput('seed', seed);
  const part = shard === undefined ? '' : `shard ${shard.number} of ${shard.of}: `;
  const share = counted(shareOf(iterations, shard), 'iteration');
  info(`${part}${share} on ${counted(lanes, 'lane')}; operations: ${operations.join(', ')}`);
  if (first > 0) info(`They begin with iteration ${first}: earlier runs of this seed have done those before it.`);
}

async function runInGroup(settings: Settings, issues: Issues, history: History): Promise<Report> {
  const progress = new Progress(shareOf(settings.iterations, settings.shard), settings['time-budget']);
  const timer = setInterval(() => info(progress.line()), PROGRESS_MS);
  startGroup('Fuzzing');
  try {
    const planOf = plansOf(settings.seed, settings.operations, settings.gapOf);
    return await runSession(settings, planOf, callerOf(settings, { progress, issues, history }));
  } finally {
    clearInterval(timer);
    info(progress.lastLine());
    endGroup();
  }
}

/** What accompanies a run: who counts it, who knows its issues, and what earlier runs knew. */
interface RunContext {
  readonly progress: Progress;
  readonly issues: Issues;
  readonly history: History;
}

function callerOf(settings: Settings, { progress, issues, history }: RunContext): Caller {
  return {
    runOnHost,
    signal: stopOnSignals(),
    reserved: (sandbox) => rememberTraces({ sandbox, reportDirectory: settings.reportDirectory }),
    begun: (tools) => {
      // A step that is killed later on has said where its record lies.
      setOutput('report-dir', settings.reportDirectory);
      writeHistory(settings.reportDirectory, history);
      for (const line of toolWords(tools)) info(line);
    },
    fuzzing: () => progress.fuzzing(),
    finished: (iteration) => {
      progress.add(iteration);
      announceFinding(iteration);
    },
    known: () => issues.known(history),
    triaging: (triage) => progress.triaging(triage),
    warn,
  };
}

function announceFinding({ plan: { index }, verdict }: Iteration): void {
  if (verdict.kind === 'divergent') info(findingLine({ index, finding: verdict.finding }));
}
