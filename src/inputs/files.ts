import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Gap } from '../gaps/gap.ts';
import { GAPS } from '../gaps/ledger.ts';
import { REFERENCE, type Subject } from '../sandbox/sandbox.ts';
import { quoted } from './check.ts';
import { readGaps } from './gaps-file.ts';

/** Finds the subject that an input names; the problem in words where it cannot be run. */
export function findSubject(name: string, workspace: string): Subject | string {
  if (name === REFERENCE) return { kind: 'reference' };
  const given = resolve(workspace, name);
  if (!existsSync(given))
    return `${quoted(name)} does not exist (looked for ${quoted(given)}). Build it in an earlier step.`;
  const path = realpathSync(given);
  if (!statSync(path).isFile()) return `${quoted(name)} is not a file. Give the executable itself, not its directory.`;
  if (!isExecutable(path)) return `${quoted(name)} is not executable. Run chmod +x on it.`;
  const directory = dirname(path);
  if (holdsToken(directory)) {
    return `${quoted(name)} lies beside a token that actions/checkout left, and all of its directory is shown to it. Give actions/checkout persist-credentials: false, or a subject in a directory of its own.`;
  }
  return { kind: 'file', path, directory };
}

/**
 * Whether actions/checkout left its token there, as a header of requests: in the configuration of a clone, or, since its version 6, in
 * a file of the runner's temporary directory. Clones may lie a level below.
 */
function holdsToken(directory: string): boolean {
  const below = readdirSync(directory, { withFileTypes: true });
  const clones = ['.', ...below.filter((entry) => entry.isDirectory()).map(({ name }) => name)];
  const files = below.filter(({ name }) => /^git-credentials-.*\.config$/.test(name)).map(({ name }) => name);
  const candidates = [...files, ...clones.map((clone) => join(clone, '.git', 'config'))];
  return candidates.some((file) => /extraheader\s*=/i.test(readText(join(directory, file)) ?? ''));
}

/** What is read here has some kilobytes. */
const MOST_BYTES = 1024 * 1024;

/** The ledger with the user's own file, where one is named; else what is wrong with it, in a line each that names the file. */
export function readLedger(
  name: string | undefined,
  workspace: string,
): { gaps: readonly Gap[] } | { problems: readonly string[] } {
  if (name === undefined) return { gaps: GAPS };
  const text = readText(resolve(workspace, name));
  if (text === undefined) {
    return { problems: [`${quoted(name)} is not a readable file of at most ${MOST_BYTES / 1024} KiB.`] };
  }
  const read = readGaps(text, GAPS);
  return 'gaps' in read ? read : { problems: read.problems.map((problem) => `${name}:${problem}`) };
}

function readText(path: string): string | undefined {
  try {
    const { size } = statSync(path);
    return size <= MOST_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the record can be written to a named directory; the problem in words if not. Nothing is left behind. */
export function checkReportDirectory(name: string | undefined, workspace: string): string | undefined {
  if (name === undefined) return undefined;
  const directory = resolve(workspace, name);
  if (existsSync(join(directory, 'run.json'))) {
    return `${quoted(name)} already holds the record of an earlier run. Give an empty or new directory.`;
  }
  const made: string[] = [];
  try {
    makeLevels(directory, made);
    if (!statSync(directory).isDirectory())
      return `${quoted(name)} is not a directory that can be made and written: something else has that name. Give one that can.`;
    accessSync(directory, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return `${quoted(name)} is not a directory that can be made and written (${why}). Give one that can.`;
  } finally {
    removeLevels(made);
  }
}

/** Where the record goes: the directory that is named, or a new one below the temporary one. */
export function newReportDirectory(
  name: string | undefined,
  { workspace, temporary }: { readonly workspace: string; readonly temporary: string },
): string {
  if (name !== undefined) return resolve(workspace, name);
  return join(temporary, `differential-fuzz-report-${randomBytes(4).toString('hex')}`);
}

/**
 * Makes what is missing of a path, level by level, and names in `made` what it made, also where it throws on its way: the recursive mkdir
 * of Node 20 never ends below /proc.
 */
function makeLevels(directory: string, made: string[]): void {
  const missing: string[] = [];
  for (let path = directory; !existsSync(path); path = dirname(path)) missing.unshift(path);
  for (const level of missing) {
    mkdirSync(level);
    made.push(level);
  }
}

/** What somebody has put something into meanwhile stays. */
function removeLevels(made: readonly string[]): void {
  try {
    for (const level of made.toReversed()) rmdirSync(level);
  } catch {}
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
