import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Files above this many bytes are left to the tools, which skip holes where we would read them. */
const MOST_BYTES = 64 * 1024 * 1024;

const CHUNK_BYTES = 1024 * 1024;

/**
 * Whether two regular files hold the same bytes. False also where that cannot be told cheaply or safely: a link, a
 * device, a pipe, an unreadable or a very large file.
 */
export async function sameBytes(one: string, other: string): Promise<boolean> {
  const handles: FileHandle[] = [];
  try {
    for (const path of [one, other]) {
      // A hostile subject may have put a link or a pipe in the file's place.
      handles.push(await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
    }
    const [first, second] = handles;
    return first !== undefined && second !== undefined && (await sameContents(first, second));
  } catch {
    return false;
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}

async function sameContents(first: FileHandle, second: FileHandle): Promise<boolean> {
  const [one, other] = await Promise.all([first.stat(), second.stat()]);
  if (!one.isFile() || !other.isFile() || one.size !== other.size || one.size > MOST_BYTES) return false;
  const length = Math.min(CHUNK_BYTES, Math.max(1, one.size));
  const [ours, theirs] = [Buffer.alloc(length), Buffer.alloc(length)];
  for (let position = 0; position < one.size; position += length) {
    const reads = await Promise.all([first.read(ours, 0, length, position), second.read(theirs, 0, length, position)]);
    const [{ bytesRead }, { bytesRead: others }] = reads;
    if (bytesRead !== others || !ours.subarray(0, bytesRead).equals(theirs.subarray(0, others))) return false;
  }
  return true;
}
