import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Files above this many bytes are left to the tools, which skip holes where we would read them. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Two of them stay in a core's cache: with a MiB each, reading takes three to six times as long. */
const CHUNK_BYTES = 64 * 1024;

/** So much is read between two turns of the other lanes. */
const TURN_BYTES = 1024 * 1024;

/** Serve all comparisons: none gives way between reading into them and looking at them. New ones for each kept the garbage collector busy. */
const [OURS, THEIRS] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)];

/**
 * Whether two regular files hold the same bytes. False also where that cannot be told cheaply or safely: a link, a
 * device, a pipe, an unreadable or a very large file.
 */
export async function sameBytes(one: string, other: string): Promise<boolean> {
  const files: number[] = [];
  try {
    for (const path of [one, other]) {
      // A hostile subject may have put a link or a pipe in the file's place.
      files.push(openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
    }
    const [first, second] = files;
    return first !== undefined && second !== undefined && (await sameContents(first, second));
  } catch {
    return false;
  } finally {
    for (const file of files) closeSync(file);
  }
}

async function sameContents(first: number, second: number): Promise<boolean> {
  const [one, other] = [fstatSync(first), fstatSync(second)];
  if (!one.isFile() || !other.isFile() || one.size !== other.size || one.size > MOST_BYTES) return false;
  for (let position = 0; position < one.size; position += CHUNK_BYTES) {
    if (position > 0 && position % TURN_BYTES === 0) await setImmediate();
    if (!sameChunk(first, second, position)) return false;
  }
  return true;
}

/** Read on the spot: a round through the thread pool costs several times as much as reading a small file. */
function sameChunk(first: number, second: number, position: number): boolean {
  const bytes = readSync(first, OURS, 0, CHUNK_BYTES, position);
  const others = readSync(second, THEIRS, 0, CHUNK_BYTES, position);
  return bytes === others && OURS.subarray(0, bytes).equals(THEIRS.subarray(0, others));
}
