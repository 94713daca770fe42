import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from './cli.ts';
import { planted } from './paths.ts';

/**
 * A subject with several planted bugs, each in the command that its name begins with; in all others it is the reference. Gives the path of
 * its executable, in whose directory all that it needs lies.
 */
export function combined(names: readonly string[]): string {
  const directory = newDirectory();
  // The container's user is another than ours.
  chmodSync(directory, 0o755);
  for (const name of names) copyFileSync(planted(name), join(directory, name));
  const cases = names.map((name) => `${name.split('-')[0]}) exec "\${0%/*}/${name}" "$@" ;;`);
  const path = join(directory, 'instar');
  writeFileSync(path, `#!/bin/sh\ncase $1 in\n${cases.join('\n')}\nesac\nexec qemu-img "$@"\n`, { mode: 0o755 });
  return path;
}
