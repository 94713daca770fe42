import { describe, expect, it } from 'vitest';
import { GAPS, gapOf } from '../../src/gaps/ledger.ts';
import { mayOutgrowRefcounts } from '../../src/gaps/refcounts.ts';
import { OPERATION_NAMES } from '../../src/operations/index.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';

const raw: Source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [] };
const write = { offset: 0, length: 512, byte: 1 };
const qcow2: Source = { format: 'qcow2', size: MiB, clusterSize: 64 * KiB, pattern: 'random', writes: [write] };

describe('the ledger', () => {
  it('has one entry an id, each for operations that exist', () => {
    expect(new Set(GAPS.map(({ id }) => id)).size).toBe(GAPS.length);
    for (const { operations } of GAPS) for (const name of operations) expect(OPERATION_NAMES).toContain(name);
  });

  it('keeps info from headerless raw images and lets it have those with a partition table', () => {
    expect(gapOf('info', {}, raw)).toBe('info-raw');
    expect(gapOf('info', {}, { ...raw, pattern: 'mbr' })).toBeUndefined();
  });

  it('keeps measure from partly written clusters, whose holes the file system decides on', () => {
    expect(gapOf('measure', { target: 'qcow2' }, qcow2)).toBe('measure-partial-clusters');
    expect(gapOf('measure', { target: 'qcow2' }, { ...qcow2, clusterSize: 4 * KiB })).toBeUndefined();
    expect(gapOf('measure', { target: 'qcow2' }, { ...qcow2, writes: [] })).toBeUndefined();
  });

  it('tells an operation that has no gap to go ahead', () => {
    expect(gapOf('convert', { target: 'qcow2' }, raw)).toBeUndefined();
  });
});

describe('the bound on refcount blocks', () => {
  const block = { offset: 0, length: 64 * KiB, byte: 1 };

  it('lets 64 KiB into a fresh image of 512-byte clusters, but not twice as much', () => {
    expect(mayOutgrowRefcounts(512, MiB, [block])).toBe(false);
    expect(mayOutgrowRefcounts(512, MiB, [block, { ...block, offset: 512 * KiB }])).toBe(true);
  });

  it('is wide for usual clusters', () => {
    expect(mayOutgrowRefcounts(64 * KiB, 64 * MiB, Array(16).fill(block))).toBe(false);
  });
});
