import { expect, test } from 'vitest';
import { INPUTS } from '../../src/inputs/definitions.ts';

const accepted = (names: readonly string[]) => INPUTS.references.check(names.join(','));
const names = (count: number) => Array.from({ length: count }, (_, at) => `qemu-img-${at}`);

test('a run asks at most twenty other versions', () => {
  expect(accepted(names(20))).toEqual({ ok: true, value: names(20) });
  expect(accepted(names(21))).toEqual({ ok: false, problem: 'it names 21; at most 20 are accepted.' });
});

test('what is wrong in a name is told before their number', () => {
  expect(accepted([...names(21), '../x'])).toEqual({
    ok: false,
    problem: expect.stringContaining('"../x" is not a valid path.'),
  });
});
