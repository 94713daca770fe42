import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from './cli.ts';

/** A subject that is this script, in a directory of its own that the container's user may enter. Gives its path. */
export function writtenSubject(script: string): string {
  const directory = newDirectory();
  chmodSync(directory, 0o755);
  const path = join(directory, 'instar');
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}
