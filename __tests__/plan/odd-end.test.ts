import { describe, expect, it } from 'vitest';
import { gapsWithout } from '../../src/gaps/ledger.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { buildSource } from '../../src/operations/parts/source-image.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';
import { featuresOf } from '../../src/triage/features.ts';
import { shrink } from '../../src/triage/shrink.ts';
import { isStored } from '../../src/triage/stored-plan.ts';

const planOf = plansOf('odd-end', USUAL_NAMES);
const plans = Array.from({ length: 3000 }, (_, index) => planOf(index));

interface RawFile {
  readonly size: number;
  readonly writes: readonly Write[];
  readonly lessBytes?: number | undefined;
}

const sources = plans.flatMap(({ source }): RawFile[] => (source.format === 'raw' ? [source] : []));
const layers = plans.flatMap(({ source }): RawFile[] =>
  source.format === 'qcow2' ? source.backing.flatMap((layer) => (layer.format === 'raw' ? [layer] : [])) : [],
);
const isOdd = ({ lessBytes }: RawFile) => lessBytes !== undefined;
const fillsItsEnd = ({ size, writes }: RawFile) =>
  writes.some(({ kind, offset, length }) => kind === 'data' && offset + length === size && length <= 512);

const content = { size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
const raw: Source = { format: 'raw', lessBytes: 448, ...content };
const cut = (file: string, size: string) => ({
  kind: 'shared',
  program: 'reference',
  args: ['resize', '-q', '-f', 'raw', '--shrink', file, size],
});

describe('a raw file that ends within a sector', () => {
  it.each([
    ['source', sources],
    ['backing file', layers],
  ])('is a third of those that are drawn as a %s, mostly with data in what is left of its last sector', (_, all) => {
    const odd = all.filter(isOdd);
    expect(Math.abs(odd.length / all.length - 0.33)).toBeLessThan(0.1);
    expect(new Set(odd.map(({ lessBytes }) => lessBytes)).size).toBeGreaterThan(8);
    expect(odd.filter(fillsItsEnd).length / odd.length).toBeGreaterThan(0.6);
  });

  it('is made by the reference, behind all else', () => {
    expect(buildSource(raw)).toEqual([expect.anything(), cut('source.img', String(MiB - 448))]);
    const resized: Source = { ...raw, history: { kind: 'resized', from: 2 * MiB } };
    expect(buildSource(resized).at(-1)).toEqual(cut('source.img', String(MiB - 448)));
  });

  it('may be the lowest of a chain', () => {
    const layout = plainQcow2(64 * KiB);
    const lowest = { format: 'raw', size: 2 * MiB, lessBytes: 1, writes: [] } as const;
    const between = { format: 'qcow2', ...layout, size: MiB, writes: [] } as const;
    const chain: Source = { format: 'qcow2', ...layout, ...content, backing: [between, lowest] };
    expect(buildSource(chain).at(-1)).toEqual(cut('back2.img', String(2 * MiB - 1)));
  });

  it('is kept where a bug needs one, with an ordinary end, and is told; elsewhere its end is whole', async () => {
    const drawn = plans.find(({ source }) => source.format === 'raw' && isOdd(source) && source.lessBytes !== 256);
    if (drawn === undefined) throw new Error('none was drawn');
    const shrunkWhile = (holds: (source: Source) => boolean) =>
      shrink(drawn, {
        operations: OPERATIONS,
        isSound: (plan) => isStored(plan, OPERATIONS),
        shows: async ({ source }) => holds(source),
        isOver: () => false,
      });
    const odd = await shrunkWhile((source) => source.format === 'raw' && isOdd(source));
    expect(odd.source).toEqual({ ...content, format: 'raw', lessBytes: 256 });
    expect(featuresOf(odd, OPERATIONS)).toContain('lessBytes');
    const even = await shrunkWhile(({ format }) => format === 'raw');
    expect(even.source).toEqual({ ...content, format: 'raw' });
  });
});

describe('what is not described for the subject', () => {
  const gapOf = gapsWithout([]);
  const choice = (operation: string, options: object) =>
    ({ operation, options: options as Readonly<Record<string, unknown>>, twin: 'none' }) as const;

  it('is the size of such a file, to the byte', () => {
    const strict = choice('compare', { differs: 'nothing', format: 'raw', strict: true });
    expect(gapOf(strict, raw)).toBe('compare-strict-odd-end');
    expect(gapOf(strict, { format: 'raw', ...content })).toBeUndefined();
    expect(gapOf(choice('compare', { differs: 'nothing', format: 'raw' }), raw)).toBeUndefined();
  });

  it('is how much is behind a start within a sector', () => {
    const copy = (options: object) => gapOf(choice('dd', { target: 'raw', ...options }), raw);
    expect(copy({ blockSize: 1000, skip: 3 })).toBe('dd-odd-end');
    expect(copy({ blockSize: 1000, skip: 3, count: 9 })).toBeUndefined();
    expect(copy({ blockSize: 1024, skip: 3 })).toBeUndefined();
    expect(copy({ blockSize: 1000 })).toBeUndefined();
  });
});
