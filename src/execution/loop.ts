/** The fuzz loop: plan, execute, judge, record. Each lane takes the next index until there is none. */
import type { Operation } from '../operations/operation.ts';
import type { Plan } from '../plan/plan.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { judge, type Verdict } from '../verdict/verdict.ts';
import type { Trial } from './iteration.ts';
import type { Tools } from './tools.ts';
import { Worker } from './worker.ts';

/** What a run is made of. */
export interface FuzzRun {
  /** What is to be run, in this order. */
  readonly indices: Iterator<number>;
  /** Seconds after which no further iteration is begun; absent where all are to be run. */
  readonly budgetSeconds?: number | undefined;
  /** The plan of each iteration, by its index from 0. */
  planOf(index: number): Plan;
  readonly operations: readonly Operation[];
  readonly sandbox: Sandbox;
  readonly tools: Tools;
  readonly lanes: number;
  readonly timeoutSeconds: number;
  readonly failFast: boolean;
  /** Aborted when the run must end before its time; unfinished iterations then do not count. */
  readonly signal: AbortSignal;
  /** Keeps one finished iteration; it is on disk when this returns. */
  record(iteration: Iteration): void;
}

/** One finished iteration. */
export interface Iteration {
  readonly plan: Plan;
  readonly trial: Trial;
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

/** Runs the iterations until there is none, or the time is over. Throws CannotRun when the sandbox is lost; what was finished by then is recorded. */
export async function fuzz(run: FuzzRun): Promise<void> {
  const { indices, budgetSeconds = Number.POSITIVE_INFINITY } = run;
  const end = performance.now() + budgetSeconds * 1000;
  let stopped = false;
  const goesOn = () => !stopped && !run.signal.aborted && performance.now() < end;
  const lane = async (worker: Worker) => {
    while (goesOn()) {
      const next = indices.next();
      if (next.done) return;
      const started = performance.now();
      const plan = run.planOf(next.value);
      const trial = await worker.execute(plan);
      if (trial === undefined) return;
      const verdict = judge(trial.steps.map(({ outcome }) => outcome));
      run.record({ plan, trial, verdict, milliseconds: performance.now() - started });
      stopped ||= run.failFast && verdict.kind === 'divergent';
    }
  };
  const lanes = Array.from({ length: run.lanes }, async () => {
    const worker = new Worker({ ...run, assisted: true });
    try {
      await lane(worker);
      await worker.close();
    } catch (error) {
      stopped = true;
      throw error;
    }
  });
  const ends = await Promise.allSettled(lanes);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
