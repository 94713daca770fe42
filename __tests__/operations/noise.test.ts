import { describe, expect, it } from 'vitest';
import { writeOnEach } from '../../src/operations/parts/fixture.ts';
import { noiseFilesIn, readsNoise } from '../../src/operations/parts/noise.ts';
import { buildSource } from '../../src/operations/parts/source-image.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';

const plain: Write = { kind: 'data', offset: 0, length: 512, byte: 7 };
const noise: Write = { kind: 'data', offset: 4096, length: 64 * KiB, byte: 3, content: 'incompressible' };
const compressed: Write = { ...noise, kind: 'compressed', offset: 0, content: 'half-compressible' };
const layer = { format: 'qcow2', ...plainQcow2(64 * KiB), size: MiB } as const;
const source: Source = {
  ...layer,
  pattern: 'rich',
  writes: [compressed, plain, noise],
  history: { kind: 'created' },
  backing: [],
};

const written = (words: readonly string[]) => words.filter((word) => /^(write|discard) /.test(word));

describe('a write of noise', () => {
  it('takes its data from a file beside the directories of the sides', () => {
    const [, filled] = buildSource(source);
    expect(filled?.kind === 'shared' && written(filled.args)).toEqual([
      'write -q -c -s ../../noise/3-half-compressible 0 65536',
      'write -q -P 7 0 512',
      'write -q -s ../../noise/3-incompressible 4096 65536',
    ]);
  });

  it('is the same in an image from which the source is converted, but never compressed there', () => {
    const history = { kind: 'converted', from: 'raw', compressed: true } as const;
    const [, filled] = buildSource({ ...source, history });
    expect(filled?.kind === 'shared' && written(filled.args)[0]).toBe(
      'write -q -s ../../noise/3-half-compressible 0 65536',
    );
  });

  it('is the same on each side’s own image', () => {
    expect(writeOnEach('raw', 'a', [noise])).toMatchObject([
      { kind: 'each', args: ['-f', 'raw', '-c', 'write -q -s ../../noise/3-incompressible 4096 65536', 'a'] },
    ]);
  });
});

describe('the noise of a plan', () => {
  it('is that of all writes, wherever they stand, each once', () => {
    const below = { ...layer, writes: [{ ...noise, byte: 0 }, plain] };
    const steps = [{ options: { baseWrites: [noise], overlayWrites: [{ ...noise, byte: 255 }] } }];
    expect(noiseFilesIn({ source: { ...source, backing: [below] }, steps })).toEqual([
      '3-half-compressible',
      '3-incompressible',
      '0-incompressible',
      '255-incompressible',
    ]);
  });

  it('is none where all data are plain', () => {
    const writes = [plain, { ...plain, content: undefined }, { kind: 'zeros', offset: 0, length: 1, unmap: true }];
    expect(noiseFilesIn({ ...source, writes })).toEqual([]);
  });
});

describe('a command', () => {
  it('reads noise where one of its words names a file of it', () => {
    const [created, filled] = buildSource(source);
    expect([created, filled].map((one) => one?.kind === 'shared' && readsNoise(one.args))).toEqual([false, true]);
  });
});
