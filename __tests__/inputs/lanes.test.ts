import { expect, test } from 'vitest';
import { MOST_LANES } from '../../src/inputs/definitions.ts';
import { lanesOf } from '../../src/inputs/settings.ts';

test('by default each core has two lanes, and a large machine no more than may be asked for', () => {
  expect(lanesOf(2)).toBe(4);
  expect(lanesOf(48)).toBe(MOST_LANES);
});
