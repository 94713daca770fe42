import { describe, expect, it } from 'vitest';
import { gapsWithout } from '../../src/gaps/ledger.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { buildSource } from '../../src/operations/parts/source-image.ts';
import type { Options } from '../../src/plan/plan.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';
import { featuresOf } from '../../src/triage/features.ts';
import { shrink } from '../../src/triage/shrink.ts';
import { isStored } from '../../src/triage/stored-plan.ts';

const BORDER = 4 * 1024 * MiB;

const planOf = plansOf('beyond', USUAL_NAMES);
const plans = Array.from({ length: 6000 }, (_, index) => planOf(index));

/** The sizes of an operation's disks, and what is written into them. */
interface Disks {
  readonly sizes: readonly number[];
  readonly writes: readonly Write[];
}

const writesOf = (...values: unknown[]) => values.flatMap((value) => (value ?? []) as Write[]);
const disksOf: Readonly<Record<string, (options: Options) => Disks>> = {
  create: ({ size, backing }) => ({ sizes: [Number(size)], writes: writesOf((backing as Disks | undefined)?.writes) }),
  resize: ({ size, change, writes }) => {
    const { kind, size: by, grow } = change as { kind: string; size: number; grow: boolean };
    return {
      sizes: [Number(size), kind === 'to' ? by : Number(size) + (grow ? by : -by)],
      writes: writesOf(writes),
    };
  },
  rebase: ({ overlaySize, oldSize, newSize, oldWrites, newWrites, overlayWrites }) => ({
    sizes: [overlaySize, oldSize, newSize].map(Number),
    writes: writesOf(oldWrites, newWrites, overlayWrites),
  }),
  commit: ({ size, baseSize, baseWrites, overlayWrites }) => ({
    sizes: [size, baseSize].map(Number),
    writes: writesOf(baseWrites, overlayWrites),
  }),
};

const drawn = (operation: string) =>
  plans
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.kind === 'run' && step.operation === operation ? [step.options] : []));
const isLarge = ({ sizes }: Disks) => sizes.some((size) => size > BORDER);

describe('disks beyond 32 bits', () => {
  it.each(Object.entries(disksOf))(
    'are a few in a hundred of those of %s, in clusters that make few tables',
    (name, disks) => {
      const all = drawn(name);
      const large = all.filter((options) => isLarge(disks(options)));
      expect(large.length / all.length).toBeGreaterThan(0.012);
      expect(large.length / all.length).toBeLessThan(0.09);
      const clusters = large.map(({ clusterSize = 64 * KiB }) => Number(clusterSize));
      expect(Math.min(...clusters)).toBe(64 * KiB);
    },
  );

  it.each(['resize', 'rebase', 'commit'])('have data behind the border in many cases of %s', (name) => {
    const large = drawn(name).flatMap((options) => {
      const disks = disksOf[name]?.(options);
      return disks && isLarge(disks) ? [disks] : [];
    });
    const crossing = large.filter(({ writes }) => writes.some(({ offset, length }) => offset + length > BORDER));
    expect(crossing.length / large.length).toBeGreaterThan(0.25);
  });

  it('get as large, stay as large, and are no more afterwards', () => {
    const both = drawn('resize').map((options) => disksOf['resize']?.(options).sizes.map((size) => size > BORDER));
    const kinds = new Set(both.map((one) => JSON.stringify(one)));
    expect(kinds).toEqual(new Set(['[false,false]', '[false,true]', '[true,false]', '[true,true]']));
  });

  it.each([BORDER + 512, 5 * 1024 * MiB])(
    'are told by one size where a bug needs no other: not by %d bytes',
    async (size) => {
      const drawn = plans.find(({ source }) => source.size === size);
      if (drawn === undefined) throw new Error('none was drawn');
      const plan = await shrink(drawn, {
        operations: OPERATIONS,
        isSound: (smaller) => isStored(smaller, OPERATIONS),
        shows: async ({ source }) => source.size > BORDER,
        isOver: () => false,
      });
      expect(plan.source.size).toBe(BORDER + 64 * MiB);
      expect(featuresOf(plan, OPERATIONS)).toContain('size=large');
      expect(featuresOf(plan, OPERATIONS)).not.toContain('size=odd');
    },
  );

  it('are never filled', () => {
    const filled = drawn('resize').filter(
      ({ preallocation }) => preallocation === 'full' || preallocation === 'falloc',
    );
    expect(filled.filter((options) => disksOf['resize'] && isLarge(disksOf['resize'](options)))).toEqual([]);
  });
});

describe('sources whose clusters have their places beforehand', () => {
  const isPlaced = ({ source }: { source: Source }) => source.format === 'qcow2' && source.preallocation !== undefined;
  const placed = plans.filter(isPlaced);
  const sources = placed.flatMap(({ source }) => (source.format === 'qcow2' ? [source] : []));

  it('are large ones that stand alone, with nothing that cannot be written there', () => {
    expect(placed.length / plans.length).toBeGreaterThan(0.001);
    for (const { size, writes, backing, extendedL2, history, snapshot } of sources) {
      expect(size).toBeGreaterThan(BORDER);
      expect(writes.map(({ kind }) => kind)).not.toContain('compressed');
      expect([backing.length, extendedL2, history.kind, snapshot]).toEqual([0, false, 'created', undefined]);
    }
  });

  it('say so where a bug needs them', () => {
    const features = placed.map((plan) => featuresOf(plan, OPERATIONS));
    expect(features.filter((all) => !all.includes('preallocation=metadata'))).toEqual([]);
  });

  it('are made so by the reference', () => {
    const [created] = sources.map((source) => buildSource(source)[0]);
    expect(created?.kind === 'shared' && created.args.join(' ')).toContain('preallocation=metadata');
  });

  it('are not measured for a format in which what is allocated counts, and converted to formats with holes alone', () => {
    const [source] = sources;
    if (source === undefined) throw new Error('none was drawn');
    const measure = { operation: 'measure', options: { target: 'qcow2' }, twin: 'none' } as const;
    expect(gapsWithout([])(measure, { ...source, writes: [] })).toBe('measure-partial-clusters');
    const targets = placed
      .flatMap(({ steps }) => steps)
      .flatMap((step) => (step.kind === 'run' && step.operation.startsWith('convert') ? [step.options['target']] : []));
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => target !== 'raw' && target !== 'qcow2')).toEqual([]);
  });
});
