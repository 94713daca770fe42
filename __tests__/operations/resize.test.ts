import { describe, expect, it } from 'vitest';
import { newSize, type Resize } from '../../src/operations/parts/resize-options.ts';
import type { Question } from '../../src/oracles/observation.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { benchWith } from '../support/bench.ts';
import { drawnSteps, scriptOf } from '../support/drawn.ts';
import { ended } from '../support/ended.ts';
import { allFound } from '../support/held.ts';

const source: Source = { format: 'raw', size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } };
const disk = { format: 'qcow2', ...plainQcow2(64 * KiB), size: 4 * MiB, writes: [] };
const to = (size: number) => ({ kind: 'to', size });

/** What is held against a subject that leaves disks alike, but for old data where the disk has grown again, and how it grew. */
async function regrown(options: object) {
  const asked: Question[] = [];
  const bench = benchWith({
    has: () => false,
    async ask(question) {
      asked.push(question);
      const [command, ...words] = question.args;
      if (command === 'check') return ended(0, '{"check-errors": 0}');
      if (command === 'info') return ended(0, '{}');
      const isOld = command === 'compare' && words.some((word) => word.includes('again-'));
      return isOld ? ended(1, 'Content mismatch at offset 512!') : ended(0, 'Images are identical.');
    },
  });
  const script = scriptOf('resize', { options: { ...options }, source }, []);
  const found = await allFound(script, { operation: 'resize', bench });
  return { found, grown: asked.flatMap(({ args }) => (args[0] === 'resize' ? [args.join(' ')] : [])) };
}

describe('a qcow2 disk that was made smaller', () => {
  it.each([
    ['at the end of a cluster', MiB, MiB],
    ['within a cluster, of which nobody promises the rest', MiB + 512, MiB + 64 * KiB],
  ])('shows nothing old when it grows again, cut %s', async (_, size, from) => {
    const { found, grown } = await regrown({ ...disk, change: to(size) });
    const broken = 'what was cut off reads as zero once the disk grows again';
    const type = 'resize_invariant_divergence';
    expect(found).toEqual([{ kind: 'content', type, file: 'disk.qcow2', offset: from + 512, broken }]);
    expect(grown).toEqual(['resize -q -f qcow2 again-disk.qcow2 4194304']);
  });

  it('is asked to grow again in whatever is drawn', async () => {
    const steps = drawnSteps('resize', 150).map(({ options }) => options as unknown as Resize);
    const alone = steps.flatMap((one) => (one.format === 'qcow2' && one.belowWrites === undefined ? [one] : []));
    const cut = alone.filter((one) => one.size - newSize(one) >= one.clusterSize);
    expect(cut.length).toBeGreaterThan(20);
    for (const one of cut) expect((await regrown(one)).found.length, JSON.stringify(one)).toBe(1);
  });

  it.each([
    ['it grew', { ...disk, change: to(8 * MiB) }],
    ['it lost less than a cluster', { ...disk, change: to(4 * MiB - 512) }],
    ['it shows what is below it', { ...disk, change: to(MiB), belowWrites: [] }],
    ['it is a raw file, with nothing behind its end', { format: 'raw', size: 4 * MiB, writes: [], change: to(MiB) }],
  ])('is not asked that where %s', async (_, options) => {
    expect(await regrown(options)).toEqual({ found: [], grown: [] });
  });
});
