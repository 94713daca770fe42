/** A whole run from its settings to its report, without knowing who asked for it: the action and the command line both call this. */
import { mkdirSync } from 'node:fs';
import { fuzz, type Iteration } from '../execution/loop.ts';
import { findTools, type Tools } from '../execution/tools.ts';
import { unlifted } from '../gaps/ledger.ts';
import { withinVersions } from '../gaps/versions.ts';
import type { Settings } from '../inputs/settings.ts';
import { OPERATIONS, operationsNamed } from '../operations/index.ts';
import { indicesOf } from '../plan/shard.ts';
import { writeCanaries } from '../report/canary-line.ts';
import { keepText } from '../report/kept.ts';
import { pageOf } from '../report/page/page.ts';
import type { TriageProgress } from '../report/progress.ts';
import { FILES, Record } from '../report/record.ts';
import { writeReplays } from '../report/replay-line.ts';
import { type Report, readReport } from '../report/report.ts';
import { summaryOf } from '../report/summary.ts';
import { hasKvm } from '../sandbox/hardening.ts';
import { CannotRun, type RunOnHost } from '../sandbox/host.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Suspect } from '../triage/ruling.ts';
import { triage } from '../triage/triage.ts';
import { sendCanaries } from './canaries.ts';
import { inLaboratory, type LaboratoryNeeds, mostMilliseconds, suspectIn } from './laboratory.ts';
import { openSandbox, planSandbox, type SandboxPlan, sweepDeadRuns } from './open.ts';
import type { PlanOf } from './plans.ts';
import { PROGRAM } from './program.ts';
import { type KnownPlan, replay } from './replays.ts';

/** What a session tells its caller while it goes on, and what it needs from it. */
export interface Caller {
  readonly runOnHost: RunOnHost;
  /** Aborted to end the run early; what has finished is reported. */
  readonly signal: AbortSignal;
  /** Told before anything is started, so that it can be removed whatever happens. */
  reserved(plan: SandboxPlan): void;
  /** Told once the tools are found and the record is open. */
  begun(tools: Tools): void;
  /** Told when the iterations begin: what is known from before has been tried by then. */
  fuzzing(): void;
  /** Told of each iteration once it is on disk. */
  finished(iteration: Iteration): void;
  /** The bugs that are known from before, whose smallest plans are run first. */
  known(): Promise<readonly KnownPlan[]>;
  /** Told when findings are about to be confirmed and shrunk, and of each step of it. */
  triaging(progress: TriageProgress): void;
  /** Told of what went wrong without any bearing on the result. */
  warn(message: string): void;
}

/**
 * Runs everything and reports. Throws CannotRun only when nothing could be started; a run that fails on its way
 * still gives its report, with the verdict `error` unless it has found something.
 */
export async function runSession(settings: Settings, planOf: PlanOf, caller: Caller): Promise<Report> {
  await sweepDeadRuns(settings['container-engine'], caller.runOnHost);
  const traces = planSandbox(settings);
  caller.reserved(traces);
  const sandbox = await openSandbox(traces, settings, caller.runOnHost, caller.signal);
  try {
    const where = settings['container-engine'] === 'none' ? 'this machine' : `the image "${settings.image}"`;
    const tools = await findTools(sandbox, where, settings.references);
    mkdirSync(settings.reportDirectory, { recursive: true });
    const configuration = configurationOf(settings, tools);
    const record = new Record(settings.reportDirectory, configuration, operationsNamed(settings.operations));
    caller.begun(tools);
    const versions = { subject: tools.subjectVersion, reference: tools.referenceVersion };
    const kept = withinVersions(unlifted(settings['lift-gaps'], settings.ledger), versions);
    await fuzzInto(record, { settings, planOf: (index) => kept(planOf(index)), sandbox, tools }, caller);
  } finally {
    await closeOrWarn(sandbox, caller);
  }
  return reportOn(settings.reportDirectory, caller);
}

/**
 * Reads the record in a directory and writes its summary and its page beside it, for which a full disk may leave no room. Throws CannotRun
 * where there is no whole `run.json`.
 */
export function reportOn(directory: string, { warn }: Pick<Caller, 'warn'>): Report {
  const report = readReport(directory);
  const keep = (name: string, textOf: () => string) => {
    try {
      keepText(directory, name, textOf());
    } catch (error) {
      warn(`${name} cannot be kept in ${directory}: ${String(error)}`);
    }
  };
  keep(FILES.summary, () => summaryOf(report));
  keep(FILES.page, () => pageOf(report));
  return report;
}

async function closeOrWarn(sandbox: Sandbox, { warn }: Caller): Promise<void> {
  try {
    await sandbox.close();
  } catch (error) {
    warn(`Not all of the sandbox could be removed: ${String(error)}`);
  }
}

interface Fuzzing {
  readonly settings: Settings;
  readonly planOf: PlanOf;
  readonly sandbox: Sandbox;
  readonly tools: Tools;
}

async function fuzzInto(record: Record, fuzzing: Fuzzing, caller: Caller): Promise<void> {
  const { settings, planOf, sandbox, tools } = fuzzing;
  try {
    const suspects = [...(await replayKnown(record, fuzzing, caller)), ...(await tryGaps(record, fuzzing, caller))];
    const started = performance.now();
    caller.fuzzing();
    await fuzz({
      ...settings,
      indices: indicesOf(settings.iterations, settings.shard, settings.first),
      budgetSeconds: settings['time-budget'],
      planOf,
      sandbox,
      tools,
      operations: OPERATIONS,
      timeoutSeconds: settings.timeout,
      failFast: settings['fail-fast'],
      signal: caller.signal,
      record: (iteration) => {
        record.add(iteration);
        const suspect = suspectIn(iteration);
        if (suspect) suspects.push(suspect);
        caller.finished(iteration);
      },
    });
    const fuzzedMilliseconds = performance.now() - started;
    const needs = { ...laboratoryNeeds(fuzzing), signal: caller.signal, fuzzedMilliseconds };
    await triageInto(record, suspects, needs, caller);
    record.end(caller.signal.aborted ? 'interrupted' : 'finished');
  } catch (error) {
    record.end('failed', error instanceof CannotRun ? error.message : `Unexpected: ${stackOf(error)}`);
  }
}

function laboratoryNeeds({ settings, sandbox, tools }: Fuzzing) {
  const { shrink: shrinks, 'shrink-timeout': shrinkSeconds, timeout: timeoutSeconds } = settings;
  return { sandbox, tools, timeoutSeconds, shrinks, shrinkSeconds, gapOf: settings.gapOf };
}

/** Runs what is known from before; what no issue tells of and still shows is on trial with what this run finds. */
async function replayKnown(record: Record, fuzzing: Fuzzing, { known, signal }: Caller): Promise<Suspect[]> {
  const plans = isFirst(fuzzing.settings) ? await known() : [];
  if (plans.length === 0) return [];
  const replays = await inLaboratory({ ...laboratoryNeeds(fuzzing), signal }, (laboratory) =>
    replay(plans, laboratory),
  );
  writeReplays(record.directory, replays);
  return replays.flatMap(({ suspect }) => suspect ?? []);
}

/** What is done once for a run is done by its first shard. */
function isFirst({ shard }: Settings): boolean {
  return shard === undefined || shard.number === 1;
}

/** Steps into known gaps on purpose; what is not as documented is on trial with what this run finds. */
async function tryGaps(record: Record, fuzzing: Fuzzing, { signal }: Caller): Promise<readonly Suspect[]> {
  const { settings } = fuzzing;
  if (!settings.sendsCanaries || settings.subject.kind === 'reference' || !isFirst(settings)) return [];
  const { lines, suspects } = await inLaboratory({ ...laboratoryNeeds(fuzzing), signal }, (laboratory) =>
    sendCanaries({ ...settings, changed: (gap, shown) => record.addCanary(gap, shown) }, laboratory),
  );
  writeCanaries(record.directory, lines);
  return suspects;
}

async function triageInto(
  record: Record,
  suspects: readonly Suspect[],
  needs: LaboratoryNeeds,
  { triaging }: Caller,
): Promise<void> {
  if (suspects.length === 0 || needs.signal.aborted) return;
  const mostSeconds = mostMilliseconds(needs) / 1000;
  const bugs = new Set<string>();
  let tries = 0;
  const tell = () => triaging({ findings: suspects.length, bugs: bugs.size, tries, mostSeconds });
  const trying = () => {
    tries += 1;
    tell();
  };
  tell();
  await inLaboratory({ ...needs, trying }, async (laboratory) => {
    for await (const ruling of triage(suspects, laboratory)) {
      record.rule(ruling);
      if (ruling.kind === 'bug') bugs.add(ruling.bug.fingerprint);
      tell();
    }
  });
}

/** What an error that nobody expected says of itself and where it came from. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? String(error.stack) : String(error);
}

function configurationOf(settings: Settings, tools: Tools) {
  const { seed, iterations, first, operations, image, lanes } = settings;
  return {
    program: PROGRAM,
    seed,
    iterations,
    ...(first === 0 ? {} : { first }),
    operations,
    instar: settings.subject.kind === 'reference' ? settings.instar : settings.subject.path,
    image,
    containerEngine: settings['container-engine'],
    ...(settings['container-engine'] !== 'none' && hasKvm() ? { kvm: true } : {}),
    timeoutSeconds: settings.timeout,
    ...(settings['time-budget'] === undefined ? {} : { timeBudgetSeconds: settings['time-budget'] }),
    ...(settings['fail-fast'] ? { failFast: true } : {}),
    ...(settings.shard === undefined ? {} : { shard: settings.shard }),
    lanes,
    liftedGaps: settings['lift-gaps'],
    gapsFile: settings['gaps-file'] ?? '',
    subjectVersion: tools.subjectVersion,
    referenceVersion: tools.referenceVersion,
    juryVersions: tools.jurors.map(({ version }) => version),
  };
}
