import { describe, expect, it } from 'vitest';
import { sameSnapshots } from '../../src/oracles/snapshots.ts';
import { benchWith, observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

/** What is held against a subject whose snapshot has so many bytes, when `compare` says this of it and the reference's, which has 2048. */
function judged(said: string, code: number, bytes: number) {
  const bench = benchWith({
    fileSize: (side) => (side === 'subject' ? bytes : 2048),
    ask: async ({ args }) => (args[0] === 'compare' ? ended(code, said) : ended(0)),
  });
  const outputs = [{ path: 'disk.qcow2', format: 'qcow2', snapshots: ['before'] }];
  return sameSnapshots(observed({ operation: 'commit', outputs, bench }));
}

describe('an internal snapshot', () => {
  const about = { type: 'commit_snapshot_divergence', file: 'disk.qcow2' };

  it('must have the size that it has in the reference’s file, though only zeros are beyond it', async () => {
    const said = 'Warning: Image size mismatch!\nImages are identical.';
    expect(await judged(said, 0, 1024)).toEqual({
      kind: 'size',
      ...about,
      subject: 1024,
      reference: 2048,
      snapshot: 'before',
    });
  });

  it('must hold what it holds there', async () => {
    const finding = { kind: 'content', ...about, offset: 512, snapshot: 'before' };
    expect(await judged('Content mismatch at offset 512!', 1, 2048)).toEqual(finding);
    expect(await judged('Images are identical.', 0, 2048)).toBeUndefined();
  });
});
