import { describe, expect, it } from 'vitest';
import { GAPS } from '../../src/gaps/ledger.ts';
import { OPERATION_NAMES } from '../../src/operations/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { sendCanaries } from '../../src/session/canaries.ts';
import type { Shown } from '../../src/triage/fingerprint.ts';
import type { Laboratory } from '../../src/triage/laboratory.ts';
import { findingsWith } from '../support/bugs.ts';

const ledger = GAPS.filter(({ id }) => id === 'resize-large-cluster');

/** What is said of a gap whose draws show these things, one after the other; a laboratory that shows them on demand. */
async function said(shown: readonly ('agrees' | undefined)[]) {
  const left = [...shown];
  const laboratory = { isOver: () => false, look: async () => left.shift() } as unknown as Laboratory;
  const { lines } = await sendCanaries({ ledger, seed: 'said', operations: ['resize'], changed: () => {} }, laboratory);
  return lines.map(({ gap, says, agreed }) => [gap, says, agreed]);
}

describe('each gap that says what it shows', () => {
  it('is drawn five times where that is sure to show', async () => {
    const tried = GAPS.filter(({ handling }) => handling.kind === 'avoid' && handling.shows).map(({ id }) => id);
    const laboratory = { isOver: () => false, look: async () => 'agrees' } as unknown as Laboratory;
    const { lines } = await sendCanaries(
      { ledger: GAPS, seed: 'x5', operations: OPERATION_NAMES, changed: () => {} },
      laboratory,
    );
    expect(lines.map(({ gap, agreed }) => [gap, agreed]).toSorted()).toEqual(tried.map((gap) => [gap, 5]).toSorted());
  });
});

describe('time that is over', () => {
  const usual = { ledger: GAPS, operations: OPERATION_NAMES, changed: () => {} };
  const during = (looks: number) => {
    let left = looks;
    const look = async () => {
      left -= 1;
      return 'agrees';
    };
    return { isOver: () => left <= 0, look } as unknown as Laboratory;
  };

  it('leaves gaps untried, and says which', async () => {
    const { lines } = await sendCanaries({ ...usual, seed: 'late' }, during(7));
    expect(lines.slice(0, 3).map(({ says, agreed }) => [says, agreed])).toEqual([
      ['lifted', 5],
      ['unclear', 2],
      ['not tried', 0],
    ]);
    expect(lines.length).toBeGreaterThanOrEqual(15);
  });

  it('leaves others untried with another seed', async () => {
    const firstOf = async (seed: string) => (await sendCanaries({ ...usual, seed }, during(5))).lines[0]?.gap;
    const seeds = Array.from({ length: 12 }, (_, at) => firstOf(`night ${at}`));
    expect(new Set(await Promise.all(seeds)).size).toBeGreaterThan(4);
  });
});

describe('what is not as documented', () => {
  it('goes to trial as none of the run’s own iterations', async () => {
    const look = async (plan: Plan) => ({ plan, finding: findingsWith('x').content, transcript: [] });
    const laboratory = { isOver: () => false, look } as unknown as Laboratory;
    const told: string[] = [];
    const changed = (gap: string, shown: Shown) => told.push(`${gap} ${shown.plan.steps.length}`);
    const { lines, suspects } = await sendCanaries(
      { ledger, seed: 'said', operations: ['resize'], changed },
      laboratory,
    );
    expect(told).toEqual(Array(5).fill('resize-large-cluster 1'));
    expect(lines).toMatchObject([{ says: 'changed', other: 5 }]);
    expect(suspects.map(({ carriedFrom }) => carriedFrom)).toEqual(Array(5).fill('known-gap'));
  });
});

describe('agreement', () => {
  it('in each of five draws says that a gap is lifted', async () => {
    expect(await said(Array(5).fill('agrees'))).toEqual([['resize-large-cluster', 'lifted', 5]]);
  });

  it('says nothing where one of them was lost', async () => {
    expect(await said(['agrees', 'agrees', undefined, 'agrees', 'agrees'])).toEqual([
      ['resize-large-cluster', 'unclear', 4],
    ]);
  });
});
