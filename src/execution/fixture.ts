import { join } from 'node:path';
import type { Preparation } from '../operations/operation.ts';
import { compareEnds } from '../oracles/ending.ts';
import { Inconclusive } from '../oracles/inconclusive.ts';
import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import type { Judgement, Side } from '../verdict/finding.ts';
import type { Place } from './bench.ts';
import type { Stage } from './stage.ts';

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
  return { kind: 'unreadable', type: 'fixture_divergence', file, message: lastWords(subject) };
}

async function keep(stage: Stage, { step, directory }: Place, side: Side, file: string): Promise<undefined> {
  const args = [join(side, directory, file), `${side === 'subject' ? 'before' : 'fixture'}/${directory}/.`];
  requireFixture('cp', await stage.perform(step, 'fixture', { side, program: 'cp', args, directory: '.' }));
}

async function prepareOwn(stage: Stage, place: Place, args: readonly string[]): Promise<Judgement | undefined> {
  const reference = await test(stage, place, 'reference', args);
  const subject = await test(stage, place, 'subject', args);
  const difference = compareEnds({ subject, reference });
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

/** Ends the step as inconclusive unless the command did its work: without its input nothing can be judged. */
export function requireFixture(command: string, result: CommandResult): void {
  if (!succeeded(result.exit)) {
    throw new Inconclusive({ kind: 'fixture_failed', command, message: lastWords(result) });
  }
}

/** Runs a command under test in a side's own directory. */
export function test(stage: Stage, place: Place, side: Side, args: readonly string[]): Promise<CommandResult> {
  const directory = join(side, place.directory);
  return stage.perform(place.step, 'test', { side, program: side, args, directory });
}
