import { describe, expect, it } from 'vitest';
import { gapsWithout } from '../../src/gaps/ledger.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { writeOnEach } from '../../src/operations/parts/fixture.ts';
import { seededDraw } from '../../src/plan/draw.ts';
import { plainQcow2, qcow2Geometry } from '../../src/plan/qcow2.ts';
import { GiB, KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { drawStripes, piecesOf } from '../../src/plan/stripes.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';
import { featuresOf } from '../../src/triage/features.ts';
import { shrink } from '../../src/triage/shrink.ts';
import { isStored } from '../../src/triage/stored-plan.ts';

const planOf = plansOf('stripes', USUAL_NAMES);
const plans = Array.from({ length: 3000 }, (_, index) => planOf(index));

const stripes = { kind: 'stripes', offset: 4096, length: 512, stride: 8192, count: 3, byte: 254 } as const;
const isStriped = ({ kind }: Write) => kind === 'stripes';
const writesIn = (value: unknown) => (value ?? []) as readonly Write[];

describe('stripes', () => {
  it('are data in so many places, of which no two neighbours are the same, and none is zero', () => {
    expect(piecesOf([stripes])).toEqual([
      { kind: 'data', offset: 4096, length: 512, byte: 254 },
      { kind: 'data', offset: 12_288, length: 512, byte: 255 },
      { kind: 'data', offset: 20_480, length: 512, byte: 1 },
    ]);
    const zeros: Write = { kind: 'zeros', offset: 0, length: 1, unmap: false };
    expect(piecesOf([zeros])).toEqual([zeros]);
  });

  it('are written by one process', () => {
    const [written, ...others] = writeOnEach('raw', 'a', [stripes]);
    expect(others).toEqual([]);
    expect(written && 'args' in written && written.args).toEqual([
      ...['-f', 'raw', '-c', 'write -q -P 254 4096 512', '-c', 'write -q -P 255 12288 512'],
      ...['-c', 'write -q -P 1 20480 512', 'a'],
    ]);
  });

  it.each([
    ['a small disk', 512, 64 * KiB],
    ['a disk of an odd size', 4 * KiB, MiB + 512],
    ['a large disk', 64 * KiB, 5 * GiB],
  ])('lie within %s, and apart', (_, cluster, size) => {
    for (let index = 0; index < 200; index += 1) {
      const drawn = drawStripes(seededDraw(`within/${index}`), { size, cluster, table: MiB, compressible: true });
      expect(drawn).toHaveLength(1);
      for (const { offset, length, stride, count } of drawn) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(length).toBeGreaterThan(0);
        expect(stride).toBeGreaterThan(length);
        expect(offset + (count - 1) * stride + length).toBeLessThanOrEqual(size);
        expect(count).toBeGreaterThan(63);
      }
    }
  });

  it('meet tables by the hundred, and need a second refcount block, where clusters are small', () => {
    const geometry = qcow2Geometry(plainQcow2(4 * KiB), GiB);
    const drawn = Array.from({ length: 200 }, (_, index) => drawStripes(seededDraw(`tables/${index}`), geometry));
    const places = drawn.map((writes) => piecesOf(writes));
    const tables = places.map(
      (pieces) => new Set(pieces.map(({ offset }) => Math.floor(offset / geometry.table))).size,
    );
    expect(Math.max(...tables)).toBeGreaterThan(300);
    const bytes = places.map((pieces) => pieces.reduce((sum, { length }) => sum + length, 0));
    expect(bytes.filter((sum) => sum > 8 * MiB).length).toBeGreaterThan(40);
  });

  it('are in a few of a hundred sources, and in the images of operations', () => {
    const striped = plans.filter(({ source }) => source.writes.some(isStriped));
    expect(striped.length / plans.length).toBeGreaterThan(0.03);
    expect(striped.length / plans.length).toBeLessThan(0.1);
    const steps = plans.flatMap((plan) => plan.steps).flatMap((step) => (step.kind === 'run' ? [step] : []));
    const members = ['overlayWrites', 'baseWrites', 'newWrites', 'oldWrites', 'writes'];
    const operations = new Set(
      steps.flatMap(({ operation, options }) =>
        members.some((name) => writesIn(options[name]).some(isStriped)) ? [operation] : [],
      ),
    );
    expect([...operations].toSorted()).toEqual(['commit', 'rebase', 'resize']);
  });

  it('count for what an image has room for', () => {
    const options = {
      size: 64 * MiB,
      baseSize: 64 * MiB,
      clusterSize: 4 * KiB,
      lazyRefcounts: false,
      explicitBase: false,
      seed: 'none',
      baseWrites: [],
    };
    const gapOf = (count: number) => {
      const overlayWrites = [{ ...stripes, length: 32 * KiB, stride: 64 * KiB, count }];
      const choice = { operation: 'commit', options: { ...options, overlayWrites }, twin: 'none' } as const;
      const source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [], history: { kind: 'created' } } as const;
      return gapsWithout([])(choice, source);
    };
    expect(gapOf(100)).toBeUndefined();
    expect(gapOf(250)).toBe('commit-refcount-exhausted');
  });

  /** Shrinks a plan of which the writes lie within the disk, as long as a condition on the source holds. */
  const shrunkWhile = (drawn: (source: Source) => boolean, holds: (source: Source) => boolean) => {
    const plan = plans.find(({ source }) => drawn(source) && holds(source));
    if (plan === undefined) throw new Error('none was drawn');
    const isWithin = ({ size, writes }: Source) =>
      piecesOf(writes).every(({ offset, length }) => offset + length <= size);
    return shrink(plan, {
      operations: OPERATIONS,
      isSound: (smaller) => isStored(smaller, OPERATIONS) && isWithin(smaller.source),
      shows: async ({ source }) => holds(source),
      isOver: () => false,
    });
  };
  const hasMany = ({ writes }: Source) => writes.some((one) => one.kind === 'stripes' && one.count > 200);

  it('become as few as a bug needs, or one write', async () => {
    const many = await shrunkWhile(hasMany, ({ writes }) => piecesOf(writes).length > 50);
    expect(many.source.writes).toMatchObject([{ kind: 'stripes', count: 64, length: 512, byte: 0xab }]);
    const one = await shrunkWhile(hasMany, ({ writes }) => piecesOf(writes).some(({ kind }) => kind === 'data'));
    expect(one.source.writes).toEqual([{ kind: 'data', offset: 0, length: 512, byte: 0xab }]);
  });

  it('keep to clusters of their own where these become larger, on a disk that has room for them', async () => {
    const holds = (source: Source) => {
      if (source.format !== 'qcow2') return false;
      const places = piecesOf(source.writes).map(({ offset }) => Math.floor(offset / source.clusterSize));
      return new Set(places).size > 100;
    };
    const small = (source: Source) => source.format === 'qcow2' && source.clusterSize === 512 && source.size < 32 * MiB;
    const plan = await shrunkWhile(small, holds);
    expect(featuresOf(plan, OPERATIONS)).toEqual(['format=qcow2', 'kind=stripes']);
  });
});
