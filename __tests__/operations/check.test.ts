import { describe, expect, it } from 'vitest';
import { check } from '../../src/operations/check.ts';
import { sameCheckCounts } from '../../src/oracles/consistency.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';

const content = { size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
const qcow2: Source = { format: 'qcow2', ...plainQcow2(64 * KiB), ...content, backing: [] };
const script = (source: Source, miscount = 'never') =>
  check.script({ miscount }, { source, position: 1, dialect: 'qemu-img' });

describe('a check of a miscounted image', () => {
  it('works on a copy in which the count of the L1 table is wrong', () => {
    const { prepare, subject, inputs } = script(qcow2);
    expect(prepare.map(({ kind }) => kind)).toEqual(['each', 'each']);
    expect(JSON.stringify(prepare)).toContain(`write -q -P 0 ${2 * 64 * KiB + 7} 1`);
    expect(subject).toEqual(['check', 'miscounted.img']);
    expect(inputs.map(({ path }) => path)).toEqual(['miscounted.img', 'source.img']);
  });

  it.each<[string, Source]>([
    ['counts of another width', { ...qcow2, refcountBits: 1 }],
    ['tables that do not fit a cluster', { ...qcow2, clusterSize: 512 }],
    ['a past', { ...qcow2, history: { kind: 'resized', from: MiB } }],
    ['another format', { format: 'raw', ...content }],
  ])('is a check of the image itself where that has %s', (_, source) => {
    const { prepare, subject } = script(source);
    expect([prepare, subject]).toEqual([[], ['check', 'source.img']]);
  });

  const written = { ...qcow2, writes: [{ kind: 'data', offset: 3 * 64 * KiB + 512, length: 512, byte: 7 }] } as Source;
  it.each<[string, Source, string | undefined]>([
    ['table never', written, `write -q -P 0 ${2 * 64 * KiB + 9} 1`],
    ['data never', written, `write -q -P 0 ${2 * 64 * KiB + 11} 1`],
    ['data leaked', written, `write -q -P 0 ${4 * 64 * KiB + 3 * 8} 8`],
    ['data unaligned', written, `write -q -P 2 ${4 * 64 * KiB + 3 * 8 + 6} 1`],
    ['data unaligned', { ...written, extendedL2: true } as Source, `write -q -P 2 ${4 * 64 * KiB + 3 * 16 + 6} 1`],
    ['data leaked', { ...written, extendedL2: true } as Source, undefined],
    ['data never', qcow2, undefined],
  ])('finds an entry or a count of what was written first: %s (%#)', (miscount, source, command) => {
    const { prepare, oracles } = script(source, miscount);
    expect(prepare.flatMap((one) => ('args' in one ? one.args.filter((word) => /^write /.test(word)) : []))).toEqual(
      command === undefined ? [] : [command],
    );
    expect(oracles).not.toContain(sameCheckCounts);
  });
});
