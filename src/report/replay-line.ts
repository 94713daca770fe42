import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inertJson } from '../trust/inert.ts';

/** What came of running the smallest plan of a known bug again: whether both sides did the same each time. */
export interface ReplayLine {
  readonly fingerprint: string;
  readonly agrees: boolean;
}

/** The file of the record that holds all lines; absent where no bug was known. */
const FILE = 'replays.json';

/** Keeps the lines beside the record. */
export function writeReplays(directory: string, replays: readonly ReplayLine[]): void {
  const lines = replays.map(({ fingerprint, agrees }) => ({ fingerprint, agrees }));
  writeFileSync(join(directory, FILE), `${inertJson(lines)}\n`);
}

/** The lines of a record; none where no bug was known. */
export function readReplays(directory: string): readonly ReplayLine[] {
  const path = join(directory, FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ReplayLine[]) : [];
}
