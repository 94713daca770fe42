/** The history in GitHub's cache. Whatever goes wrong there costs time and what is remembered, and nothing else. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// As a whole: GitHub's local runner stands in for this package and has no isFeatureAvailable.
import * as cache from '@actions/cache';
import { info, warning } from '@actions/core';
import { context } from '@actions/github';
import { type Addition, historyAfter } from '../history/advance.ts';
import { HISTORY_CHARACTERS, type History, historyText, NO_HISTORY, parseHistory } from '../history/history.ts';
import { warnOfError } from './warn.ts';

/** The name by which the document is packed; an entry of the cache is found again only by the same. */
const FILE = 'differential-fuzz-history.json';

/** Seconds that the cache may take, each way. */
const PATIENCE_SECONDS = 60;
const LIMITS = { timeoutInMs: PATIENCE_SECONDS * 1000, segmentTimeoutInMs: PATIENCE_SECONDS * 1000 };

/** What a look into the cache brought. Where it is not `found`, the history is an empty one. */
export interface Restored {
  /**
   * `none` also where what is there can be read and is of no use, and where the service answers with an error, which the client gives out
   * as nothing found; `failed` where reading threw or was late.
   */
  readonly kind: 'found' | 'none' | 'failed';
  readonly history: History;
}

/** The newest history that this run may see. Never throws: what goes wrong becomes a warning. */
export async function restoreHistory(label: string): Promise<Restored> {
  const { failed, value: text } = await attempt('read', async (directory) => {
    const key = await cache.restoreCache([FILE], keyFor(label), [prefixFor(label)], LIMITS);
    return key === undefined ? undefined : readBounded(join(directory, FILE));
  });
  if (text === undefined) return { kind: failed ? 'failed' : 'none', history: NO_HISTORY };
  const history = parseHistory(text);
  if (history !== undefined) return { kind: 'found', history };
  info('The history in the cache is damaged or of another version: it is begun anew.');
  return { kind: 'none', history: NO_HISTORY };
}

/**
 * Adds to the history and keeps it. `first` is what the cache held when the run began: others may have added to it since, so it is
 * read again. Where neither could be read, nothing is kept: the newest entry hides all others, and a new beginning would hide a
 * history that is still there.
 */
export async function addToHistory(label: string, addition: Addition, first: Restored): Promise<void> {
  const now = await restoreHistory(label);
  if (first.kind === 'failed' && now.kind !== 'found') {
    warning('The history could not be read, so what this run saw is not added to it; the run itself is not affected.');
    return;
  }
  await saveHistory(label, historyAfter(now.kind === 'found' ? now.history : first.history, addition));
}

/** Keeps the history for the runs to come, under a key of its own: an entry of the cache is never changed. */
export async function saveHistory(label: string, history: History): Promise<void> {
  await attempt('kept', async (directory) => {
    writeFileSync(join(directory, FILE), historyText(history));
    await cache.saveCache([FILE], keyFor(label));
  });
}

/** Histories of different labels are strangers. Names of labels may hold what a key may not. */
function prefixFor(label: string): string {
  return `differential-fuzz-history-${createHash('sha256').update(label).digest('hex').slice(0, 8)}-`;
}

function keyFor(label: string): string {
  return `${prefixFor(label)}${context.runId}-${context.runAttempt}-${randomBytes(4).toString('hex')}`;
}

/** What the task gives; nothing where there is no cache; failed, with a warning, where it throws or is late. */
async function attempt<T>(
  verb: string,
  task: (directory: string) => Promise<T>,
): Promise<{ readonly failed: boolean; readonly value?: T }> {
  if (!cache.isFeatureAvailable?.()) return { failed: false };
  try {
    return { failed: false, value: await inPrivate(task) };
  } catch (error) {
    warnOfError(`The history could not be ${verb}`, error);
    return { failed: true };
  }
}

/** What the runner says, whoever is told otherwise meanwhile. */
const { GITHUB_WORKSPACE: WORKSPACE, RUNNER_TEMP: TEMPORARY } = process.env;

/**
 * The client packs and unpacks below the workspace, which belongs to others and may lie elsewhere on the next machine, and its tar
 * fails where a path holds a space. So it is told another one, as long as it works, even where it is not waited for any more: nothing
 * else asks for the workspace after the inputs are read. Throws what the task throws, or that it is late.
 */
export async function inPrivate<T>(task: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'differential-fuzz-history-'));
  const before = process.cwd();
  process.chdir(directory);
  Object.assign(process.env, { GITHUB_WORKSPACE: directory, RUNNER_TEMP: directory });
  const done = task(directory).finally(() => {
    restore('GITHUB_WORKSPACE', WORKSPACE);
    restore('RUNNER_TEMP', TEMPORARY);
    rmSync(directory, { recursive: true, force: true });
  });
  return withinPatience(done).finally(() => process.chdir(before));
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

async function withinPatience<T>(task: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${PATIENCE_SECONDS} s`)), PATIENCE_SECONDS * 1000);
  });
  return Promise.race([task, late]).finally(() => clearTimeout(timer));
}

/** The file's text; empty where something else is in its place, as a restored archive may hold anything. */
function readBounded(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const status = fstatSync(file);
    return status.isFile() && status.size <= HISTORY_CHARACTERS ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
