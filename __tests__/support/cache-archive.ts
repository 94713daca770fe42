import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type History, parseHistory } from '../../src/history/history.ts';
import type { Entry } from '../../testing/cache-server/server.ts';
import { newDirectory } from './cli.ts';

const FILE = 'differential-fuzz-history.json';

/** The first bytes of what zstd makes; without it at hand the client takes gzip. */
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const packing = (bytes: Buffer) => (bytes.subarray(0, 4).equals(ZSTD) ? '--zstd' : '-z');

function bytesOf(entry: Entry | undefined): Buffer {
  if (entry?.bytes === undefined) throw new Error('no entry was finished');
  return entry.bytes;
}

/** The document that an entry of the cache holds; undefined where it is none. */
export function historyIn(entry: Entry | undefined): History | undefined {
  const bytes = bytesOf(entry);
  const directory = newDirectory();
  execFileSync('tar', [packing(bytes), '-x', '-C', directory], { input: bytes });
  return parseHistory(readFileSync(join(directory, FILE), 'utf8'));
}

/** The same entry with another archive, which holds in the document's place what `fill` makes there. */
export function poisoned(entry: Entry, fill: (path: string) => void): Entry {
  const root = newDirectory();
  fill(join(root, FILE));
  return { ...entry, bytes: execFileSync('tar', [packing(bytesOf(entry)), '-c', '-C', root, '.']) };
}
