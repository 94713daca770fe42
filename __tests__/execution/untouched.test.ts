import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { benchOf } from '../../src/execution/bench.ts';
import type { Stage } from '../../src/execution/stage.ts';
import type { ImageFile, Root } from '../../src/oracles/observation.ts';

const scratch: string[] = [];
afterEach(() => {
  for (const directory of scratch.splice(0)) rmSync(directory, { recursive: true });
});

/** Whether a file counts as untouched that has these bytes on either side and in what was kept of it. The stage is that of plain files: no tool is asked. */
function isUntouched(bytes: Partial<Record<Root, string>>, file: Partial<ImageFile> = {}): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'untouched-'));
  scratch.push(directory);
  for (const [root, text] of Object.entries(bytes)) {
    mkdirSync(join(directory, root, 'step1'), { recursive: true });
    writeFileSync(join(directory, root, 'step1', 'disk.img'), text);
  }
  const stage = {
    hostPath: (root: Root, path: string) => join(directory, root, path),
    sizeOf: (root: Root, path: string) => statSync(join(directory, root, path), { throwIfNoEntry: false })?.size,
    perform: async () => ({ exit: { kind: 'exited', code: 1 } }),
  } as unknown as Stage;
  const bench = benchOf(stage, { step: 1, directory: 'step1' });
  return bench.untouched({ path: 'disk.img', format: 'qcow2', ...file });
}

const inPlace = { inPlace: true } as const;
const own = { own: true } as const;

describe('a file that the subject was given', () => {
  it.each<[string, boolean, Partial<Record<Root, string>>, Partial<ImageFile>]>([
    ['is what the reference’s is', true, { subject: 'left', reference: 'left', fixture: 'made' }, {}],
    [
      'is what it was, though the reference’s is not',
      true,
      { subject: 'made', reference: 'left', fixture: 'made' },
      {},
    ],
    ['is neither', false, { subject: 'else', reference: 'made', fixture: 'made' }, {}],
    ['is neither, and only read', false, { subject: 'else', reference: 'left', fixture: 'made' }, {}],
    ['is written in place, as the reference has begun', true, { subject: 'a', reference: 'b', fixture: 'c' }, inPlace],
    ['is written in place, as the reference has not', false, { subject: 'a', reference: 'c', fixture: 'c' }, inPlace],
    ['is a copy that was spoilt', true, { subject: 'a', reference: 'b', before: 'a', fixture: 'c' }, inPlace],
    ['is its own, and what it was', true, { subject: 'a', reference: 'b', before: 'a' }, own],
    ['is its own, and what only the reference’s is', false, { subject: 'a', reference: 'a', before: 'b' }, own],
    ['is gone', false, { reference: 'a', fixture: 'a' }, {}],
    ['is of a kind of which nothing was kept', false, { subject: 'a', reference: 'b' }, inPlace],
  ])('%s: %s', async (_, untouched, bytes, file) => {
    expect(await isUntouched(bytes, file)).toBe(untouched);
  });
});
