/** The history in GitHub's cache. Whatever goes wrong there costs time and what is remembered, and nothing else. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// As a whole: GitHub's local runner stands in for this package and has no isFeatureAvailable.
import * as cache from '@actions/cache';
import { info, warning } from '@actions/core';
import { context } from '@actions/github';
import { HISTORY_CHARACTERS, type History, historyText, NO_HISTORY, parseHistory } from '../history/history.ts';
import { stackOf } from '../session/session.ts';
import { inertLine } from '../trust/inert.ts';

/** The name by which the document is packed; an entry of the cache is found again only by the same. */
const FILE = 'differential-fuzz-history.json';

/** Seconds that the cache may take, each way. */
const PATIENCE_SECONDS = 60;
const LIMITS = { timeoutInMs: PATIENCE_SECONDS * 1000, segmentTimeoutInMs: PATIENCE_SECONDS * 1000 };

/** The newest history that this run may see; an empty one where there is none, none that can be used, or no cache. */
export async function restoreHistory(label: string): Promise<History> {
  const text = await attempt('read', async (directory) => {
    const found = await cache.restoreCache([FILE], keyFor(label), [prefixFor(label)], LIMITS);
    return found === undefined ? undefined : readBounded(join(directory, FILE));
  });
  if (text === undefined) return NO_HISTORY;
  const history = parseHistory(text);
  if (history === undefined) info('The history in the cache is damaged or of another version: it is begun anew.');
  return history ?? NO_HISTORY;
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

async function attempt<T>(verb: string, task: (directory: string) => Promise<T>): Promise<T | undefined> {
  if (!cache.isFeatureAvailable?.()) return undefined;
  try {
    return await inPrivate(task);
  } catch (error) {
    warning(inertLine(`The history could not be ${verb}: ${stackOf(error)}`, 1000));
    return undefined;
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

/** A restored archive may hold anything in the file's place. */
function readBounded(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = fstatSync(file);
    return status.isFile() && status.size <= HISTORY_CHARACTERS ? readFileSync(file, 'utf8') : '';
  } finally {
    closeSync(file);
  }
}
