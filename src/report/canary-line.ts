import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inertJson } from '../trust/inert.ts';

/**
 * What came of stepping into a known gap on purpose: it is as documented; it shows no difference any more; the subject does something
 * else than the documents say; or the draws could not tell.
 */
export interface CanaryLine {
  readonly gap: string;
  readonly says: 'as documented' | 'lifted' | 'changed' | 'unclear';
  /** How many draws showed what is documented, agreement, and something else; others could not be judged. */
  readonly documented: number;
  readonly agreed: number;
  readonly other: number;
}

/** The file of the record that holds all lines; absent where no gap was tried. */
const FILE = 'canaries.json';

/** Keeps the lines beside the record. */
export function writeCanaries(directory: string, lines: readonly CanaryLine[]): void {
  writeFileSync(join(directory, FILE), `${inertJson(lines)}\n`);
}

/** The lines of a record; none where no gap was tried. */
export function readCanaries(directory: string): readonly CanaryLine[] {
  const path = join(directory, FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as CanaryLine[]) : [];
}
