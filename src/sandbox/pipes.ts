import { execFileSync } from 'node:child_process';
import { constants, lchownSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CannotRun } from './host.ts';
import type { User } from './scratch.ts';

/** Named pipes that serve a program inside a container as its streams, and our ends of them. */
export interface Pipes {
  /** What their paths begin with, inside as outside. */
  readonly path: string;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Takes their names away; who has opened them keeps them. */
  remove(): void;
}

/**
 * A shell script that becomes the program `$@` with the pipes of path `$0` for its streams. The bytes then pass from process to process;
 * through the streams of `docker exec` they pass three more, which costs a command that ends at once a quarter of its time.
 */
export const TAKE_PIPES = 'exec "$@" <"$0.in" >"$0.out" 2>"$0.err"';

/** Makes three pipes in a directory that hostile code cannot write to, for a program of this user. Throws CannotRun. */
export function makePipes(directory: string, name: string, { uid, gid }: User): Pipes {
  const path = join(directory, name);
  const paths = [`${path}.in`, `${path}.out`, `${path}.err`] as const;
  try {
    execFileSync('mkfifo', ['-m', '600', '--', ...paths], { stdio: 'pipe', env: { PATH: process.env['PATH'] } });
    if (process.getuid?.() === 0) for (const one of paths) lchownSync(one, uid, gid);
    return {
      path,
      stdin: new Socket({ fd: openEnd(paths[0]), readable: false, writable: true }),
      stdout: new Socket({ fd: openEnd(paths[1]), readable: true, writable: false }),
      stderr: new Socket({ fd: openEnd(paths[2]), readable: true, writable: false }),
      remove() {
        for (const one of paths) rmSync(one, { force: true });
      },
    };
  } catch (error) {
    throw new CannotRun(`No pipes can be made in ${directory}: ${error instanceof Error ? error.message : error}`);
  }
}

/** For both directions at once, which is Linux's way of not waiting for the other end, fifo(7). The other end sees ours close all the same. */
function openEnd(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW);
}
