import { describe, expect, it } from 'vitest';
import type { Bench, Observation } from '../../src/oracles/observation.ts';
import { sameSnapshots } from '../../src/oracles/snapshots.ts';

/** What is held against a subject whose snapshot has so many bytes, when `compare` says this of it and the reference's, which has 2048. */
function judged(said: string, code: number, bytes: number) {
  const bench = {
    pathOf: (root, path) => `${root}/${path}`,
    fileSize: (side) => (side === 'subject' ? bytes : 2048),
    async ask({ args }) {
      const text = args[0] === 'compare' ? said : '';
      const stdout = { text, bytes: text.length, truncated: false };
      const exit = { kind: 'exited', code: args[0] === 'compare' ? code : 0 } as const;
      return { exit, stdout, stderr: { text: '', bytes: 0, truncated: false }, milliseconds: 1 };
    },
  } as Partial<Bench> as Bench;
  const outputs = [{ path: 'disk.qcow2', format: 'qcow2', snapshots: ['before'] }];
  return sameSnapshots({ operation: 'commit', outputs, bench } as Partial<Observation> as Observation);
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
