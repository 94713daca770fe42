import { describe, expect, it } from 'vitest';
import { rebase } from '../../src/operations/rebase.ts';
import type { Options } from '../../src/plan/plan.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';

const source: Source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [], history: { kind: 'created' } };
const data = (byte: number): Write => ({ kind: 'data', offset: 0, length: 512, byte });
const usual = {
  ...{ clusterSize: 64 * KiB, lazyRefcounts: false, newBacking: 'next.qcow2', mode: 'safe' },
  ...{ overlaySize: MiB, oldSize: MiB, newSize: MiB },
  ...{ oldWrites: [data(1)], newWrites: [data(2)], overlayWrites: [] },
};
const scriptOf = (options: Options = {}) =>
  rebase.script({ ...usual, ...options }, { source, position: 1, dialect: 'qemu-img' });
const created = (options: Options) =>
  scriptOf(options).prepare.flatMap((step) => ('args' in step && step.args[0] === 'create' ? step.args.join(' ') : []));

const planOf = plansOf('rebases', ['rebase']);
const drawn = Array.from({ length: 400 }, (_, index) => planOf(index)).flatMap(({ steps }) =>
  steps.flatMap((step) => (step.kind === 'run' ? [step.options] : [])),
);

describe('a rebase away from a raw backing file', () => {
  const raw = { backingFormat: 'raw' };

  it('is one to another, so that the recorded format stays, or to none', () => {
    expect(created(raw)).toEqual([
      'create -q -f raw base.raw 1M',
      'create -q -f raw next.raw 1M',
      'create -q -f qcow2 -o cluster_size=65536 -b base.raw -F raw overlay.qcow2 1M',
    ]);
    expect(scriptOf(raw).subject.join(' ')).toBe('rebase -f qcow2 -b next.raw -F raw overlay.qcow2');
    expect(scriptOf({ ...raw, newBacking: 'base.qcow2' }).subject).toContain('base.raw');
    expect(scriptOf({ ...raw, newBacking: '' }).subject.join(' ')).toBe('rebase -f qcow2 -b  overlay.qcow2');
    expect(scriptOf(raw).inputs).toEqual([
      { path: 'base.raw', format: 'raw' },
      { path: 'next.raw', format: 'raw' },
    ]);
    expect(scriptOf(raw).outputs[0]?.below).toEqual(['base.raw', 'next.raw']);
  });

  it('leaves an image above a raw one for others to read', () => {
    const left = (options: Options) => rebase.nature.leaves?.({ ...usual, ...raw, ...options }, source);
    expect(left({})).toMatchObject({ backing: [{ format: 'raw', writes: [{ byte: 1 }] }] });
    expect(left({ mode: 'unsafe' })).toMatchObject({ backing: [{ format: 'raw', writes: [{ byte: 2 }] }] });
    expect(left({ mode: 'unsafe', newBacking: '' })).toMatchObject({ backing: [] });
  });

  it('is a quarter of the picks, where none of the backing files stands on another', () => {
    const raws = drawn.filter(({ backingFormat }) => backingFormat === 'raw');
    expect(raws.length / drawn.length).toBeGreaterThan(0.2);
    expect(raws.length / drawn.length).toBeLessThan(0.36);
    expect(raws.filter(({ belowOld, belowNew }) => belowOld !== undefined || belowNew !== undefined)).toEqual([]);
    const compressed = ({ kind }: Write) => kind === 'compressed';
    for (const { oldWrites, newWrites } of raws) {
      expect([...(oldWrites as Write[]), ...(newWrites as Write[])].filter(compressed)).toEqual([]);
    }
    expect(new Set(raws.map(({ newBacking }) => newBacking))).toEqual(new Set(['next.qcow2', 'base.qcow2', '']));
  });
});

describe('a rebase to a shorter name', () => {
  it('has the new backing file by that name, and finds it by that', () => {
    const short = { newName: 'n.qcow2' };
    expect(created(short)[1]).toBe('create -q -f qcow2 -o cluster_size=65536 n.qcow2 1M');
    expect(scriptOf(short).subject.join(' ')).toBe('rebase -f qcow2 -b n.qcow2 -F qcow2 overlay.qcow2');
    expect(scriptOf(short).outputs[0]?.below).toEqual(['base.qcow2', 'n.qcow2']);
  });

  it('is a quarter of those onto a qcow2 image, and no other', () => {
    const onto = drawn.filter((one) => one['newBacking'] === 'next.qcow2' && one['backingFormat'] === undefined);
    const short = drawn.filter(({ newName }) => newName === 'n.qcow2');
    expect(short.filter((one) => !onto.includes(one))).toEqual([]);
    expect(Math.abs(short.length / onto.length - 0.25)).toBeLessThan(0.06);
  });
});
