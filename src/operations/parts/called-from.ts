import type { CalledFrom } from '../../plan/plan.ts';
import type { Script } from '../operation.ts';
import { renamedIn } from './words.ts';

/** The directory of the source image and of the steps that read it, below either side's. */
export const SOURCE_DIRECTORY = 'source';

/** The directory of a step that makes its own images, below either side's. */
export function stepDirectory(position: number): string {
  return `step${position}`;
}

/** The directory, below either side's, that the files of a step lie in. */
export function directoryOf({ usesSource }: Script, position: number): string {
  return usesSource ? SOURCE_DIRECTORY : stepDirectory(position);
}

/**
 * The same request from another directory than that of its images, which are named by the way to them. A backing file is not: it is looked for
 * beside the image that it belongs to, wherever the command is called from (the subject's docs/rebase.md and docs/create.md). `files` are more names of files than the script has.
 */
export function calledFrom(from: CalledFrom, script: Script, position: number, files = filesOf(script)): Script {
  const { subject, reference } = script;
  const names = [...files, ...filesOf(script)];
  const directory = directoryOf(script, position);
  const seen = (args: readonly string[]) =>
    renamedIn(args, (file, at) => (names.includes(file) && args[at - 1] !== '-b' ? `${directory}/${file}` : undefined));
  return { ...script, calledFrom: from, subject: seen(subject), reference: seen(reference) };
}

/** The names of all files that a script is about. */
export function filesOf({ operand, inputs, outputs }: Script): readonly (string | undefined)[] {
  return [operand, ...inputs.map(({ path }) => path), ...outputs.map(({ path }) => path)];
}
