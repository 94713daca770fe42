import type { Trial } from '../execution/iteration.ts';
import type { Iteration } from '../execution/loop.ts';
import type { Tools } from '../execution/tools.ts';
import { Worker, type WorkerOptions } from '../execution/worker.ts';
import { type GapOf, gapsWithout } from '../gaps/ledger.ts';
import { OPERATIONS } from '../operations/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Shown } from '../triage/fingerprint.ts';
import type { Laboratory } from '../triage/laboratory.ts';
import type { Suspect } from '../triage/ruling.ts';
import { isStored } from '../triage/stored-plan.ts';
import { suspectOf } from '../triage/triage.ts';
import { judge, type Verdict } from '../verdict/verdict.ts';
import { askThirdReaders, READ_BY_THIRD } from './third-readers.ts';

/** The share of the time that fuzzing took which triage may take on top; and in how many shrinks' time it is never cut short. */
const TIME_SHARE = 0.5;
const LEAST_SHRINKS = 3;

/** The suspect of an iteration that diverged. */
export function suspectIn({ plan, trial, verdict }: Iteration): Suspect | undefined {
  if (verdict.kind !== 'divergent') return undefined;
  return suspectOf({ plan, finding: verdict.finding, transcript: trial.transcript });
}

/** What a laboratory works with. */
export interface LaboratoryNeeds {
  readonly sandbox: Sandbox;
  readonly tools: Tools;
  readonly signal: AbortSignal;
  readonly timeoutSeconds: number;
  /** Whether findings are shrunk, and the seconds that one may take. */
  readonly shrinks: boolean;
  readonly shrinkSeconds: number;
  /** The gaps that shrinking must not slip into; all of them by default. */
  readonly gapOf?: GapOf;
  /** Milliseconds that fuzzing took; zero by default. */
  readonly fuzzedMilliseconds?: number;
  /** Told each time that a plan is run. */
  readonly trying?: () => void;
}

/** Milliseconds after which a laboratory begins nothing more. */
export function mostMilliseconds({ shrinkSeconds, fuzzedMilliseconds = 0 }: LaboratoryNeeds): number {
  return Math.max(LEAST_SHRINKS * shrinkSeconds * 1000, fuzzedMilliseconds * TIME_SHARE);
}

/** A laboratory, and the lanes that it works in. */
export interface OpenLaboratory extends Laboratory {
  /** Ends its lanes. */
  close(): Promise<void>;
}

/** Lanes of its own in the run's sandbox, while no others work in it: load must not fake what is to be confirmed. */
export function openLaboratory(needs: LaboratoryNeeds): OpenLaboratory {
  const { sandbox, tools, signal, shrinks, shrinkSeconds, trying, gapOf = gapsWithout([]) } = needs;
  const workers: Worker[] = [];
  const open = (changes: Partial<WorkerOptions> = {}) => {
    const opened = new Worker({ ...needs, operations: OPERATIONS, ...changes });
    workers.push(opened);
    return opened;
  };
  const worker = open();
  const other = (subject: string, dialect = tools.dialect) =>
    open({ sandbox: { ...sandbox, subject }, tools: { ...tools, dialect } });
  const look = (plan: Plan, by: Worker) => {
    trying?.();
    return lookAt(plan, by);
  };
  const judged = async (plan: Plan, by: Worker) => {
    const seen = await look(plan, by);
    return seen?.verdict.kind === 'ok' ? 'agrees' : shownBy(seen);
  };
  const third = open({ operations: READ_BY_THIRD });
  const thirdVotes = (plan: Plan) => askThirdReaders(plan, third);
  const reader = open({ readsBytes: true });
  let baseline: Worker | undefined;
  const now = () => performance.now();
  const end = now() + mostMilliseconds(needs);
  return {
    operations: OPERATIONS,
    shrinks,
    shrinkSeconds,
    isOver: () => signal.aborted || now() >= end,
    now,
    isSound: (plan, from) =>
      isStored(plan, OPERATIONS) && staysWithin(gapsIn(plan, gapOf), from && gapsIn(from, gapOf)),
    observe: async (plan) => shownBy(await look(plan, worker)),
    look: (plan) => judged(plan, worker),
    readBytes: async (plan) => (await reader.execute(plan))?.bytes,
    runReproducer: (script) => worker.runReproducer(script),
    observeBaseline: async (plan) => {
      if (sandbox.baseline === undefined) return undefined;
      baseline ??= other(sandbox.baseline);
      return judged(plan, baseline);
    },
    askThirdReaders: (plan) => (tools.thirdReaders.length === 0 ? Promise.resolve([]) : thirdVotes(plan)),
    jurors: tools.jurors.map(({ path, version }) => {
      const juror = other(path, 'qemu-img');
      return { name: version, observe: (plan) => judged(plan, juror) };
    }),
    close: async () => {
      await Promise.all(workers.map((one) => one.close()));
    },
  };
}

/** Opens a laboratory for a task and closes it after. */
export async function inLaboratory<T>(
  needs: LaboratoryNeeds,
  task: (laboratory: Laboratory) => Promise<T>,
): Promise<T> {
  const laboratory = openLaboratory(needs);
  try {
    return await task(laboratory);
  } finally {
    await laboratory.close();
  }
}

/** What a plan did when it was run once. */
interface Look {
  readonly plan: Plan;
  readonly trial: Trial;
  readonly verdict: Verdict;
}

async function lookAt(plan: Plan, worker: Worker): Promise<Look | undefined> {
  const trial = await worker.execute(plan);
  return trial && { plan, trial, verdict: judge(trial.steps.map(({ outcome }) => outcome)) };
}

function shownBy(seen: Look | undefined): Shown | undefined {
  if (seen?.verdict.kind !== 'divergent') return undefined;
  return { plan: seen.plan, finding: seen.verdict.finding, transcript: seen.trial.transcript };
}

/** The known gaps that a plan steps into. */
function gapsIn({ steps, source }: Plan, gapOf: GapOf): string[] {
  return steps.flatMap((step) => (step.kind === 'run' ? (gapOf(step, source) ?? []) : []));
}

function staysWithin(gaps: readonly string[], allowed: readonly string[] = []): boolean {
  return gaps.every((gap) => allowed.includes(gap));
}
