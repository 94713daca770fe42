import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MiB, MOST_DRAWN } from '../plan/size.ts';
import { CannotRun } from './host.ts';
import { isAbandoned } from './owner.ts';

/** The two parts of a sandbox: the tools, which are trusted and see all of the scratch space, and the subject, which sees what is open to it. */
export const PARTS = ['tools', 'subject'] as const;
export type Part = (typeof PARTS)[number];

/** The run's own directory for images, the same path inside and outside the containers. */
export interface Scratch {
  readonly path: string;
  /** The user and group that the commands run as. */
  readonly user: User;
}

/** The directory that a part of the sandbox sees of the scratch space: all of it, or what is open to the subject. */
export function areaOf(scratchPath: string, part: Part): string {
  return part === 'tools' ? scratchPath : join(scratchPath, 'open');
}

/** An empty directory that serves as HOME of a part's commands. */
export function homeOf(scratchPath: string, part: Part): string {
  return join(areaOf(scratchPath, part), 'home');
}

/** Where a part has its named pipes: mounted read-only in its container, whose commands own all around it. */
export function pipesOf(scratchPath: string, part: Part): string {
  return join(areaOf(scratchPath, part), 'pipes');
}

/** A user and group by their numbers. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The user and group of a container's commands when we are root ourselves: nobody. */
const UNPRIVILEGED = 65534;

/** The user and group that commands run as inside a container: ours, or nobody where we are root. */
export function containerUser(): User {
  const uid = process.getuid?.() ?? 0;
  return uid === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : { uid, gid: process.getgid?.() ?? uid };
}

/** Every scratch directory's name begins so; the owner of its run follows. */
const PREFIX = 'differential-fuzz.';

/** The least free room to start with, in bytes: a few images of the largest kind that is fully allocated on purpose, a lane. */
const LEAST_ROOM = 256 * MiB;

/**
 * Memory-backed scratch is used where it has at least this much room, in bytes, else the temporary directory: where the largest disk would not
 * fit, no refusal of it says anything about the subject.
 */
const ROOM_IN_MEMORY = MOST_DRAWN + LEAST_ROOM;

/** Where scratch space may lie, best first; the first is backed by memory. */
export function scratchParents(temporary: string = tmpdir()): string[] {
  return ['/dev/shm', temporary];
}

/**
 * Where a run with this owner keeps its scratch, of places as `scratchParents` gives them: too little memory is better than nothing. `free`
 * tells the bytes that a place has. Throws CannotRun when none has enough room.
 */
export function chooseScratchPath(
  owner: string,
  parents: readonly string[] = scratchParents(),
  free: (place: string) => number = freeBytes,
): string {
  const roomy = parents.find((place, at) => free(place) >= (at === 0 ? ROOM_IN_MEMORY : LEAST_ROOM));
  const parent = roomy ?? parents.find((place) => free(place) >= LEAST_ROOM);
  if (parent === undefined) {
    const places = parents.map((place) => `${place} (${Math.max(0, Math.floor(free(place) / MiB))} MiB)`);
    throw new CannotRun(
      `There is no room for scratch images: at least ${LEAST_ROOM / MiB} MiB must be free and writable in one of ${places.join(', ')}. Free some space there.`,
    );
  }
  // Without links, by which it could be told from a path that a subject made one of.
  return join(realpathSync(parent), `${PREFIX}${owner}`);
}

/** Makes the scratch directory, for the user and group that the commands run as. */
export function makeScratch(path: string, user: User): Scratch {
  for (const part of PARTS) {
    const own = [areaOf(path, part), homeOf(path, part)];
    for (const directory of own) mkdirSync(directory, { mode: 0o700 });
    mkdirSync(pipesOf(path, part));
    // Whatever the umask: the commands are not its owner.
    chmodSync(pipesOf(path, part), 0o711);
    if (process.getuid?.() === 0) for (const directory of own) chownSync(directory, user.uid, user.gid);
  }
  return { path, user };
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

/**
 * Removes a directory tree, also one whose directories somebody made unreadable. Never follows a symbolic link. Only for
 * a tree in which nothing of the sandbox runs any more.
 */
export function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (lstatSync(path).isSymbolicLink()) throw error;
    // GNU chmod does not follow the links it meets on the way down, and rm takes paths of any length.
    for (const [program, ...args] of [
      ['/bin/chmod', '-R', 'u+rwX'],
      ['/bin/rm', '-rf'],
    ] as const) {
      execFileSync(program, [...args, '--', path], { stdio: 'ignore', env: {} });
    }
  }
}

/** Removes the scratch of runs that are gone. What cannot be removed is no reason to keep the next run from starting. */
export function sweepScratch(parents: readonly string[] = scratchParents()): void {
  for (const parent of parents) {
    for (const name of listOf(parent)) {
      if (name.startsWith(PREFIX) && isAbandoned(name.slice(PREFIX.length))) sweepOne(join(parent, name));
    }
  }
}

/** The places are open to everybody, so the name alone proves nothing. */
function sweepOne(path: string): void {
  try {
    const ours = [0, process.getuid?.(), containerUser().uid];
    const status = lstatSync(path);
    if (status.isDirectory() && ours.includes(status.uid)) removeTree(path);
  } catch {
    // Gone meanwhile, or not ours to remove.
  }
}

function listOf(parent: string): string[] {
  try {
    return readdirSync(parent);
  } catch {
    return [];
  }
}
