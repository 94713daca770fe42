import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GiB, MiB } from '../plan/size.ts';
import { CannotRun } from './host.ts';
import { isAbandoned } from './owner.ts';

/** The run's own directory for images, the same path inside and outside the container. */
export interface Scratch {
  readonly path: string;
  /** An empty directory that serves as HOME of every command. */
  readonly home: string;
  /** The user and group that the commands run as. */
  readonly user: User;
}

/** A user and group by their numbers. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Every scratch directory's name begins so; the owner of its run follows. */
const PREFIX = 'differential-fuzz.';

/** Memory-backed scratch is used where it has at least this much room; else the temporary directory. */
const ROOM_IN_MEMORY = 2 * GiB;

/** The least free room to start with: a few images of the largest fully allocated kind a lane. */
const LEAST_ROOM = 256 * MiB;

/** Where scratch space may lie, best first. */
export function scratchParents(temporary: string = tmpdir()): string[] {
  return ['/dev/shm', temporary];
}

/** Where a run with this owner keeps its scratch; throws CannotRun when no place has enough room. */
export function chooseScratchPath(owner: string, parents: readonly string[] = scratchParents()): string {
  const parent = parents.find((place, at) => freeBytes(place) >= (at === 0 ? ROOM_IN_MEMORY : LEAST_ROOM));
  if (parent === undefined) {
    const places = parents.map((place) => `${place} (${Math.max(0, Math.floor(freeBytes(place) / MiB))} MiB)`);
    throw new CannotRun(
      `There is no room for scratch images: at least ${LEAST_ROOM / MiB} MiB must be free and writable in one of ${places.join(', ')}. Free some space there.`,
    );
  }
  return join(parent, `${PREFIX}${owner}`);
}

/** Makes the scratch directory, for the user and group that the commands run as. */
export function makeScratch(path: string, user: User): Scratch {
  const home = join(path, 'home');
  for (const directory of [path, home]) makeDirectory(directory, user);
  return { path, home, user };
}

/** Makes a directory that belongs to the user of the commands, with any that it lies in. */
export function makeDirectory(path: string, user: User): void {
  const first = mkdirSync(path, { mode: 0o700, recursive: true });
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) chownSync(made, user.uid, user.gid);
}

/** Bytes that are still free where `path` lies; -1 where it cannot be written or does not exist. */
export function freeBytes(path: string): number {
  try {
    accessSync(path, constants.W_OK);
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return -1;
  }
}

/** Removes a directory tree, also one whose directories somebody made unreadable. Never follows a symbolic link. */
export function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    unlock(path);
    rmSync(path, { recursive: true, force: true });
  }
}

function unlock(path: string): void {
  chmodSync(path, 0o700);
  // GNU chmod does not follow the links it meets on the way down.
  execFileSync('/bin/chmod', ['-R', 'u+rwX', path], { stdio: 'ignore', env: {} });
}

/** Removes the scratch of runs that are gone. */
export function sweepScratch(parents: readonly string[] = scratchParents()): void {
  for (const parent of parents) {
    for (const name of listOf(parent)) {
      if (name.startsWith(PREFIX) && isAbandoned(name.slice(PREFIX.length))) removeTree(join(parent, name));
    }
  }
}

function listOf(parent: string): string[] {
  try {
    return readdirSync(parent);
  } catch {
    return [];
  }
}
