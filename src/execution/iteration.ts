import type { Operation, Script } from '../operations/operation.ts';
import { directoryOf, SOURCE_DIRECTORY, stepDirectory } from '../operations/parts/called-from.ts';
import { NOISE_DIRECTORY, noiseArguments, noiseFilesIn } from '../operations/parts/noise.ts';
import { buildSource } from '../operations/parts/source-image.ts';
import type { Plan, Step } from '../plan/plan.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import type { ByteDifference } from '../verdict/bytes.ts';
import { isGrave } from '../verdict/severity.ts';
import type { StepOutcome } from '../verdict/verdict.ts';
import { readBytes } from './bytes.ts';
import { directoriesOf, makeDirectories, removeDirectories } from './directories.ts';
import { prepare } from './fixture.ts';
import { MadeOnce } from './made-once.ts';
import { requireFixture } from './required.ts';
import { reachedIn, Stage, type StageOptions } from './stage.ts';
import { runStep } from './step.ts';

/** Where a plan can be executed: the run's sandbox and tools, and the lanes that will do it. */
export interface Venue extends Omit<StageOptions, 'directories' | 'reached'> {
  readonly operations: readonly Operation[];
  /** Where the data of two disks differ, their bytes are read. */
  readonly readsBytes?: true;
}

/** How one step of an iteration ended. */
export interface StepReport {
  readonly operation: string;
  readonly outcome: StepOutcome;
}

/** All that an iteration did. */
export interface Trial {
  readonly steps: readonly StepReport[];
  readonly transcript: readonly TranscriptEntry[];
  /** Why its lanes are not to be used again, though all was judged: what it left could not be removed. */
  readonly littered?: string;
  /** What two disks hold whose data differ; absent where nobody asked, or it cannot be told. */
  readonly bytes?: ByteDifference;
}

const SOURCE_PLACE = { step: 0, directory: SOURCE_DIRECTORY };

/**
 * Executes a plan on both sides and judges it step by step; a finding that costs data ends it. Nothing of it is left on disk or running
 * afterwards, or it says so. Throws LaneLost when a lane breaks; the next attempt, or the end of the sandbox, then removes what is left.
 */
export async function execute(plan: Plan, venue: Venue): Promise<Trial> {
  const directories = directoriesOf(plan, venue.sandbox);
  const places = [SOURCE_PLACE.directory, ...plan.steps.map(({ position }) => stepDirectory(position))];
  await makeDirectories(directories, places, venue);
  const stage = new Stage({ ...venue, directories, reached: await reachedIn(venue.lanes) });
  const steps = await runSteps(plan, stage, venue);
  const bytes = venue.readsBytes && (await bytesAfter(steps, stage, { lanes: venue.lanes, directories }));
  const littered = await removeDirectories(directories, venue);
  return { steps, transcript: stage.transcript, ...(bytes && { bytes }), ...(littered !== undefined && { littered }) };
}

async function bytesAfter(steps: readonly StepReport[], { transcript }: Stage, where: Parameters<typeof readBytes>[2]) {
  const outcome = steps.at(-1)?.outcome;
  if (outcome?.kind !== 'divergent' || outcome.finding.kind !== 'content') return undefined;
  return readBytes(transcript, outcome.finding.offset, where);
}

async function runSteps(plan: Plan, stage: Stage, venue: Venue): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  const noise = new MadeOnce(() => makeNoise(plan, stage));
  const source = new MadeOnce(() => makeSource(plan, stage));
  for (const step of plan.steps) {
    const outcome = await runOne({ plan, step, stage, venue, noise, source });
    reports.push({ operation: step.operation, outcome });
    // What is less may be known for long, and must not keep worse from being seen. Steps share nothing but the source, which it has left alone.
    if (outcome.kind === 'divergent' && isGrave(outcome.finding)) break;
  }
  return reports;
}

interface OneStep {
  readonly plan: Plan;
  readonly step: Step;
  readonly stage: Stage;
  readonly venue: Venue;
  readonly noise: MadeOnce;
  readonly source: MadeOnce;
}

async function runOne({ plan, step, stage, venue, noise, source }: OneStep): Promise<StepOutcome> {
  if (step.kind === 'skipped') return { kind: 'skipped', gap: step.gap };
  const script = scriptOf(step, plan, venue);
  const written = script.usesSource ? [plan.source, step.options] : [step.options];
  const needed = [...(noiseFilesIn(written).length > 0 ? [noise] : []), ...(script.usesSource ? [source] : [])];
  for (const one of needed) {
    const failure = await one.failure();
    if (failure) return { kind: 'inconclusive', reason: failure };
  }
  const { operation, twin, position } = step;
  const directory = directoryOf(script, position);
  const largestDisk = largestIn(written);
  return runStep({ stage, place: { step: position, directory }, operation, script, twin, largestDisk });
}

/** The largest number in what a step is made from: no disk of it has more bytes. */
export function largestIn(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null ? Math.max(0, ...Object.values(value).map(largestIn)) : 0;
}

function scriptOf(step: Step & { kind: 'run' }, { source }: Plan, { operations, tools }: Venue): Script {
  const operation = operations.find(({ name }) => name === step.operation);
  if (operation === undefined) throw new Error(`no operation is named ${step.operation}`);
  const { position, mistakes, calledFrom } = step;
  return operation.script(step.options, { source, position, mistakes, calledFrom, dialect: tools.dialect });
}

/** All the noise of a plan at once, whichever step needs it first: it is one process then. */
async function makeNoise(plan: Plan, stage: Stage): Promise<void> {
  const args = noiseArguments(noiseFilesIn(plan));
  const command = { side: 'reference', program: 'awk', args, directory: NOISE_DIRECTORY } as const;
  requireFixture('awk', await stage.perform(SOURCE_PLACE.step, 'fixture', command));
}

async function makeSource({ source }: Plan, stage: Stage): Promise<void> {
  await prepare({ stage, place: SOURCE_PLACE, operation: 'source' }, buildSource(source));
}
