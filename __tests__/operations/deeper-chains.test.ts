import { describe, expect, it } from 'vitest';
import { commit } from '../../src/operations/commit.ts';
import type { Script } from '../../src/operations/operation.ts';
import { rebase } from '../../src/operations/rebase.ts';
import type { Options } from '../../src/plan/plan.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';

const source: Source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [], history: { kind: 'created' } };
const context = { source, position: 1, dialect: 'qemu-img' } as const;
const data = (byte: number): Write => ({ kind: 'data', offset: 0, length: 512, byte });
const layout = { clusterSize: 64 * KiB, lazyRefcounts: false } as const;
const lower = (size: number, byte: number) => ({ size, writes: [data(byte)] });

/** What each image stands on, by the words of its `create`, the first made first. */
function standsOn({ prepare }: Script): (readonly [string, string | undefined])[] {
  const creations = prepare.flatMap((step) => ('args' in step && step.args[0] === 'create' ? [step.args] : []));
  return creations.map((args) => {
    const backing = args.indexOf('-b');
    return [args.at(-2) ?? '', backing < 0 ? undefined : args[backing + 1]];
  });
}

const paths = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

describe('a commit into a base that stands on another image', () => {
  const usual = { ...layout, size: MiB, baseSize: MiB, explicitBase: false, seed: 'none' };
  const writes = { baseWrites: [], overlayWrites: [data(1)] };
  const belowBase = lower(4 * MiB, 3);
  const script = (options: Options = {}) => commit.script({ ...usual, ...writes, belowBase, ...options }, context);

  it('has it made first, read through, and left alone', () => {
    expect(standsOn(script())).toEqual([
      ['below.qcow2', undefined],
      ['base.qcow2', 'below.qcow2'],
      ['overlay.qcow2', 'base.qcow2'],
    ]);
    expect(script().subject).toEqual(['commit', 'overlay.qcow2']);
    expect(paths(script().inputs)).toEqual(['below.qcow2']);
    expect(script().outputs.map(({ path, below }) => [path, below])).toEqual([
      ['overlay.qcow2', ['below.qcow2', 'base.qcow2']],
      ['base.qcow2', ['below.qcow2']],
    ]);
    expect(paths(script({ belowBase: undefined }).inputs)).toEqual([]);
  });

  it('has to read as the overlay did, of which a longer base shows no part by itself', () => {
    expect(script().invariants.map(({ says }) => says)).toEqual(['the backing reads as the overlay did']);
    expect(script({ baseSize: 2 * MiB }).invariants).toEqual([]);
    expect(script({ baseSize: 2 * MiB, belowBase: undefined }).invariants).toHaveLength(2);
  });

  it('leaves a chain of three for others to read, and tells of its length', () => {
    const options = { ...usual, ...writes, belowBase };
    const left = commit.nature.leaves?.(options, source);
    expect(left?.format === 'qcow2' && left.backing.map(({ size }) => size)).toEqual([MiB, 4 * MiB]);
    expect(commit.nature.features?.(options)).toContain('belowBase=longer');
  });
});

describe('a rebase of chains of three', () => {
  const sizes = { overlaySize: MiB, oldSize: MiB, newSize: MiB };
  const writes = { oldWrites: [], newWrites: [], overlayWrites: [] };
  const below = { belowOld: lower(MiB, 1), belowNew: lower(2 * MiB, 2) };
  const usual = { ...layout, ...sizes, ...writes, ...below, newBacking: 'next.qcow2', mode: 'safe' };
  const script = (options: Options = {}) => rebase.script({ ...usual, ...options }, context);

  it('has the lowest images made first, read through, and left alone', () => {
    expect(standsOn(script())).toEqual([
      ['root.qcow2', undefined],
      ['below-next.qcow2', undefined],
      ['base.qcow2', 'root.qcow2'],
      ['next.qcow2', 'below-next.qcow2'],
      ['overlay.qcow2', 'base.qcow2'],
    ]);
    expect(paths(script().inputs)).toEqual(['base.qcow2', 'next.qcow2', 'root.qcow2', 'below-next.qcow2']);
    expect(script().outputs[0]?.below).toEqual(paths(script().inputs));
    expect(paths(script({ belowNew: undefined }).inputs)).not.toContain('below-next.qcow2');
  });

  it('leaves the chain that its safe or unsafe kind reads through', () => {
    const sizesOf = (options: Options) => {
      const left = rebase.nature.leaves?.({ ...usual, ...options }, source);
      return left?.format === 'qcow2' ? left.backing.map(({ size }) => size) : [];
    };
    expect(sizesOf({})).toEqual([MiB, MiB]);
    expect(sizesOf({ mode: 'unsafe' })).toEqual([MiB, 2 * MiB]);
    expect(sizesOf({ newBacking: '' })).toEqual([MiB, MiB]);
    expect(sizesOf({ newBacking: '', mode: 'unsafe' })).toEqual([]);
  });

  it('takes the image in the middle out where it is asked to, with all of the chain there', () => {
    const onto = script({ newBacking: 'root.qcow2', belowNew: undefined });
    expect(onto.subject).toEqual(['rebase', '-f', 'qcow2', '-b', 'root.qcow2', '-F', 'qcow2', 'overlay.qcow2']);
    expect(paths(onto.inputs)).toEqual(['base.qcow2', 'next.qcow2', 'root.qcow2']);
    const left = rebase.nature.leaves?.({ ...usual, newBacking: 'root.qcow2', mode: 'unsafe' }, source);
    expect(left).toMatchObject({ backing: [{ writes: below.belowOld.writes }] });
  });

  it('tells of the length below a new backing file only where that is asked for', () => {
    expect(rebase.nature.features?.(usual)).toContain('belowNew=longer');
    expect(rebase.nature.features?.({ ...usual, newBacking: '' })).not.toContain('belowNew=longer');
  });
});
