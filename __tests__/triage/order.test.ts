import { expect, it } from 'vitest';
import { smallestFirst } from '../../src/triage/order.ts';
import type { Suspect } from '../../src/triage/ruling.ts';
import { bug, plan } from '../support/bugs.ts';

/** A suspect with so many writes in its image, and how often it was asked for its JSON. */
function suspectOf(index: number, writes: number) {
  let asked = 0;
  const toJSON = () => {
    asked += 1;
    return 'x'.repeat(writes);
  };
  const source = { toJSON } as unknown as Suspect['plan']['source'];
  const { finding } = bug('a');
  return { suspect: { plan: { ...plan, index, source }, finding, symptom: '' }, asked: () => asked };
}

it('suspects are ordered by how much they are, which is worked out once for each', () => {
  const all = [3, 1, 2, 1, 5, 4, 9, 2].map((writes, at) => suspectOf(10 - at, writes));
  const sorted = smallestFirst(all.map(({ suspect }) => suspect));
  expect(sorted.map(({ plan: { index } }) => index)).toEqual([7, 9, 3, 8, 10, 5, 6, 4]);
  expect(all.map(({ asked }) => asked())).toEqual(all.map(() => 1));
});
