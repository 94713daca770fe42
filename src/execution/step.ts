import type { Mistaken, Script } from '../operations/operation.ts';
import { crashOf } from '../oracles/ending.ts';
import { Inconclusive } from '../oracles/inconclusive.ts';
import { keepsInvariants } from '../oracles/invariant.ts';
import { readsTwin } from '../oracles/twin.ts';
import type { TwinCheck } from '../plan/plan.ts';
import { MiB } from '../plan/size.ts';
import { freeBytes } from '../sandbox/scratch.ts';
import { succeeded } from '../verdict/exit.ts';
import type { Judgement } from '../verdict/finding.ts';
import type { StepOutcome } from '../verdict/verdict.ts';
import { benchOf, type StepPlace } from './bench.ts';
import { prepare, test } from './fixture.ts';
import { requireAlive } from './required.ts';
import type { Stage } from './stage.ts';
import { worstFinding } from './worst.ts';

/** With less room than this on the scratch space, a difference may be the machine's fault. */
const LEAST_FREE_BYTES = 64 * MiB;

/** A refusal may have another reason: who may write a disk without holes had no room for it, and has taken away what it began. */
function leastFreeBytes({ kind }: Judgement, largestDisk: number): number {
  return kind === 'exit' ? Math.max(LEAST_FREE_BYTES, largestDisk) : LEAST_FREE_BYTES;
}

/** One step about to be run. */
export interface StepRun {
  readonly stage: Stage;
  readonly place: StepPlace;
  readonly operation: string;
  readonly script: Script;
  readonly twin: TwinCheck;
  /** Bytes that the largest disk of the step has at most. */
  readonly largestDisk: number;
}

/** Runs a step on both sides and judges it. Everything that forbids a judgement ends here as inconclusive. */
export async function runStep(run: StepRun): Promise<StepOutcome> {
  const { operation, place, stage } = run;
  try {
    const judgement = await trial(run);
    if (judgement === undefined) return { kind: 'ok' };
    const free = freeBytes(stage.hostPath('reference', '.'));
    const neededBytes = leastFreeBytes(judgement, run.largestDisk);
    if (free < neededBytes) throw new Inconclusive({ kind: 'scratch_full', freeBytes: Math.max(0, free), neededBytes });
    const limit = await stage.limitReached();
    if (limit) throw new Inconclusive({ kind: 'limit_reached', limit });
    return { kind: 'divergent', finding: { ...judgement, operation, step: place.step } };
  } catch (error) {
    if (error instanceof Inconclusive) return { kind: 'inconclusive', reason: error.reason };
    throw error;
  }
}

async function trial(run: StepRun): Promise<Judgement | undefined> {
  const { script } = run;
  const difference = await prepare(run, script.prepare);
  if (difference) return difference;
  const { finding, accepted } = await tryMistaken(run, script.mistaken ?? []);
  // What the reference accepted may have changed what the step was to work on.
  return finding || accepted ? finding : (await tryScript(run)).finding;
}

/** Each mistake in its turn. */
async function tryMistaken(run: StepRun, mistaken: readonly Mistaken[]): Promise<Tried> {
  for (const { mistake, script } of mistaken) {
    const difference = await prepare(run, script.prepare);
    if (difference) return { finding: difference, accepted: false };
    const { finding, accepted } = await tryScript({ ...run, script, twin: 'none' });
    if (finding) return { finding: { ...finding, mistake }, accepted };
    if (accepted && !script.spoilsCopy) return { finding: undefined, accepted };
  }
  return { finding: undefined, accepted: false };
}

/** What came of one pair of commands: a finding if any, and whether the reference did what it was asked for. */
interface Tried {
  readonly finding: Judgement | undefined;
  readonly accepted: boolean;
}

async function tryScript(run: StepRun): Promise<Tried> {
  const { stage, place, operation, script, twin } = run;
  const { inputs, outputs, invariants } = script;
  const reference = await test(stage, place, 'reference', { ...script, args: script.reference });
  const subject = await test(stage, place, 'subject', { ...script, args: script.subject });
  const bench = benchOf(stage, place);
  const observation = { operation, subject, reference, inputs, outputs, invariants, bench };
  const finding = await worstFinding(script.oracles, observation, stage);
  requireAlive(operation, reference, crashOf(subject) ?? finding);
  const accepted = succeeded(reference.exit);
  if (finding || !accepted) return { finding, accepted };
  const identical = await bench.identical(outputs.map(({ path }) => path));
  const oracles = [...(identical ? [] : script.readbacks), keepsInvariants, readsTwin(twin)];
  const found = await worstFinding(oracles, observation, stage);
  const elsewhere = [...inputs, ...outputs].find(({ path }) => bench.leadsElsewhere(path));
  if (found === undefined && elsewhere) throw new Inconclusive({ kind: 'leads_elsewhere', file: elsewhere.path });
  return { finding: found, accepted };
}
