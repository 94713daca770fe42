import type { Iteration } from '../execution/loop.ts';
import type { Tools } from '../execution/tools.ts';
import { Worker } from '../execution/worker.ts';
import { gapOf } from '../gaps/ledger.ts';
import { OPERATIONS } from '../operations/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Shown } from '../triage/fingerprint.ts';
import { isStored } from '../triage/stored-plan.ts';
import { type Laboratory, type Suspect, suspectOf } from '../triage/triage.ts';
import { judge, type Verdict } from '../verdict/verdict.ts';

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
  /** Milliseconds that fuzzing took; zero by default. */
  readonly fuzzedMilliseconds?: number;
}

/** A lane of its own in the run's sandbox, after all others have ended: load must not fake what is to be confirmed. */
export function openLaboratory(needs: LaboratoryNeeds): Laboratory {
  const { signal, shrinks, shrinkSeconds, fuzzedMilliseconds = 0 } = needs;
  const worker = new Worker({ ...needs, operations: OPERATIONS });
  const now = () => performance.now();
  const end = now() + Math.max(LEAST_SHRINKS * shrinkSeconds * 1000, fuzzedMilliseconds * TIME_SHARE);
  return {
    operations: OPERATIONS,
    shrinks,
    shrinkSeconds,
    isOver: () => signal.aborted || now() >= end,
    now,
    isSound: (plan) => isStored(plan, OPERATIONS) && !stepsIntoGap(plan),
    observe: (plan) => observe(plan, worker),
    agrees: async (plan) => (await verdictOf(plan, worker))?.kind === 'ok',
    runReproducer: (script) => worker.runReproducer(script),
  };
}

async function verdictOf(plan: Plan, worker: Worker): Promise<Verdict | undefined> {
  const trial = await worker.execute(plan);
  return trial && judge(trial.steps.map(({ outcome }) => outcome));
}

async function observe(plan: Plan, worker: Worker): Promise<Shown | undefined> {
  const trial = await worker.execute(plan);
  if (trial === undefined) return undefined;
  const verdict = judge(trial.steps.map(({ outcome }) => outcome));
  return verdict.kind === 'divergent' ? { plan, finding: verdict.finding, transcript: trial.transcript } : undefined;
}

function stepsIntoGap({ steps, source }: Plan): boolean {
  return steps.some((step) => step.kind === 'run' && gapOf(step, source) !== undefined);
}
