import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES } from '../../src/operations/index.ts';
import type { Options } from '../../src/plan/plan.ts';
import { GiB, KiB, MiB } from '../../src/plan/size.ts';
import { plansOf } from '../../src/session/session.ts';

const planOf = plansOf('rows', OPERATION_NAMES);
const plans = Array.from({ length: 4000 }, (_, index) => planOf(index));

function drawn(operation: string, where: (options: Options) => boolean = () => true): Options[] {
  const steps = plans.flatMap(({ steps }) => steps);
  return steps.flatMap((step) =>
    step.kind === 'run' && step.operation === operation && where(step.options) ? [step.options] : [],
  );
}

const values = (options: Options[], key: string) => new Set(options.map((option) => option[key]));
const share = (options: Options[], holds: (options: Options) => boolean) =>
  options.filter(holds).length / options.length;

describe('source images', () => {
  it('come in the user’s formats, sizes and cluster sizes', () => {
    const sources = plans.map(({ source }) => source);
    expect(new Set(sources.map(({ format }) => format))).toEqual(new Set(['qcow2', 'raw', 'vmdk', 'vpc']));
    expect(new Set(sources.map(({ size }) => size))).toEqual(
      new Set([MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB]),
    );
    const clusters = sources.flatMap((source) => (source.format === 'qcow2' ? [source.clusterSize] : []));
    expect(new Set(clusters)).toEqual(new Set([512, 4 * KiB, 64 * KiB, 256 * KiB, 2 * MiB]));
  });

  it('carry a partition table only when they are raw', () => {
    const tables = plans.filter(({ source }) => source.pattern === 'mbr');
    expect(tables.length).toBeGreaterThan(0);
    expect(new Set(tables.map(({ source }) => source.format))).toEqual(new Set(['raw']));
  });
});

describe('create', () => {
  it('keeps a preallocated disk at 1 MiB and combines none with extended L2 entries', () => {
    const preallocated = drawn('create', ({ preallocation }) => preallocation !== undefined);
    expect(values(preallocated, 'preallocation')).toEqual(new Set(['metadata', 'falloc', 'full']));
    expect(values(preallocated, 'size')).toEqual(new Set([MiB]));
    expect(values(preallocated, 'extendedL2')).toEqual(new Set([false]));
  });

  it('always gives the block size of a vhdx', () => {
    expect(
      values(
        drawn('create', ({ format }) => format === 'vhdx'),
        'blockSize',
      ),
    ).toEqual(new Set([16 * MiB, 32 * MiB]));
  });

  it('asks for lazy refcounts in three of ten', () => {
    const qcow2 = drawn('create', ({ format }) => format === 'qcow2');
    expect(Math.abs(share(qcow2, ({ lazyRefcounts }) => lazyRefcounts === true) - 0.3)).toBeLessThan(0.1);
  });
});

describe('resize', () => {
  it('stays away from 2 MiB clusters and keeps what is filled small', () => {
    expect(values(drawn('resize'), 'clusterSize')).not.toContain(2 * MiB);
    const filled = drawn('resize', ({ preallocation }) => preallocation === 'full' || preallocation === 'falloc');
    expect(values(filled, 'size')).toEqual(new Set([MiB, 4 * MiB]));
  });

  it('shrinks, grows and names absolute sizes', () => {
    const changes = drawn('resize').map(({ change }) => JSON.stringify(change));
    expect(changes.some((change) => change.includes('"grow":true'))).toBe(true);
    expect(changes.some((change) => change.includes('"grow":false'))).toBe(true);
    expect(changes.some((change) => change.includes('"kind":"to"'))).toBe(true);
  });
});

describe('rebase', () => {
  it('detaches in about a quarter of the picks, and uses both modes', () => {
    const rebases = drawn('rebase');
    expect(Math.abs(share(rebases, ({ newBacking }) => newBacking === '') - 0.25)).toBeLessThan(0.05);
    expect(values(rebases, 'mode')).toEqual(new Set(['safe', 'unsafe']));
  });
});

describe('commit', () => {
  it('keeps to clusters of at most 64 KiB, with and without the seed and the explicit base', () => {
    const commits = drawn('commit');
    expect(values(commits, 'clusterSize')).toEqual(new Set([512, 4 * KiB, 64 * KiB]));
    expect(values(commits, 'seed')).toEqual(new Set(['none', 'seed-64k']));
    expect(values(commits, 'explicitBase')).toEqual(new Set([true, false]));
  });
});
