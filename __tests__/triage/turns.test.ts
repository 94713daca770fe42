import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import type { Ruling, Suspect } from '../../src/triage/ruling.ts';
import { suspectOf } from '../../src/triage/triage.ts';
import { info, looking, planOf, qcow2Source, rulingsOn, showing } from '../support/triage.ts';

describe('the turn of a suspect', () => {
  it('looks into one of each symptom before a second of any, the rarest first', async () => {
    const examined: number[] = [];
    const look = async (plan: Plan) => {
      examined.push(plan.index);
      const shown = showing(plan);
      const refused = { kind: 'input-modified', file: 'a.raw' } as const;
      return plan.index === 9 ? { ...shown, finding: { ...shown.finding, ...refused } } : shown;
    };
    const rare = suspectOf(await look(planOf(9)));
    examined.length = 0;
    await rulingsOn([looking('a', 1), looking('b', 2), rare], { look });
    expect(examined.filter((index, at) => index !== examined[at - 1])).toEqual([9, 1, 2]);
  });

  it('begins with the smallest case of a symptom, which an earlier run may have made so', async () => {
    const examined: number[] = [];
    const look = async (plan: Plan) => {
      examined.push(plan.index);
      return showing(plan);
    };
    const { plan, ...rest } = looking('b', 9);
    const small = { ...rest, plan: { ...plan, source: qcow2Source } as Plan };
    await rulingsOn([looking('a', 1), small], { look });
    expect(examined.filter((index, at) => index !== examined[at - 1])).toEqual([9, 1]);
  });

  it('counts no iteration for what was carried into the run, and those of a bug that it shows too', async () => {
    const carried = { ...looking('a', 1), carriedFrom: 'earlier-run' } as const;
    const indicesIn = (ruling: Ruling) => ruling.kind === 'bug' && ruling.bug.sightings.map(({ index }) => index);
    expect((await rulingsOn([carried])).map(indicesIn)).toEqual([[]]);
    expect((await rulingsOn([carried, looking('a', 2)])).map(indicesIn)).toEqual([[], [2]]);
  });

  it('examines what waits to be filed, though a more general bug would explain it', async () => {
    const general = { ...planOf(1), index: 1, source: qcow2Source, steps: [info] } as Plan;
    const particular = { ...general, index: 2, source: { ...qcow2Source, clusterSize: 2_097_152 } } as Plan;
    const fingerprintsOf = async (suspect: Suspect) => {
      const rulings = await rulingsOn([suspectOf(showing(general)), suspect], { shrinks: true });
      return new Set(rulings.flatMap((ruling) => (ruling.kind === 'bug' ? [ruling.bug.fingerprint] : []))).size;
    };
    const suspect = suspectOf(showing(particular));
    expect(await fingerprintsOf(suspect)).toBe(1);
    expect(await fingerprintsOf({ ...suspect, carriedFrom: 'known-gap' })).toBe(1);
    expect(await fingerprintsOf({ ...suspect, carriedFrom: 'earlier-run' })).toBe(2);
  });

  it('leaves a kind alone that brings nothing new, and counts for none of its bugs what may be another', async () => {
    const examined = new Set<number>();
    const look = async (plan: Plan) => {
      examined.add(plan.index);
      return showing(plan);
    };
    const kinds = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'a'];
    const rulings = await rulingsOn(
      kinds.map((name, at) => looking(name, at)),
      { look },
    );
    expect([...examined]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const last = rulings.at(-1);
    expect(last?.kind === 'bug' && last.bug.sightings.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
  });

  it('leaves a kind alone that brings only what has another fingerprint each time', async () => {
    const examined = new Set<number>();
    const observe = async (plan: Plan) => {
      examined.add(plan.index);
      return showing(plan);
    };
    let seconds = 0;
    const now = () => {
      seconds += 1;
      return seconds * 1000;
    };
    const choices = [512, 65_536, 2_097_152].flatMap((clusterSize) =>
      [true, false].flatMap((lazyRefcounts) =>
        ['0.10', '1.1'].map((compat) => ({ clusterSize, lazyRefcounts, compat })),
      ),
    );
    const suspects = choices.map((options, index): Suspect => {
      const { plan, ...rest } = looking(`kind${index}`, index);
      return { ...rest, plan: { ...plan, source: { ...qcow2Source, ...options }, steps: [info] } as Plan };
    });
    const rulings = await rulingsOn(suspects, { observe, now, shrinks: true });
    expect(examined.size).toBe(6);
    const bugs = rulings.flatMap((ruling) => (ruling.kind === 'bug' ? [ruling.bug] : []));
    expect(new Set(bugs.map(({ fingerprint, unfinished }) => `${fingerprint} ${unfinished}`)).size).toBe(6);
    expect(bugs[0]?.unfinished).toBe('time');
  });

  it('counts for a bug that needs nothing all that it has looked into long enough', async () => {
    const kinds = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const rulings = await rulingsOn(
      kinds.map((name, at) => looking(name, at)),
      { shrinks: true, isSound: () => true },
    );
    const last = rulings.at(-1);
    expect(last?.kind === 'bug' && last.bug.sightings.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('rules on nothing once its time is over, but counts what a bug that it has explains', async () => {
    let examined = 0;
    const observe = async (plan: Plan) => {
      examined += 1;
      return showing(plan);
    };
    // The step alone three times, and the smallest case three times.
    const isOver = () => examined >= 6;
    const rulings = await rulingsOn([looking('a', 1), looking('a', 2), looking('b', 3)], { observe, isOver });
    expect(examined).toBe(6);
    expect(rulings.at(-1)).toMatchObject({
      kind: 'bug',
      bug: { sightings: [{ index: 1 }, { index: 2 }] },
    });
  });
});
