import { type CommandResult, lastWords } from '../sandbox/command.ts';
import type { Bench } from './observation.ts';

/** `qemu-img compare`: 0 the same, 1 different, anything above is an error of its own. */
const SAME = 0;
const DIFFERENT = 1;

/** What a `compare` says of two disks: that one only has more zeros at its end counts as another size, not as other data. */
export type Compared =
  | { readonly kind: 'same' | 'other-size' }
  | { readonly kind: 'differ'; readonly offset: number; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** A disk in a file, by its path as seen from above all sides. */
export interface Disk {
  readonly format: string;
  readonly path: string;
}

/** What the reference's `compare` says of two disks. */
export function compareDisks(bench: Bench, one: Disk, other: Disk): Promise<Compared> {
  return compareBy(bench, ['-f', one.format, '-F', other.format, one.path, other.path]);
}

/** The same of two disks that are named in the command's own words, with paths as seen from above. */
export async function compareBy(bench: Bench, words: readonly string[]): Promise<Compared> {
  const args = ['compare', ...words];
  return readCompared(await bench.ask({ side: 'reference', program: 'reference', args, place: 'above' }));
}

/** Reads the answer of a `compare`. One that names no place is none. */
export function readCompared(result: CommandResult): Compared {
  const { exit, stdout } = result;
  const code = exit.kind === 'exited' ? exit.code : undefined;
  if (code === SAME) return { kind: /size mismatch/i.test(stdout.text) ? 'other-size' : 'same' };
  const offset = /mismatch at offset (\d+)/i.exec(stdout.text)?.[1];
  const message = lastWords(result);
  if (code === DIFFERENT && offset !== undefined) return { kind: 'differ', offset: Number(offset), message };
  return { kind: 'failed', message };
}
