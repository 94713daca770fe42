import { describe, expect, it } from 'vitest';
import { buildSource } from '../../src/operations/parts/source-image.ts';
import type { Layer } from '../../src/plan/chain.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';

const write: Write = { kind: 'data', offset: 0, length: 512, byte: 1 };
const layout = plainQcow2(64 * KiB);
const source: Source & { format: 'qcow2' } = {
  ...{ format: 'qcow2', ...layout, size: MiB, pattern: 'rich', writes: [] },
  ...{ history: { kind: 'created' }, backing: [] },
};
const plain: Layer = { format: 'qcow2', ...layout, size: MiB, writes: [] };
const unnamed: Layer = { ...plain, unnamed: true };
const raw: Layer = { format: 'raw', size: MiB, writes: [] };

const forgetting = (backing: Layer[], more: Partial<typeof source> = {}) =>
  buildSource({ ...source, ...more, backing }).flatMap((step) =>
    step.kind === 'shared' && step.program === 'qemu-io' && step.args.includes('raw') ? step.args.slice(3) : [],
  );

describe('an image that does not record the format of its backing file', () => {
  it('has another type of extension where that stands, by the length of its header', () => {
    expect(forgetting([unnamed])).toEqual(['write -q -P 18 112 4', 'source.img']);
    expect(forgetting([unnamed], { compat: '0.10' })).toEqual(['write -q -P 18 72 4', 'source.img']);
  });

  it('is any of a chain, whose own header counts', () => {
    expect(forgetting([plain, unnamed, raw])).toEqual(['write -q -P 18 112 4', 'back1.img']);
    expect(forgetting([{ ...unnamed, compat: '0.10' }, unnamed])).toEqual([
      ...['write -q -P 18 112 4', 'source.img'],
      ...['write -q -P 18 72 4', 'back1.img'],
    ]);
    expect(forgetting([plain, raw])).toEqual([]);
  });

  it('forgets it last: a snapshot writes to the header too', () => {
    const last = buildSource({ ...source, backing: [unnamed], writes: [write], snapshot: [write] }).at(-1);
    expect(last).toMatchObject({ args: ['-f', 'raw', '-c', 'write -q -P 18 112 4', 'source.img'] });
  });
});
