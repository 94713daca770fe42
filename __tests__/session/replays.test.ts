import { describe, expect, it } from 'vitest';
import { USUAL_NAMES } from '../../src/operations/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { plansOf } from '../../src/session/plans.ts';
import { inTurn, type KnownPlan, replay } from '../../src/session/replays.ts';
import type { Laboratory } from '../../src/triage/laboratory.ts';
import { bug } from '../support/bugs.ts';

const planOf = plansOf('replays', USUAL_NAMES);
const bugs = (count: number, unfiled: boolean): KnownPlan[] =>
  Array.from({ length: count }, (_, index) => ({
    fingerprint: `${unfiled ? 'w' : 'f'}${index}`,
    plan: planOf(index),
    unfiled,
  }));

/** Which are run again, by a laboratory in which all agree; of plans that are not sound, none is. */
async function triedOf(known: readonly KnownPlan[], isSound: (index: number) => boolean = () => true) {
  const laboratory = {
    isOver: () => false,
    isSound: ({ index }: KnownPlan['plan']) => isSound(index),
    look: async () => 'agrees',
  } as unknown as Laboratory;
  const tried = (await replay(known, laboratory)).filter(({ notTried }) => !notTried);
  return tried.map(({ fingerprint }) => fingerprint);
}

/** The same, as a letter each. */
const kindsOf = async (...given: Parameters<typeof triedOf>) =>
  (await triedOf(...given)).map(([letter]) => letter).join('');

describe('of the bugs that are known from before', () => {
  it('fifty are run again, half of them such as wait to be filed', async () => {
    expect(await kindsOf([...bugs(80, false), ...bugs(80, true)])).toBe('w'.repeat(25) + 'f'.repeat(25));
    expect(await kindsOf([...bugs(80, false), ...bugs(3, true)])).toBe(`www${'f'.repeat(47)}`);
    expect(await kindsOf([...bugs(10, false), ...bugs(80, true)])).toBe('w'.repeat(40) + 'f'.repeat(10));
  });

  it.each([
    [120, 0, 71],
    [120, 120, 96],
    [3, 0, 1],
  ])(
    'each of %i that are filed, beside %i that wait, has its turn within %i runs in a row',
    async (filed, waiting, runs) => {
      const [inIssues, inHistory] = [bugs(filed, false), bugs(waiting, true)];
      for (const first of [1, 77, 9_999]) {
        const tried = new Set<string>();
        for (let turn = first; turn < first + runs; turn += 1) {
          for (const one of await triedOf([...inTurn(inIssues, turn), ...inTurn(inHistory, turn)])) tried.add(one);
        }
        expect(tried.size).toBe(filed + waiting);
      }
    },
  );

  it('the same have their turn each time where nobody counts the runs', () => {
    expect(inTurn(['a', 'b', 'c'], Number.NaN)).toEqual(['a', 'b', 'c']);
    expect(inTurn(['a', 'b', 'c'], 4)).toEqual(['b', 'c', 'a']);
  });

  it('what waits to be filed and still shows goes to trial as none of the run’s own iterations', async () => {
    const show = async (plan: Plan) => ({ plan, finding: bug('a').finding, transcript: [] });
    const laboratory = { isOver: () => false, isSound: () => true, look: show, observe: show } as unknown as Laboratory;
    const replays = await replay([...bugs(1, true), ...bugs(1, false)], laboratory);
    expect(replays.map(({ suspect }) => suspect?.carriedFrom)).toEqual(['earlier-run', undefined]);
    expect(replays.map(({ agrees }) => agrees)).toEqual([false, false]);
  });

  it('those are told for which there was no time or place', async () => {
    let left = 2;
    const laboratory = { isOver: () => left-- === 0, isSound: () => true, look: async () => 'agrees' };
    const replays = await replay(bugs(60, false), laboratory as unknown as Laboratory);
    expect(replays).toHaveLength(60);
    expect(replays.slice(0, 3)).toEqual([
      { fingerprint: 'f0', agrees: true },
      { fingerprint: 'f1', agrees: true },
      { fingerprint: 'f2', agrees: false, notTried: true },
    ]);
  });

  it('those whose plan may not be run take no place from the others', async () => {
    expect(await kindsOf(bugs(110, true), (index) => index % 2 === 1)).toBe('w'.repeat(50));
  });
});
