import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan, Step } from '../../src/plan/plan.ts';
import type { Source } from '../../src/plan/source.ts';
import { type Hunter, openHunter, wrappersIn } from '../../testing/hunt.ts';
import { plan as smallest } from '../support/bugs.ts';
import { planted } from '../support/paths.ts';

const FOLDER = dirname(planted('any'));
const MiB = 1_048_576;

let hunter: Hunter;
beforeAll(async () => {
  hunter = await openHunter(FOLDER, { lanes: 1 });
});
afterAll(() => hunter.close());

/** What the evidence says of the difference that a planted bug makes in this plan. */
async function evidence(bug: string, changes: Pick<Plan, 'source' | 'steps'>) {
  const wrapper = wrappersIn(FOLDER).find(({ name }) => name === bug);
  if (wrapper === undefined) throw new Error(`no planted bug is called ${bug}`);
  return hunter.laboratory(wrapper).readBytes({ ...smallest, ...changes });
}

const raw = (size: number, ...writes: readonly (readonly [offset: number, length: number, byte: number])[]) =>
  ({
    format: 'raw',
    size,
    pattern: 'rich',
    history: { kind: 'created' },
    writes: writes.map(([offset, length, byte]) => ({ kind: 'data', offset, length, byte })),
  }) as unknown as Source;

const step = (operation: string, options: object, twin: 'none' | 'read' = 'none') =>
  [{ kind: 'run', position: 1, operation, options, twin }] as unknown as readonly Step[];

describe('the bytes of a difference', () => {
  it('are those that were written, on the one side, and zeros, on the other', async () => {
    const source = raw(2 * MiB, [0, 512, 9]);
    expect(
      await evidence('convert-loses-the-first-byte', { source, steps: step('convert', { target: 'qcow2' }) }),
    ).toEqual({
      size: 2 * MiB,
      window: [0, 2 * MiB],
      ranges: [[0, 1]],
      more: false,
      start: 0,
      expected: '09'.repeat(256),
      got: `00${'09'.repeat(255)}`,
    });
  });

  it('are looked for where the difference lies, on a disk of which only a part is compared', async () => {
    const source = raw(64 * MiB, [1000, 4096, 1], [33 * MiB + 4096, 8192, 7], [60 * MiB, 512, 7]);
    const seen = await evidence('convert-loses-data-above-32M', {
      source,
      steps: step('convert', { target: 'qcow2' }),
    });
    expect(seen).toMatchObject({
      size: 64 * MiB,
      window: [33 * MiB, 49 * MiB],
      ranges: [[33 * MiB + 4096, 33 * MiB + 12_288]],
      start: 33 * MiB + 4032,
      expected: `${'00'.repeat(64)}${'07'.repeat(192)}`,
      got: '00'.repeat(256),
    });
  });

  it('are the subject’s copy of what the reference wrote, where its reader is at fault', async () => {
    const writes = [{ kind: 'data', offset: 0, length: 65_536, byte: 3 }];
    const options = { format: 'raw', size: MiB, change: { kind: 'to', size: 2 * MiB }, writes };
    const seen = await evidence('convert-loses-the-first-byte', {
      source: raw(MiB),
      steps: step('resize', options, 'read'),
    });
    expect(seen).toMatchObject({ ranges: [[0, 1]], expected: '03'.repeat(256), got: `00${'03'.repeat(255)}` });
  });

  it('are read through the images below', async () => {
    const options = {
      ...{ overlaySize: 2 * MiB, oldSize: 2 * MiB, newSize: 2 * MiB, clusterSize: 65_536, lazyRefcounts: false },
      ...{ newBacking: 'next.qcow2', mode: 'safe', oldWrites: [], overlayWrites: [] },
      newWrites: [{ kind: 'data', offset: MiB, length: 65_536, byte: 5 }],
    };
    const seen = await evidence('rebase-forgets-zeros', { source: raw(MiB), steps: step('rebase', options) });
    expect(seen).toMatchObject({
      size: 2 * MiB,
      ranges: [[MiB, MiB + 65_536]],
      start: MiB - 64,
      expected: '00'.repeat(256),
      got: `${'00'.repeat(64)}${'5a'.repeat(192)}`,
    });
  });

  it('are not told where both disks hold the same', async () => {
    const source = raw(MiB, [0, 512, 9]);
    expect(
      await evidence('convert-loses-data-above-32M', { source, steps: step('convert', { target: 'qcow2' }) }),
    ).toBeUndefined();
  });
});
