import { join } from 'node:path';
import type { Preparation, Script } from '../operations/operation.ts';
import { compareEnds } from '../oracles/ending.ts';
import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { type Judgement, type Side, TYPE_ENDS } from '../verdict/finding.ts';
import { benchOf, type StepPlace } from './bench.ts';
import { requireAlive, requireFixture } from './required.ts';
import type { Stage } from './stage.ts';
import { worstFinding } from './worst.ts';

/** Where preparations are run, and for which operation. */
interface Site {
  readonly stage: Stage;
  readonly place: StepPlace;
  readonly operation: string;
}

/** Runs the preparations; where each side uses its own tool, that tool is on trial already. */
export async function prepare(site: Site, preparations: readonly Preparation[]): Promise<Judgement | undefined> {
  const { stage, place } = site;
  let copied = !preparations.some(({ kind }) => kind === 'shared');
  for (const preparation of preparations) {
    if (preparation.kind !== 'shared' && !copied) {
      await copyToBoth(stage, place);
      copied = true;
    }
    const difference = await prepareOnce(site, preparation);
    if (difference) return difference;
  }
  if (!copied) await copyToBoth(stage, place);
  return undefined;
}

async function prepareOnce(site: Site, preparation: Preparation): Promise<Judgement | undefined> {
  const { stage, place } = site;
  if (preparation.kind === 'own') return prepareOwn(site, preparation);
  if (preparation.kind === 'kept') return keep(stage, place, 'reference', preparation.file);
  if (preparation.kind === 'before') return keep(stage, place, 'subject', preparation.file);
  const { kind, program, args } = preparation;
  const perform = (side: Side, root: string) =>
    stage.perform(place.step, 'fixture', { side, program, args, directory: join(root, place.directory) });
  requireFixture(`${program} ${args[0]}`, await perform('reference', kind === 'shared' ? 'fixture' : 'reference'));
  if (kind === 'shared') return undefined;
  const subject = await perform('subject', 'subject');
  if (succeeded(subject.exit)) return undefined;
  const file = args.at(-1) ?? '';
  return { kind: 'unreadable', type: TYPE_ENDS.fixture, file, message: lastWords(subject) };
}

async function keep(stage: Stage, { step, directory }: StepPlace, side: Side, file: string): Promise<undefined> {
  const args = [join(side, directory, file), `${side === 'subject' ? 'before' : 'fixture'}/${directory}/.`];
  requireFixture('cp', await stage.perform(step, 'fixture', { side, program: 'cp', args, directory: '.' }));
}

async function prepareOwn(site: Site, preparation: Preparation & { kind: 'own' }): Promise<Judgement | undefined> {
  const { stage, place, operation } = site;
  const { args, makes, readbacks } = preparation;
  const reference = await test(stage, place, 'reference', { args });
  const subject = await test(stage, place, 'subject', { args });
  const difference = compareEnds({ subject, reference });
  requireAlive(args[0] ?? '', reference, difference);
  if (difference) return difference;
  requireFixture(`reference ${args[0]}`, reference);
  const bench = benchOf(stage, place);
  if (await bench.identical([makes.path])) return undefined;
  const outputs = [makes];
  return worstFinding(readbacks, { operation, subject, reference, inputs: [], outputs, invariants: [], bench }, stage);
}

/**
 * Each side gets a copy, none the original: a copy has other holes than the file that it was made of, and what
 * `measure` says depends on the holes.
 */
async function copyToBoth(stage: Stage, { step, directory }: StepPlace): Promise<void> {
  for (const side of ['reference', 'subject'] as const) {
    const args = ['-R', `fixture/${directory}/.`, `${side}/${directory}`];
    requireFixture('cp', await stage.perform(step, 'fixture', { side, program: 'cp', args, directory: '.' }));
  }
}

/** Runs a command under test from where it is called in a side's own directory: that of the step, or the one above. */
export function test(
  stage: Stage,
  place: StepPlace,
  side: Side,
  { args, calledFrom, mostBytes }: Pick<Script, 'calledFrom' | 'mostBytes'> & { readonly args: readonly string[] },
): Promise<CommandResult> {
  const directory = calledFrom === 'above' ? side : join(side, place.directory);
  return stage.perform(place.step, 'test', { side, program: side, args, directory, mostBytes });
}
