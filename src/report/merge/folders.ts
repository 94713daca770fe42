/** The folders of findings, bugs and gaps' cases, as they are taken from a shard's record into that of the whole run. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseOutsideJson } from '../../trust/parse.ts';
import { canaryFolder } from '../record.ts';
import { isFile, type OutsideRecord } from './outside.ts';

/** What a finding's or a bug's folder holds; none of it is larger than this. */
const EVIDENCE = ['plan.json', 'transcript.json', 'repro.sh'] as const;
const MOST_EVIDENCE_BYTES = 64 * 1024 * 1024;

/** Copies what belongs into a folder, no links and nothing else; whether all of it was there and whole. */
export function copyFolder(from: string, target: string, folder: string): boolean {
  const isThere = EVIDENCE.every((name) => isFile(join(from, folder, name), MOST_EVIDENCE_BYTES));
  // A disk that was full leaves an empty file, or half of one.
  if (!isThere || parseOutsideJson(readFileSync(join(from, folder, 'plan.json'), 'utf8')) === undefined) return false;
  mkdirSync(join(target, folder), { recursive: true });
  for (const name of EVIDENCE) copyFileSync(join(from, folder, name), join(target, folder, name));
  return true;
}

/** Copies the cases that known gaps showed instead of what is documented; what is wrong with them, in words. */
export function copyCanaries({ directory, canaries }: OutsideRecord, target: string): string[] {
  return canaries.flatMap(({ gap, says, other }) => {
    if (says !== 'changed') return [];
    const folders = casesIn(directory, canaryFolder(gap)).slice(0, other);
    const copied = folders.filter((folder) => copyFolder(directory, target, folder));
    return copied.length === other ? [] : [`the cases of known gap ${gap} are damaged`];
  });
}

/** The folders in a folder that are named by an iteration. */
function casesIn(directory: string, folder: string): string[] {
  const path = join(directory, folder);
  const entries = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isDirectory() && /^\d+$/.test(entry.name))
    .map(({ name }) => join(folder, name));
}

/** Bytes of the plan in a folder; infinite where there is none. */
export function planBytes({ directory, line }: { directory: string; line: { folder: string } }): number {
  const path = join(directory, line.folder, 'plan.json');
  return isFile(path, MOST_EVIDENCE_BYTES) ? statSync(path).size : Number.POSITIVE_INFINITY;
}
