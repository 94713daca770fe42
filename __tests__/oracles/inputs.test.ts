import { describe, expect, it } from 'vitest';
import { outputsUntouchedWhenRefused, untouchedWhenRefused } from '../../src/oracles/inputs.ts';
import type { ImageFile } from '../../src/oracles/observation.ts';
import { benchWith, observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

const INPUT = { path: 'below.qcow2', format: 'qcow2' };
const OUTPUT = { path: 'disk.qcow2', format: 'qcow2' };
const TOUCHED = (file: string) => ({ kind: 'input-modified', type: 'input_modified_divergence', file });

/** What both tools left with these exit codes, the subject having changed these files. */
function left(ours: number, theirs: number, changed: readonly string[], outputs: readonly ImageFile[] = [OUTPUT]) {
  const inputs = [INPUT, { ...OUTPUT, path: 'copy.qcow2', inPlace: true as const }];
  const ends = { subject: ended(ours), reference: ended(theirs) };
  return observed({ ...ends, inputs, outputs, bench: benchWith({}, changed) });
}

describe('a request that both tools refuse', () => {
  it('leaves what it was to change as it was', async () => {
    expect(await outputsUntouchedWhenRefused(left(1, 1, [OUTPUT.path]))).toEqual(TOUCHED(OUTPUT.path));
    expect(await outputsUntouchedWhenRefused(left(1, 1, [INPUT.path]))).toBeUndefined();
    expect(await outputsUntouchedWhenRefused(left(1, 1, []))).toBeUndefined();
  });

  it('may leave something where nothing was', async () => {
    const made = [{ ...OUTPUT, isNew: true as const }];
    expect(await outputsUntouchedWhenRefused(left(1, 1, [OUTPUT.path], made))).toBeUndefined();
  });
});

describe('a request that one of them does', () => {
  it.each([
    [0, 1],
    [1, 0],
    [0, 0],
  ])('is told by its end, not by what is left (%i and %i)', async (ours, theirs) => {
    expect(await outputsUntouchedWhenRefused(left(ours, theirs, [OUTPUT.path]))).toBeUndefined();
  });

  it('leaves alone what is only read, where the reference refuses', async () => {
    expect(await untouchedWhenRefused(left(0, 1, [INPUT.path]))).toEqual(TOUCHED(INPUT.path));
    expect(await untouchedWhenRefused(left(0, 1, ['copy.qcow2']))).toBeUndefined();
    expect(await untouchedWhenRefused(left(1, 1, ['copy.qcow2']))).toEqual(TOUCHED('copy.qcow2'));
    expect(await untouchedWhenRefused(left(1, 0, [INPUT.path]))).toBeUndefined();
  });
});
