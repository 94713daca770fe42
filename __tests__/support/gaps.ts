import { chmodSync, cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from './cli.ts';
import { REPOSITORY } from './paths.ts';

const OWN = join(REPOSITORY, 'testing/gaps');

/** The gaps that the stand-in subject has: one file each. */
export const PLANTED_GAPS: readonly string[] = readdirSync(join(OWN, 'gaps'));

/** A subject with the known gaps, of which some are otherwise than documented. Gives the path of its executable. */
export function subjectWithGaps(modes: Readonly<Record<string, 'lifted' | 'worse'>>): string {
  const directory = newDirectory();
  // The container's user is another than ours.
  chmodSync(directory, 0o755);
  cpSync(OWN, directory, { recursive: true });
  const lines = Object.entries(modes).map(([gap, mode]) => `${gap} ${mode}\n`);
  writeFileSync(join(directory, 'modes'), lines.join(''));
  return join(directory, 'instar');
}
