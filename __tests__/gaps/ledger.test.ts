import { describe, expect, it } from 'vitest';
import { GAPS, gapsWithout, LIFTABLE } from '../../src/gaps/ledger.ts';
import { mayOutgrowRefcounts } from '../../src/gaps/refcounts.ts';
import { INPUTS } from '../../src/inputs/definitions.ts';
import { OPERATION_NAMES, USUAL_NAMES } from '../../src/operations/index.ts';
import { SEED } from '../../src/operations/parts/commit-chain.ts';
import { LONG, NEW, OLD, RAW, SHORT } from '../../src/operations/parts/rebase-chain.ts';
import type { Layer } from '../../src/plan/chain.ts';
import type { Choice, Options } from '../../src/plan/plan.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { partitionTable, type Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';

const gapOf = gapsWithout([]);

const raw: Source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [], history: { kind: 'created' } };
const write: Write = { kind: 'data', offset: 0, length: 512, byte: 1 };
const qcow2: Source & { format: 'qcow2' } = {
  ...{ ...plainQcow2(64 * KiB), ...raw },
  format: 'qcow2',
  writes: [write],
  backing: [],
};
const choice = (operation: string, options: Options = {}, mistake?: string): Choice => ({
  operation,
  options,
  twin: 'none',
  ...(mistake ? { mistakes: [mistake] } : {}),
});
const measure = choice('measure', { target: 'qcow2' });

describe('the ledger', () => {
  it('has one entry an id, each for operations that exist', () => {
    expect(new Set(GAPS.map(({ id }) => id)).size).toBe(GAPS.length);
    for (const { operations } of GAPS) for (const name of operations) expect(OPERATION_NAMES).toContain(name);
  });

  it('keeps info from headerless raw images and lets it have those with a partition table', () => {
    expect(gapOf(choice('info'), raw)).toBe('info-raw');
    const mbr: Source = { ...raw, pattern: 'mbr', writes: partitionTable() };
    expect(gapOf(choice('info'), mbr)).toBeUndefined();
    expect(gapOf(choice('info'), { ...mbr, writes: mbr.writes.slice(1) })).toBe('info-raw');
  });

  it('keeps measure from partly written clusters, whose holes the file system decides on', () => {
    expect(gapOf(measure, qcow2)).toBe('measure-partial-clusters');
    expect(gapOf(measure, { ...qcow2, clusterSize: 4 * KiB })).toBeUndefined();
    expect(gapOf(measure, { ...qcow2, writes: [] })).toBeUndefined();
    expect(gapOf(measure, { ...qcow2, writes: [], snapshot: [write] })).toBe('measure-partial-clusters');
    expect(gapOf(measure, { ...qcow2, writes: [{ ...write, length: 128 * KiB }] })).toBeUndefined();
  });

  it('keeps measure from what the subject measures otherwise: chains, compressed clusters, extended L2 entries, vhdx', () => {
    const layer: Layer = { ...plainQcow2(64 * KiB), format: 'qcow2', size: MiB, writes: [] };
    const small = { ...qcow2, clusterSize: 4 * KiB } as const;
    expect(gapOf(measure, { ...small, backing: [layer] })).toBe('measure-chain');
    expect(gapOf(measure, { ...small, writes: [{ ...write, kind: 'compressed' }] })).toBe('measure-qcow2-edge');
    expect(gapOf(measure, { ...qcow2, writes: [], extendedL2: true })).toBe('measure-qcow2-edge');
    expect(gapOf(measure, { ...raw, format: 'vhdx', blockSize: MiB })).toBe('measure-vhdx-source');
  });

  it('keeps compressed clusters out of the overlay of a commit, and what is committed from those of the base', () => {
    const clusterSize = 64 * KiB;
    const commit = (options: Options) => gapOf(choice('commit', { clusterSize, seed: 'none', ...options }), raw);
    const compressed: Write = { ...write, kind: 'compressed', offset: 2 * clusterSize, length: clusterSize };
    expect(commit({ overlayWrites: [compressed] })).toBe('commit-compressed');
    expect(commit({ middleWrites: [compressed] })).toBe('commit-compressed');
    const into = (offset: number, kind: Write['kind'] = 'data') =>
      commit({ baseWrites: [compressed], overlayWrites: [{ ...write, kind, offset }] });
    for (const kind of ['data', 'zeros', 'discard'] as const) {
      expect(into(2 * clusterSize - 512, kind), kind).toBeUndefined();
      expect(into(2 * clusterSize - 511, kind), kind).toBe('commit-compressed');
      expect(into(3 * clusterSize - 1, kind), kind).toBe('commit-compressed');
      expect(into(3 * clusterSize, kind), kind).toBeUndefined();
    }
    const middle = { middleWrites: [{ ...write, offset: 2 * clusterSize }] };
    expect(commit({ baseWrites: [compressed], ...middle })).toBe('commit-compressed');
    expect(commit({ baseWrites: [compressed], seed: 'seed-64k' })).toBeUndefined();
    expect(commit({ baseWrites: [{ ...compressed, offset: 0 }], seed: 'seed-64k' })).toBe('commit-compressed');
    expect(commit({ baseWrites: [{ ...compressed, kind: 'data' }], overlayWrites: [compressed] })).toBe(
      'commit-compressed',
    );
    expect(commit({ overlayWrites: [write] })).toBeUndefined();
  });

  it('keeps compressed clusters out of the old chain of a safe rebase, and lets all else have them', () => {
    const compressed = [{ ...write, kind: 'compressed' }];
    const safe = (options: Options) => gapOf(choice('rebase', { mode: 'safe', ...options }), raw);
    expect(safe({ oldWrites: compressed })).toBe('rebase-compressed-member');
    expect(safe({ overlayWrites: compressed })).toBe('rebase-compressed-member');
    expect(safe({ newWrites: compressed })).toBeUndefined();
    expect(safe({ belowOld: { size: MiB, writes: compressed } })).toBe('rebase-compressed-member');
    expect(safe({ belowNew: { size: MiB, writes: compressed } })).toBeUndefined();
    const unsafe = { mode: 'unsafe', oldWrites: compressed, overlayWrites: compressed };
    expect(gapOf(choice('rebase', unsafe), raw)).toBeUndefined();
  });

  it('is sure of compressed clusters only where data get smaller', () => {
    const surely = (id: string, options: Options, source: Source) => {
      const { handling } = GAPS.find((gap) => gap.id === id) ?? {};
      return handling?.kind === 'avoid' ? handling.shows?.surely?.(choice('measure', options), source) : undefined;
    };
    for (const [content, sure] of [
      ['half-compressible', true],
      ['incompressible', false],
    ] as const) {
      const all = [{ ...write, kind: 'compressed', content } as const];
      expect(surely('commit-compressed', { overlayWrites: all, seed: 'none' }, raw)).toBe(sure);
      expect(surely('rebase-compressed-member', { oldWrites: all, mode: 'safe' }, raw)).toBe(sure);
      expect(surely('measure-qcow2-edge', {}, { ...qcow2, writes: all })).toBe(sure);
      expect(gapOf(choice('commit', { overlayWrites: all }), raw)).toBe('commit-compressed');
    }
  });

  it('takes no noise for a partition table', () => {
    const noise = partitionTable().map((part) => ({ ...part, content: 'incompressible' }) as Write);
    expect(gapOf(choice('info'), { ...raw, writes: noise })).toBe('info-raw');
  });

  it('asks info for no damaged image, and every other reader for one', () => {
    expect(gapOf(choice('info', {}, 'damaged-version'), qcow2)).toBe('info-lenient-header');
    expect(gapOf(choice('info', {}, 'missing-file'), qcow2)).toBeUndefined();
    expect(gapOf(choice('convert', { target: 'raw' }, 'damaged-version'), qcow2)).toBeUndefined();
  });

  it('asks for no unsafe rebase of an overlay with an unknown feature, but for a safe one, and for any other damage', () => {
    const unsafe = { mode: 'unsafe' };
    expect(gapOf(choice('rebase', unsafe, 'damaged-features'), raw)).toBe('rebase-unsafe-features');
    expect(gapOf(choice('rebase', unsafe, 'damaged-version'), raw)).toBeUndefined();
    expect(gapOf(choice('rebase', unsafe), raw)).toBeUndefined();
    expect(gapOf(choice('rebase', { mode: 'safe' }, 'damaged-features'), raw)).toBeUndefined();
    expect(gapOf(choice('commit', {}, 'damaged-features'), raw)).toBeUndefined();
  });

  it('keeps the recorded backing format as it is in a rebase, whichever it is', () => {
    const onto = (options: Options) => gapOf(choice('rebase', { newBacking: NEW, ...options }), raw);
    expect(onto({ newName: RAW })).toBe('rebase-format-ext');
    expect(onto({ newName: RAW, backingFormat: 'raw' })).toBeUndefined();
    expect(onto({ backingFormat: 'raw' })).toBeUndefined();
    expect(onto({})).toBeUndefined();
    expect(onto({ newName: RAW, newBacking: '' })).toBeUndefined();
    expect(onto({ newName: SHORT })).toBeUndefined();
    expect(onto({ newName: SHORT, backingFormat: 'raw' })).toBe('rebase-format-ext');
  });

  it('keeps a rebase from a name that is longer than the recorded one, whichever the format', () => {
    const onto = (options: Options) => gapOf(choice('rebase', { newBacking: NEW, ...options }), raw);
    expect(onto({ newName: LONG })).toBe('rebase-long-path');
    expect(onto({ newName: LONG, newBacking: OLD })).toBeUndefined();
    expect(onto({ newName: SHORT })).toBeUndefined();
    expect(onto({ newName: `${OLD}x` })).toBe('rebase-long-path');
    expect(onto({ newName: OLD })).toBeUndefined();
  });

  it('is sure that a safe rebase copies too much only where the old backing is left', () => {
    const { handling } = GAPS.find(({ id }) => id === 'rebase-refcount-exhausted') ?? {};
    const surely = (newBacking: string, newWrites: Write[] = []) => {
      const oldWrites = [{ ...write, length: MiB }];
      const options = {
        ...{ clusterSize: 512, overlaySize: MiB, overlayWrites: [] },
        newBacking,
        oldWrites,
        newWrites,
      };
      return handling?.kind === 'avoid' && handling.shows?.surely?.(choice('rebase', options), raw);
    };
    expect([surely(NEW), surely(''), surely(OLD)]).toEqual([true, true, false]);
    const hiding = [{ ...write, length: MiB }];
    expect([surely(NEW, hiding), surely('', hiding)]).toEqual([false, true]);
  });

  it('counts the seed of a commit as the write that it is', () => {
    const commit = (seed: string, overlayWrites: readonly Write[], clusterSize: number, below: Write) => {
      const options = { clusterSize, size: MiB, baseSize: MiB, baseWrites: [below], seed, overlayWrites };
      return gapOf(choice('commit', options), raw);
    };
    const met = new Set<string | undefined>();
    for (let offset = 0; offset <= 128 * KiB; offset += 4 * KiB) {
      const compressed = { ...write, kind: 'compressed', offset, length: 4 * KiB } as const;
      const data = { ...write, offset: 256 * KiB, length: offset || 512 };
      for (const [clusterSize, below] of [[4 * KiB, compressed] as const, [512, data] as const]) {
        const gap = commit('seed-64k', [], clusterSize, below);
        expect(gap, `${offset}`).toBe(commit('none', [SEED], clusterSize, below));
        met.add(gap);
      }
    }
    expect(met).toEqual(new Set(['commit-compressed', 'commit-refcount-exhausted', undefined]));
  });

  it('keeps check, resize, and a twin check that examines, from internal snapshots', () => {
    const snapped = { ...qcow2, clusterSize: 4 * KiB, snapshot: [write] } as const;
    expect(gapOf(choice('check'), snapped)).toBe('check-snapshots');
    expect(gapOf(choice('convert', { target: 'raw' }), snapped)).toBeUndefined();
    const rebase = choice('rebase', { mode: 'unsafe', snapshot: [] });
    expect(gapOf(rebase, raw)).toBeUndefined();
    expect(gapOf({ ...rebase, twin: 'examine' }, raw)).toBe('check-snapshots');
    expect(gapOf(choice('resize', { snapshot: [] }), raw)).toBe('resize-snapshots');
  });

  it('keeps map from what the subject refuses or tells otherwise, and lets it have all else', () => {
    const map = choice('map');
    const layer: Layer = { ...plainQcow2(64 * KiB), format: 'qcow2', size: MiB, writes: [] };
    expect(gapOf(map, raw)).toBe('map-raw');
    expect(gapOf(map, { ...qcow2, backing: [layer] })).toBe('map-depth');
    expect(gapOf(map, { ...raw, format: 'vhdx', blockSize: MiB })).toBe('map-vhdx');
    expect(gapOf(map, { ...raw, format: 'vpc', subformat: 'fixed' })).toBe('vpc-fixed-detection');
    expect(gapOf(map, { ...raw, format: 'vpc', subformat: 'dynamic' })).toBeUndefined();
    expect(gapOf(map, qcow2)).toBeUndefined();
  });

  it('keeps what changes snapshots from compressed clusters, other refcounts and full blocks, and lists those of any image', () => {
    const asked = (options: Options, twin: Choice['twin'] = 'none') =>
      gapOf({ operation: 'snapshot', options: { clusterSize: 512, size: MiB, writes: [], ...options }, twin }, raw);
    const block: Write = { ...write, length: 32 * KiB };
    const compressed = [{ ...write, kind: 'compressed' }];
    for (const mode of ['create', 'apply', 'delete']) {
      expect(asked({ mode, first: [write] })).toBeUndefined();
      expect(asked({ mode, refcountBits: 8 })).toBe('snapshot-refcount-bits');
      expect(asked({ mode, first: compressed })).toBe('snapshot-compressed');
      expect(asked({ mode, writes: compressed })).toBe('snapshot-compressed');
      expect(asked({ mode }, 'examine')).toBe('check-snapshots');
      expect(asked({ mode }, 'describe')).toBe('info-snapshots');
      expect(asked({ mode }, 'read')).toBeUndefined();
    }
    expect(asked({ mode: 'list', first: compressed, refcountBits: 8 }, 'examine')).toBeUndefined();
    const full = { first: [block], second: [block], writes: [block] };
    expect(asked({ mode: 'create', first: [block], writes: [block] })).toBeUndefined();
    expect(asked({ mode: 'create', ...full })).toBe('snapshot-no-growth');
    expect(asked({ mode: 'delete', ...full })).toBeUndefined();
    // The L1 table of a larger disk is itself 32 clusters, and so is each copy.
    expect(asked({ mode: 'create', size: 64 * MiB, first: [], second: [] })).toBeUndefined();
    expect(asked({ mode: 'create', size: 64 * MiB, first: [block], second: [] })).toBe('snapshot-no-growth');
  });

  it('keeps bitmaps from other refcounts, full blocks, and merges that the subject refuses', () => {
    const options = { asked: 'merge', clusterSize: 512, size: MiB, writes: [], marked: [] };
    const asked = (others: Options) => gapOf(choice('bitmap', { ...options, ...others }), raw);
    const fine = { granularity: 4 * KiB, disabled: false };
    expect(asked({ first: fine, second: fine })).toBeUndefined();
    expect(asked({ first: fine, second: { ...fine, granularity: 512 } })).toBe('bitmap-merge-granularity');
    expect(asked({ first: fine, second: { disabled: false } })).toBe('bitmap-merge-granularity');
    expect(asked({ asked: 'clear', first: fine, second: { disabled: false } })).toBeUndefined();
    expect(asked({ asked: 'add and merge', first: fine })).toBe('bitmap-merge-mixed');
    expect(asked({ first: fine, second: fine, refcountBits: 64 })).toBe('bitmap-refcount-bits');
    expect(asked({ asked: 'add', size: 64 * MiB })).toBeUndefined();
    expect(asked({ asked: 'add', size: 64 * MiB, granularity: 512, writes: [{ ...write, length: 64 * KiB }] })).toBe(
      'bitmap-no-space',
    );
  });

  it('tells an operation that has no gap to go ahead', () => {
    expect(gapOf(choice('convert', { target: 'qcow2' }), raw)).toBeUndefined();
  });
});

describe('the bound on refcount blocks', () => {
  const block: Write = { kind: 'data', offset: 0, length: 64 * KiB, byte: 1 };

  it('lets 64 KiB into a fresh image of 512-byte clusters, but not twice as much', () => {
    expect(mayOutgrowRefcounts({ clusterSize: 512 }, MiB, [block])).toBe(false);
    // What is written over the clusters of a snapshot needs others.
    expect(mayOutgrowRefcounts({ clusterSize: 512 }, MiB, [block], [block])).toBe(true);
    expect(mayOutgrowRefcounts({ clusterSize: 512 }, MiB, [block, { ...block, offset: 512 * KiB }])).toBe(true);
  });

  it('counts zeros by their tables, and a discard not at all', () => {
    const zeros: Write = { kind: 'zeros', offset: 0, length: MiB, unmap: false };
    expect(mayOutgrowRefcounts({ clusterSize: 512 }, MiB, [zeros])).toBe(false);
    expect(mayOutgrowRefcounts({ clusterSize: 512 }, 64 * MiB, [{ ...zeros, length: 64 * MiB }])).toBe(true);
    expect(
      mayOutgrowRefcounts({ clusterSize: 4096 }, 64 * MiB, [{ kind: 'discard', offset: 0, length: 64 * MiB }]),
    ).toBe(false);
  });

  it('counts what a safe rebase copies from below the old backing, or hides of what lies below the new one', () => {
    const options = { mode: 'safe', clusterSize: 512, overlaySize: MiB, overlayWrites: [block] };
    const below = { size: MiB, writes: [{ ...block, offset: 512 * KiB }] };
    expect(gapOf(choice('rebase', options), raw)).toBeUndefined();
    for (const image of ['belowOld', 'belowNew']) {
      expect(gapOf(choice('rebase', { ...options, [image]: below }), raw), image).toBe('rebase-refcount-exhausted');
    }
    expect(gapOf(choice('rebase', { ...options, belowOld: below, mode: 'unsafe' }), raw)).toBeUndefined();
  });

  it('counts what a commit adds to a base where a longer image below it would show there, and not what lies below elsewhere', () => {
    const options = { clusterSize: 512, size: MiB, baseSize: MiB - 128 * KiB, overlayWrites: [] };
    const below = (size: number) => ({ belowBase: { size, writes: [block, { ...block, offset: 512 * KiB }] } });
    expect(gapOf(choice('commit', options), raw)).toBeUndefined();
    expect(gapOf(choice('commit', { ...options, ...below(MiB - 128 * KiB) }), raw)).toBeUndefined();
    expect(gapOf(choice('commit', { ...options, ...below(MiB) }), raw)).toBe('commit-refcount-exhausted');
    expect(gapOf(choice('commit', { ...options, baseSize: MiB, ...below(2 * MiB) }), raw)).toBeUndefined();
  });

  it('is wide for usual clusters', () => {
    expect(mayOutgrowRefcounts({ clusterSize: 64 * KiB }, 64 * MiB, Array(16).fill(block))).toBe(false);
  });
});

describe('a lifted gap', () => {
  const lifted = ['info-raw', 'resize-large-cluster'];
  const all = plansOf('lifted', USUAL_NAMES);
  const more = plansOf('lifted', USUAL_NAMES, gapsWithout(lifted));
  const indices = Array.from({ length: 400 }, (_, index) => index);
  const avoided = (planOf: typeof all) => new Set(indices.flatMap((index) => planOf(index).avoided));

  it('is stepped into, and no other is', () => {
    for (const id of lifted) expect(avoided(all)).toContain(id);
    // Which of the others are met depends on what is drawn.
    const stillAvoided = avoided(more);
    expect(stillAvoided.size).toBeGreaterThan(lifted.length);
    expect(lifted.filter((id) => stillAvoided.has(id))).toEqual([]);
    const steps = indices.flatMap((index) => {
      const { source, steps: own } = more(index);
      return own.flatMap((step) => (step.kind === 'run' ? (gapOf(step, source) ?? []) : []));
    });
    expect(new Set(steps)).toEqual(new Set(lifted));
  });

  it('is one that can be reached at all', () => {
    expect(LIFTABLE).toContain('commit-compressed');
    expect(LIFTABLE).not.toContain('backing-allowlist');
    expect(INPUTS['lift-gaps'].check('backing-allowlist')).toMatchObject({ ok: false });
    expect(INPUTS['lift-gaps'].check('')).toEqual({ ok: true, value: [] });
  });
});
