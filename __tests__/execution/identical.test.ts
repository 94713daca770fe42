import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sameBytes } from '../../src/execution/identical.ts';
import { KiB, MiB } from '../../src/plan/size.ts';

const directory = mkdtempSync(join(tmpdir(), 'differential-fuzz-test-'));
const path = (name: string) => join(directory, name);

/** A file with these bytes. */
function file(name: string, bytes: Uint8Array | string): string {
  writeFileSync(path(name), bytes);
  return path(name);
}

/** So many bytes, none like its neighbour, with another one at some place. */
function bytesOf(length: number, changedAt?: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8)) % 251;
  if (changedAt !== undefined) bytes[changedAt] = 255;
  return bytes;
}

/** A file of so many bytes that is one hole. */
function hole(name: string, length: number): string {
  file(name, '');
  truncateSync(path(name), length);
  return path(name);
}

describe('two files', () => {
  it.each([0, 1, 511, 64 * KiB - 1, 64 * KiB, 64 * KiB + 1, MiB, 3 * MiB + 1])(
    'of %i bytes are the same where all are',
    async (length) => {
      expect(await sameBytes(file('one', bytesOf(length)), file('other', bytesOf(length)))).toBe(true);
    },
  );

  it.each([1, 511, 64 * KiB - 1, 64 * KiB, 64 * KiB + 1, MiB, MiB + 1, 3 * MiB + 1])(
    'of %i bytes differ by their first and by their last one',
    async (length) => {
      const one = file('one', bytesOf(length));
      for (const at of [0, length - 1]) {
        expect(await sameBytes(one, file('other', bytesOf(length, at))), `${at}`).toBe(false);
      }
    },
  );

  it('differ where one is longer, though it begins with the other', async () => {
    const [short, long] = [file('short', bytesOf(64 * KiB)), file('long', bytesOf(64 * KiB + 1))];
    expect([await sameBytes(short, long), await sameBytes(long, short)]).toEqual([false, false]);
    expect(await sameBytes(file('empty', ''), short)).toBe(false);
  });

  it('are the same whether bytes were written or are holes', async () => {
    expect(await sameBytes(hole('hole', MiB), file('zeros', Buffer.alloc(MiB)))).toBe(true);
  });

  it('are read up to 64 MiB, and left to others above', async () => {
    const most = 64 * MiB;
    expect(await sameBytes(hole('one', most), hole('other', most))).toBe(true);
    expect(await sameBytes(hole('one', most + 1), hole('other', most + 1))).toBe(false);
  });

  it('are told apart while others are read at the same time', async () => {
    const pairs = Array.from({ length: 8 }, (_, pair) => {
      const length = 2 * MiB + pair;
      const isSame = pair % 2 === 0;
      const other = bytesOf(length, isSame ? undefined : length - 1 - pair);
      return { isSame, one: file(`one${pair}`, bytesOf(length)), other: file(`other${pair}`, other) };
    });
    const found = await Promise.all(pairs.map(({ one, other }) => sameBytes(one, other)));
    expect(found).toEqual(pairs.map(({ isSame }) => isSame));
  });
});

describe('what is no regular file', () => {
  const regular = file('regular', bytesOf(1000));
  symlinkSync(regular, path('link'));
  symlinkSync('loop', path('loop'));
  mkdirSync(path('folder'));
  execFileSync('mkfifo', [path('pipe')]);

  it.each([
    ['a link, also to the same file', path('link')],
    ['a link to itself', path('loop')],
    ['a directory', path('folder')],
    ['a pipe that nobody writes to', path('pipe')],
    ['a device without an end', '/dev/zero'],
    ['a device without a byte', '/dev/null'],
    ['nothing at all', path('missing')],
  ])('is never the same: %s', async (_, odd) => {
    expect(await sameBytes(regular, odd)).toBe(false);
    expect(await sameBytes(odd, regular)).toBe(false);
    expect(await sameBytes(odd, odd)).toBe(false);
  });

  it('leaves no file open', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    for (const odd of ['link', 'folder', 'pipe', 'missing', 'regular']) {
      await sameBytes(regular, path(odd));
      await sameBytes(path(odd), regular);
    }
    expect(open()).toBe(before);
  });
});
