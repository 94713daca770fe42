import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Hunter, openHunter, wrappersIn } from '../../testing/hunt.ts';
import { stackOf } from '../../testing/stack.ts';
import { coverOf } from '../support/cover.ts';
import { harmless } from '../support/paths.ts';

const FOLDER = dirname(harmless('any'));
const wrappers = wrappersIn(FOLDER);
let hunter: Hunter;
beforeAll(async () => {
  hunter = await openHunter(FOLDER);
});
afterAll(() => hunter.close());

describe('a subject that differs without harm', () => {
  it('comes in at least twelve kinds', () => {
    expect(wrappers.length).toBeGreaterThanOrEqual(12);
  });

  // Some for each command: `npm run bench:detect -- --harmless` hunts them all, and longer.
  it.each(coverOf(wrappers, ({ touches }) => touches, { times: 3 }))('$name is never reported', async (wrapper) => {
    const { sightings, steps } = await hunter.hunt(wrapper, { seed: 'harmless', iterations: 5, first: false });
    expect(sightings.map(({ plan, type }) => `${plan.index}: ${type}`)).toEqual([]);
    expect(steps).toBeGreaterThan(0);
  });

  it('is never reported when it differs in all of these ways at once', async () => {
    const stack = stackOf(FOLDER);
    const place = await openHunter(stack.directory);
    const { sightings, steps } = await place.hunt(stack.wrapper, { seed: 'stacked', iterations: 20, first: false });
    await place.close();
    stack.remove();
    expect(sightings.map(({ plan, type }) => `${plan.index}: ${type}`)).toEqual([]);
    expect(steps).toBeGreaterThan(20);
  });
});
