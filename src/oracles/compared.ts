import { type CommandResult, lastWords } from '../sandbox/command.ts';

/** `qemu-img compare`: 0 the same, 1 different, anything above is an error of its own. */
const SAME = 0;
const DIFFERENT = 1;

/** What a `compare` says of two disks: that one only has more zeros at its end counts as another size, not as other data. */
export type Compared =
  | { readonly kind: 'same' | 'other-size' }
  | { readonly kind: 'differ'; readonly offset: number }
  | { readonly kind: 'failed'; readonly message: string };

/** Reads the answer of a `compare`. One that names no place is none. */
export function readCompared(result: CommandResult): Compared {
  const { exit, stdout } = result;
  const code = exit.kind === 'exited' ? exit.code : undefined;
  if (code === SAME) return { kind: /size mismatch/i.test(stdout.text) ? 'other-size' : 'same' };
  const offset = /mismatch at offset (\d+)/i.exec(stdout.text)?.[1];
  if (code === DIFFERENT && offset !== undefined) return { kind: 'differ', offset: Number(offset) };
  return { kind: 'failed', message: lastWords(result) };
}
