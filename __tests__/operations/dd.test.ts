import { describe, expect, it } from 'vitest';
import { GAPS, gapsWithout } from '../../src/gaps/ledger.ts';
import { dd } from '../../src/operations/dd.ts';
import { seededDraw } from '../../src/plan/draw.ts';
import type { Choice, Options } from '../../src/plan/plan.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { GiB, KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { piecesOf } from '../../src/plan/stripes.ts';
import { windowOf } from '../../src/plan/window.ts';
import { plansOf } from '../../src/session/plans.ts';

const content = { size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
const raw: Source = { format: 'raw', ...content };
const layout = plainQcow2(64 * KiB);
const overlay: Source = {
  format: 'qcow2',
  ...layout,
  ...content,
  backing: [{ format: 'qcow2', ...layout, size: MiB, writes: [] }],
};
const vpc: Source = { format: 'vpc', subformat: 'dynamic', ...content };
const script = (options: Options, source: Source = raw, mistakes?: string[]) =>
  dd.script(options, { source, position: 2, dialect: 'qemu-img', mistakes });

describe('a copy in blocks', () => {
  it('names both files by what they are to it, and never the format of its source', () => {
    const words = ['dd', '-O', 'qcow2', 'bs=4k', 'count=9', 'skip=2', 'if=source.img', 'of=step2.qcow2'];
    expect(script({ target: 'qcow2', blockSize: 4 * KiB, count: 9, skip: 2 }).subject).toEqual(words);
    expect(script({ target: 'raw' }).reference).toEqual(['dd', '-O', 'raw', 'if=source.img', 'of=step2.raw']);
    expect(script({ target: 'raw', blockSize: 4097 }).subject).toContain('bs=4097');
    expect(script({ target: 'raw', blockSize: MiB }).subject).toContain('bs=1M');
  });

  it.each<[string, Options, Source, object]>([
    ['whole sectors', { blockSize: 4 * KiB, skip: 1, count: 3 }, raw, { offset: 4 * KiB, length: 8 * KiB }],
    ['what is left at the end', { blockSize: 1536, skip: 682 }, raw, { offset: 682 * 1536, length: 1024 }],
    ['all of an overlay', {}, overlay, {}],
    ['what was asked for of a vpc, which may be larger', {}, vpc, { offset: 0, length: MiB }],
  ])('must read as its source where it holds %s', (_, options, source, part) => {
    const [invariant, ...others] = script({ target: 'qcow2', ...options }, source).invariants;
    expect(others).toEqual([]);
    expect(invariant?.kept).toEqual({ kind: 'image', path: 'source.img', format: source.format, ...part });
    expect(invariant?.found).toMatchObject('length' in part ? { length: part.length } : { path: 'step2.qcow2' });
  });

  it.each<[string, Options, Source]>([
    ['begins within a sector', { blockSize: 1000, skip: 1 }, raw],
    ['ends within one', { blockSize: 1000, count: 1 }, raw],
    ['holds a part of an overlay', { count: 1 }, overlay],
    ['holds nothing', { count: 0 }, raw],
  ])('is compared with the reference’s alone where it %s', (_, options, source) => {
    expect(script({ target: 'raw', ...options }, source).invariants).toEqual([]);
  });

  it('leaves for others to read what its part of the source holds', () => {
    const write = (offset: number, length: number) => ({ kind: 'data', offset, length, byte: 1 }) as const;
    const source: Source = { ...raw, writes: [write(0, 1024), write(8 * KiB, 512), write(900 * KiB, 512)] };
    const left = dd.nature.leaves?.({ target: 'raw', skip: 1, count: 17 }, source);
    expect(left).toMatchObject({ size: 8 * KiB, writes: [write(0, 512), write(8 * KiB - 512, 512)] });
    expect(dd.nature.leaves?.({ target: 'raw', count: 0 }, source)).toMatchObject({ size: 512, writes: [] });
  });

  it('leaves stripes as stripes, between the rests of those at both ends of its part', () => {
    const stripes = { kind: 'stripes', offset: 0, length: 1024, stride: 4 * KiB, count: 200, byte: 250 } as const;
    const left = (options: Options) => dd.nature.leaves?.({ target: 'raw', ...options }, { ...raw, writes: [stripes] });
    const rest = (offset: number, byte: number) => ({ kind: 'data', offset, length: 512, byte });
    const part = left({ skip: 1, count: 1 + 8 * 100 });
    expect(part).toMatchObject({
      size: 8 * 100 * 512,
      writes: [rest(0, 250), { ...stripes, offset: 4 * KiB - 512, count: 99, byte: 251 }, rest(400 * KiB - 512, 95)],
    });
    const held = piecesOf(part?.writes ?? []).map(({ offset, ...others }) => ({ ...others, offset: offset + 512 }));
    const all = piecesOf([stripes]).filter(({ offset }) => offset > 0 && offset < 400 * KiB);
    expect(held.slice(1, -1)).toEqual(all);
    expect(left({ skip: 8, count: 10 })).toMatchObject({ writes: [{ count: 1, offset: 0, byte: 251 }] });
  });

  it.each([
    ['missing-file', 'if=missing.img'],
    ['damaged-version', 'if=damaged.img'],
    ['no-block-size', 'bs=0'],
    ['unknown-target', 'nosuch'],
  ])('is mistaken as %s by one word: %s', (mistake, word) => {
    const right = script({ target: 'raw', blockSize: 1000 });
    const wrong = script({ target: 'raw', blockSize: 1000 }, overlay, [mistake]).mistaken?.[0]?.script;
    expect(wrong?.subject.filter((one) => !right.subject.includes(one))).toEqual([word]);
    expect(wrong?.reference).toEqual(wrong?.subject);
  });
});

describe('what is drawn of it', () => {
  const planOf = plansOf('parts', ['dd'], gapsWithout(GAPS.map(({ id }) => id)));
  const drawn = Array.from({ length: 400 }, (_, index) => planOf(index)).flatMap(({ source, steps }) =>
    steps.flatMap((step) => (step.kind === 'run' ? [{ options: step.options, source }] : [])),
  );
  const parts = drawn.map(({ options, source }) => ({ ...windowOf(options, source.size), size: source.size }));

  it('copies little, whatever the disk is like', () => {
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(16 * MiB);
    expect(Math.max(...drawn.map(({ source }) => source.size))).toBeGreaterThan(512 * MiB);
  });

  it('can be stored, also where blocks of one byte are counted beyond 32 bits', () => {
    const large = { ...vpc, size: 5 * GiB };
    for (let index = 0; index < 2000; index += 1) {
      const options = dd.pick(seededDraw(`large/${index}`), { source: large, swarm: [] });
      expect(() => script(options, large)).not.toThrow();
    }
  });

  it('begins and ends at, within and behind sectors and the disk', () => {
    const share = (is: (part: (typeof parts)[number]) => boolean) => parts.filter(is).length / parts.length;
    expect(share(({ length }) => length === 0)).toBeGreaterThan(0.05);
    expect(share(({ length }) => length === 0)).toBeLessThan(0.25);
    expect(share(({ offset, length, size }) => length > 0 && offset > 0 && offset + length === size)).toBeGreaterThan(
      0.1,
    );
    expect(share(({ offset, length, size }) => length > 0 && offset > 0 && offset + length < size)).toBeGreaterThan(
      0.2,
    );
    expect(share(({ offset, length }) => length > 0 && offset % 512 > 0)).toBeGreaterThan(0.1);
    expect(share(({ length }) => length % 512 > 0)).toBeGreaterThan(0.15);
  });
});

describe('the known gaps of it', () => {
  const gapOf = gapsWithout([]);
  const choice = (options: Options, twin: Choice['twin'] = 'none') => gapOf({ operation: 'dd', options, twin }, raw);

  it('keep it from making a vmdk or vhdx of nothing, and from having any image of no size read', () => {
    for (const nothing of [{ count: 0 }, { skip: 2048 }, { count: 4, skip: 4 }]) {
      expect(choice({ target: 'vmdk', ...nothing })).toBe('dd-empty-vmdk');
      expect(choice({ target: 'vhdx', ...nothing })).toBe('dd-empty-vhdx');
      expect(choice({ target: 'raw', ...nothing })).toBeUndefined();
      expect(choice({ target: 'raw', ...nothing }, 'read')).toBe('dd-empty-read');
    }
    expect(choice({ target: 'vmdk', skip: 2047 }, 'read')).toBeUndefined();
  });
});
