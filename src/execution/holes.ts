import { MiB } from '../plan/size.ts';
import type { CommandResult } from '../sandbox/command.ts';
import { CannotRun } from '../sandbox/host.ts';
import { REFERENCE } from '../sandbox/sandbox.ts';
import { parseOutsideJson } from '../trust/parse.ts';
import { succeeded } from '../verdict/exit.ts';

/** The disk that is copied: far more than what a file system uses for a file of nothing. */
const BYTES = 16 * MiB;

/**
 * Looks whether `cp` keeps the holes of a file, as GNU's does and BusyBox's does not: images of many gigabytes are all hole, and their
 * copies would fill the machine's memory. Where the file system itself knows no holes, nothing can be told. Throws CannotRun.
 */
export async function requireHoles(ask: (...argv: string[]) => Promise<CommandResult>, where: string): Promise<void> {
  const [disk, copy] = ['probe.holes', 'probe.copy'];
  await ask(REFERENCE, 'create', '-q', '-f', 'raw', disk, String(BYTES));
  await ask('cp', disk, copy);
  const [before = 0, after = 0] = [await bytesUsed(disk), await bytesUsed(copy)];
  if (before >= BYTES || after < BYTES) return;
  throw new CannotRun(
    `The \`cp\` of ${where} fills the holes of sparse files, as BusyBox’s does: large images would fill the memory. Install GNU coreutils in it.`,
  );

  async function bytesUsed(file: string): Promise<number | undefined> {
    const { exit, stdout } = await ask(REFERENCE, 'info', '--output', 'json', '-f', 'raw', file);
    const told = succeeded(exit) ? parseOutsideJson(stdout.text) : undefined;
    const size = (told as { 'actual-size'?: unknown } | undefined)?.['actual-size'];
    return typeof size === 'number' ? size : undefined;
  }
}
