import { describe, expect, it } from 'vitest';
import type { Bench } from '../../src/oracles/observation.ts';
import { MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { benchWith } from '../support/bench.ts';
import { scriptOf } from '../support/drawn.ts';
import { ended } from '../support/ended.ts';
import { allFound } from '../support/held.ts';

const source: Source = { format: 'raw', size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } };
const measured = (bytes: number) => ended(0, JSON.stringify({ required: bytes, 'fully-allocated': bytes }));

/** What is held against a subject that measures so many bytes where the reference measures a mebibyte, and which conversions were asked for. */
async function held(target: string, bytes: number, given: Partial<Bench>) {
  const asked: string[] = [];
  const bench = benchWith({
    async ask({ program, args }) {
      asked.push([program, ...args].join(' '));
      return ended(0);
    },
    ...given,
  });
  const ends = { subject: measured(bytes), reference: measured(MiB) };
  const script = scriptOf('measure', { options: { target }, source }, []);
  const found = await allFound(script, { operation: 'measure', bench, ...ends });
  return { found, asked };
}

const OTHER = { kind: 'json', type: 'measure_divergence' };
const TOO_LITTLE = { kind: 'above-bound', type: 'measure_invariant_divergence', side: 'reference', member: 'required' };
const BEYOND = { kind: 'above-bound', type: 'measure_divergence', side: 'subject', member: 'fully-allocated' };

describe('a measurement that promises too little', () => {
  it.each([
    ['raw', [OTHER], []],
    ['qcow2', [OTHER, TOO_LITTLE], ['reference convert -O qcow2 source.img step1.qcow2']],
    ['vmdk', [BEYOND], ['subject convert -O vmdk source.img step1.vmdk']],
    ['vpc', [BEYOND], ['subject convert -O vpc source.img step1.vpc']],
    ['vhdx', [BEYOND], ['subject convert -O vhdx source.img step1.vhdx']],
  ])('for %s is found by all that can tell', async (target, findings, conversions) => {
    const { found, asked } = await held(target, 512, { fileSize: () => 64 * MiB });
    expect(found).toEqual(findings.map((finding) => expect.objectContaining(finding)));
    expect(asked).toEqual(conversions);
  });

  it.each(['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx'])('is none for %s where all fits', async (target) => {
    expect((await held(target, MiB, { fileSize: () => MiB })).found).toEqual([]);
  });
});

describe('the source of a measurement', () => {
  it.each(['vmdk', 'vpc', 'vhdx'])('may not be changed by the conversion that it is held to: %s', async (target) => {
    let isConverted = false;
    const { found } = await held(target, MiB, {
      fileSize: () => MiB,
      untouched: async () => !isConverted,
      async ask() {
        isConverted = true;
        return ended(0);
      },
    });
    expect(found).toEqual([{ kind: 'input-modified', type: 'input_modified_divergence', file: 'source.img' }]);
  });
});
