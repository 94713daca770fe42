import { describe, expect, it } from 'vitest';
import { repair } from '../../src/operations/repair.ts';
import type { Options } from '../../src/plan/plan.ts';
import { plansOf } from '../../src/session/plans.ts';

const planOf = plansOf('repairs', ['repair']);
const plans = Array.from({ length: 200 }, (_, index) => planOf(index));
const drawn = plans.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'run' ? [step.options] : [])));
const [first] = plans;
if (first === undefined) throw new Error('no plan was drawn');
const scriptOf = (options: Options, dialect: 'instar' | 'qemu-img' = 'qemu-img') =>
  repair.script(options, { source: first.source, position: 1, dialect });

const plain = { tier: 'all', damage: 'uncounted', clusterSize: 65536, size: 1048576, writes: [] };

describe('a repair', () => {
  it('is asked for in the words of each tool', () => {
    const { subject, reference } = scriptOf(plain, 'instar');
    expect(subject).toEqual(['check', '--repair=all', 'disk.qcow2']);
    expect(reference).toEqual(['check', '-r', 'all', 'disk.qcow2']);
    expect(scriptOf(plain).subject).toEqual(reference);
  });

  it('is of every damage, and of leaks alone where both tools are to do the same', () => {
    const ways = new Set(drawn.map(({ tier, damage }) => `${tier}: ${damage}`));
    const all = ['copied', 'counted twice', 'leaked', 'not copied', 'uncounted'].map((damage) => `all: ${damage}`);
    expect([...ways].toSorted()).toEqual([...all, 'leaks: leaked']);
  });

  it('damages the same byte on each side after all was written', () => {
    for (const options of drawn) {
      const damage = scriptOf(options).prepare.at(-1);
      if (damage?.kind !== 'each') throw new Error('it is not done to each side');
      expect(damage.args.slice(0, 2)).toEqual(['-f', 'raw']);
      const cluster = Number(options['clusterSize']);
      const places = damage.args.flatMap((word) => / (\d+) \d$/.exec(word)?.[1] ?? []).map(Number);
      // The second half of the sixth count, and the first entry of the L2 table.
      for (const place of places) expect([2 * cluster + 11, 4 * cluster]).toContain(place);
      expect(places.length).toBeGreaterThan(0);
    }
  });

  it('promises what a guest reads only where the damage left it', () => {
    expect(scriptOf(plain).invariants).toHaveLength(1);
    expect(scriptOf({ ...plain, damage: 'leaked' }).invariants).toEqual([]);
  });
});
