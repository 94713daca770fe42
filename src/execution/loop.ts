/** The fuzz loop: plan, execute, judge, record. Each lane takes the next index until there is none. */
import type { Operation } from '../operations/operation.ts';
import type { Plan } from '../plan/plan.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { judge, type Verdict } from '../verdict/verdict.ts';
import type { Trial } from './iteration.ts';
import type { Tools } from './tools.ts';
import { Worker } from './worker.ts';

/** What a run is made of. */
export interface Run {
  readonly iterations: number;
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

/** Runs all iterations. Throws CannotRun when the sandbox is lost; what was finished by then is recorded. */
export async function fuzz(run: Run): Promise<void> {
  const indices = countUp(run.iterations);
  let stopped = false;
  const lane = async (worker: Worker) => {
    for (let next = indices.next(); !next.done && !stopped && !run.signal.aborted; next = indices.next()) {
      const started = performance.now();
      const plan = run.planOf(next.value);
      const trial = await worker.execute(plan);
      if (trial === undefined) return;
      const verdict = judge(trial.steps.map(({ outcome }) => outcome));
      run.record({ plan, trial, verdict, milliseconds: performance.now() - started });
      stopped ||= run.failFast && verdict.kind === 'divergent';
    }
  };
  const lanes = Array.from({ length: Math.min(run.lanes, run.iterations) }, async () => {
    const worker = new Worker(run);
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

function* countUp(end: number): Generator<number, void> {
  for (let index = 0; index < end; index += 1) yield index;
}
