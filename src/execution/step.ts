import { join } from 'node:path';
import type { Preparation, Script } from '../operations/operation.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { Inconclusive } from '../oracles/inconclusive.ts';
import type { Observation, Oracle } from '../oracles/observation.ts';
import { MiB } from '../plan/size.ts';
import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { freeBytes } from '../sandbox/scratch.ts';
import { succeeded } from '../verdict/exit.ts';
import type { Judgement, Side } from '../verdict/finding.ts';
import type { StepOutcome } from '../verdict/verdict.ts';
import { baselineOf, benchOf, type Place } from './bench.ts';
import type { Stage } from './stage.ts';

/** With less room than this on the scratch space, a difference may be the machine's fault. */
const LEAST_FREE_BYTES = 64 * MiB;

/** One step about to be run. */
export interface StepRun {
  readonly stage: Stage;
  readonly place: Place;
  readonly operation: string;
  readonly script: Script;
}

/** Runs a step on both sides and judges it. Everything that forbids a judgement ends here as inconclusive. */
export async function runStep(run: StepRun): Promise<StepOutcome> {
  const { operation, place, stage } = run;
  try {
    const judgement = await trial(run);
    if (judgement === undefined) return { kind: 'ok' };
    const free = freeBytes(stage.hostPath('reference', '.'));
    if (free < LEAST_FREE_BYTES) throw new Inconclusive({ kind: 'scratch_full', freeBytes: Math.max(0, free) });
    return { kind: 'divergent', finding: { ...judgement, operation, step: place.step } };
  } catch (error) {
    if (error instanceof Inconclusive) return { kind: 'inconclusive', reason: error.reason };
    throw error;
  }
}

async function trial({ stage, place, operation, script }: StepRun): Promise<Judgement | undefined> {
  const difference = await prepare(stage, place, script.prepare);
  if (difference) return difference;
  const inputs = script.inputs.map(({ path }) => path);
  const baseline = baselineOf(stage, place, inputs);
  const reference = await test(stage, place, 'reference', script.reference);
  const subject = await test(stage, place, 'subject', script.subject);
  const bench = benchOf(stage, place, baseline);
  const observation = { operation, subject, reference, inputs: script.inputs, outputs: script.outputs, bench };
  const finding = await firstFinding(script.oracles, observation);
  if (finding || !succeeded(reference.exit)) return finding;
  if (await bench.identical(script.outputs.map(({ path }) => path))) return undefined;
  return firstFinding(script.readbacks, observation);
}

async function firstFinding(oracles: readonly Oracle[], observation: Observation): Promise<Judgement | undefined> {
  for (const oracle of oracles) {
    const finding = await oracle(observation);
    if (finding) return finding;
  }
  return undefined;
}

/** Runs the preparations; where each side uses its own tool, that tool is on trial already. */
export async function prepare(
  stage: Stage,
  place: Place,
  preparations: readonly Preparation[],
): Promise<Judgement | undefined> {
  let copied = !preparations.some(({ kind }) => kind === 'shared');
  for (const preparation of preparations) {
    if (preparation.kind !== 'shared' && !copied) {
      await copyToBoth(stage, place);
      copied = true;
    }
    const difference = await prepareOnce(stage, place, preparation);
    if (difference) return difference;
  }
  if (!copied) await copyToBoth(stage, place);
  return undefined;
}

async function prepareOnce(stage: Stage, place: Place, preparation: Preparation): Promise<Judgement | undefined> {
  if (preparation.kind === 'own') return prepareOwn(stage, place, preparation.args);
  const { kind, program, args } = preparation;
  const perform = (side: Side, root: string) =>
    stage.perform(place.step, 'fixture', { side, program, args, directory: join(root, place.directory) });
  requireFixture(`${program} ${args[0]}`, await perform('reference', kind === 'shared' ? 'fixture' : 'reference'));
  if (kind === 'shared') return undefined;
  const subject = await perform('subject', 'subject');
  if (succeeded(subject.exit)) return undefined;
  const file = args.at(-1) ?? '';
  return { kind: 'unreadable', type: 'fixture_divergence', file, message: lastWords(subject) };
}

async function prepareOwn(stage: Stage, place: Place, args: readonly string[]): Promise<Judgement | undefined> {
  const reference = await test(stage, place, 'reference', args);
  const subject = await test(stage, place, 'subject', args);
  const bench = benchOf(stage, place, new Map());
  const observation = { operation: '', subject, reference, inputs: [], outputs: [], bench };
  const difference = await firstFinding([noCrash, sameSuccess], observation);
  if (difference) return difference;
  requireFixture(`reference ${args[0]}`, reference);
  return undefined;
}

/**
 * Each side gets a copy, none the original: a copy has other holes than the file that it was made of, and what
 * `measure` says depends on the holes.
 */
async function copyToBoth(stage: Stage, { step, directory }: Place): Promise<void> {
  for (const side of ['reference', 'subject'] as const) {
    const args = ['-R', `fixture/${directory}/.`, `${side}/${directory}`];
    requireFixture('cp', await stage.perform(step, 'fixture', { side, program: 'cp', args, directory: '.' }));
  }
}

function requireFixture(command: string, result: CommandResult): void {
  if (!succeeded(result.exit)) {
    throw new Inconclusive({ kind: 'fixture_failed', command, message: lastWords(result) });
  }
}

function test(stage: Stage, place: Place, side: Side, args: readonly string[]): Promise<CommandResult> {
  const directory = join(side, place.directory);
  return stage.perform(place.step, 'test', { side, program: side, args, directory });
}
