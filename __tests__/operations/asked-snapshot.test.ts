import { describe, expect, it } from 'vitest';
import { convert } from '../../src/operations/convert.ts';
import { convertCompressed } from '../../src/operations/convert-compressed.ts';
import type { Dialect } from '../../src/operations/operation.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';

const data = (byte: number): Write => ({ kind: 'data', offset: 0, length: 512, byte });
const plain: Source = {
  ...{ format: 'qcow2', ...plainQcow2(64 * KiB), size: MiB, pattern: 'rich', writes: [data(2)] },
  ...{ history: { kind: 'created' }, backing: [] },
};
const snapped: Source = { ...plain, snapshot: [data(1)] };
const scriptOf = (source: Source, dialect: Dialect = 'qemu-img') =>
  convert.script({ target: 'qcow2', clusterSize: 4096, snapshot: true }, { source, position: 2, dialect });

describe('what a snapshot holds', () => {
  it('is asked for by the word of each tool', () => {
    const theirs = 'convert -o cluster_size=4096 -l before -O qcow2 source.img step2.qcow2';
    expect(scriptOf(snapped).reference.join(' ')).toBe(theirs);
    expect(scriptOf(snapped).subject.join(' ')).toBe(theirs);
    expect(scriptOf(snapped, 'instar').subject.join(' ')).toBe(
      'convert --cluster-size 4096 --snapshot before -O qcow2 source.img step2.qcow2',
    );
    const compressed = { target: 'vmdk', snapshot: true };
    const context = { source: snapped, position: 1, dialect: 'instar' } as const;
    expect(convertCompressed.script(compressed, context).subject.join(' ')).toBe(
      'convert -c --snapshot before -O vmdk source.img step1.vmdk',
    );
  });

  it('is known before the subject is asked, by a copy that the reference makes', () => {
    const { prepare, invariants } = scriptOf(snapped);
    expect(prepare).toEqual([
      {
        ...{ kind: 'each', program: 'reference' },
        args: ['convert', '-q', '-f', 'qcow2', '-O', 'qcow2', '-l', 'before', 'source.img', 'then2.qcow2'],
      },
      { kind: 'kept', file: 'then2.qcow2' },
    ]);
    expect(invariants).toMatchObject([{ says: 'the output reads as the snapshot did', kept: { path: 'then2.qcow2' } }]);
  });

  it('is not asked for where a smaller plan has lost it', () => {
    expect(scriptOf(plain).prepare).toEqual([]);
    expect(scriptOf(plain).reference).not.toContain('-l');
    expect(scriptOf(plain, 'instar').subject).not.toContain('--snapshot');
    expect(scriptOf(plain).invariants).toMatchObject([{ kept: { path: 'source.img' } }]);
  });

  it('is what is left for others to read', () => {
    expect(convert.nature.leaves?.({ target: 'raw', snapshot: true }, snapped)).toMatchObject({ writes: [data(1)] });
    expect(convert.nature.leaves?.({ target: 'raw' }, snapped)).toMatchObject({ writes: [data(2)] });
  });

  it('is asked for in three of five conversions of a source that has one, and of no other', () => {
    const planOf = plansOf('asked', ['convert', 'convert_compressed']);
    const drawn = Array.from({ length: 600 }, (_, index) => planOf(index)).flatMap(({ source, steps }) =>
      steps.flatMap((step) => (step.kind === 'run' ? [{ source, asks: step.options['snapshot'] === true }] : [])),
    );
    const [having, lacking] = [true, false].map((has) =>
      drawn.filter(({ source }) => (source.format === 'qcow2' && source.snapshot !== undefined) === has),
    );
    expect(lacking?.filter(({ asks }) => asks)).toEqual([]);
    const asking = having?.filter(({ asks }) => asks) ?? [];
    expect(Math.abs(asking.length / (having?.length ?? 0) - 0.6)).toBeLessThan(0.12);
  });
});
