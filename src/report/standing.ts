import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inertJson } from '../trust/inert.ts';

/**
 * How a bug stands with the repository's issues: opened by this run, known by an open one, known only from elsewhere than the default
 * branch, come back after it was called fixed, accepted as it is, to be filed by the next run, not filed because its smallest case is not known yet, or because this run may not.
 */
export type State = 'new' | 'known' | 'elsewhere' | 'regression' | 'accepted' | 'pending' | 'unfinished' | 'not-filed';

/** A bug's standing, and its issue where it has one. */
export interface Standing {
  readonly fingerprint: string;
  readonly state: State;
  readonly issue?: { readonly number: number; readonly url: string };
}

/** The file of the record that holds all standings; absent where issues were never asked. */
const FILE = 'issues.json';

/** Keeps the standings beside the record. */
export function writeStandings(directory: string, standings: readonly Standing[]): void {
  const path = join(directory, FILE);
  writeFileSync(`${path}.new`, `${inertJson(standings, 2)}\n`);
  renameSync(`${path}.new`, path);
}

/** The standings by fingerprint; none where issues were never asked. */
export function readStandings(directory: string): ReadonlyMap<string, Standing> {
  try {
    const standings = JSON.parse(readFileSync(join(directory, FILE), 'utf8')) as Standing[];
    return new Map(standings.map((standing) => [standing.fingerprint, standing]));
  } catch {
    return new Map();
  }
}

/** Whether somebody knew of the bug before this run, and has not called it fixed. */
export function isKnown(standing: Standing | undefined): boolean {
  return standing?.state === 'known' || standing?.state === 'accepted';
}
