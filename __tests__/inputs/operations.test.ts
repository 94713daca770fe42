import { expect, test } from 'vitest';
import { INPUTS } from '../../src/inputs/definitions.ts';
import { OPERATION_NAMES, OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { plansOf } from '../../src/session/plans.ts';
import { parsePlan } from '../../src/triage/stored-plan.ts';

const accepted = (text: string) => INPUTS.operations.check(text);
const plansFrom = (names: readonly string[]) => {
  const planOf = plansOf('on request', names);
  return Array.from({ length: 300 }, (_, index) => planOf(index));
};
const drawnFrom = (names: readonly string[]) =>
  new Set(plansFrom(names).flatMap(({ steps }) => steps.map(({ operation }) => operation)));

test('without a word the usual nine are drawn from', () => {
  expect(accepted('')).toEqual({ ok: true, value: USUAL_NAMES });
  expect(USUAL_NAMES).toHaveLength(9);
  expect(drawnFrom(USUAL_NAMES)).toEqual(new Set(USUAL_NAMES));
});

test('“all” adds those that are drawn on request, and each can be named', () => {
  expect(accepted(' all\n')).toEqual({ ok: true, value: OPERATION_NAMES });
  expect(drawnFrom(OPERATION_NAMES)).toEqual(new Set(OPERATION_NAMES));
  const onRequest = OPERATION_NAMES.filter((name) => !USUAL_NAMES.includes(name));
  expect(onRequest.length).toBeGreaterThan(0);
  expect(accepted(onRequest.join(','))).toEqual({ ok: true, value: onRequest });
});

test('“all” is no name beside others', () => {
  expect(accepted('all,info')).toMatchObject({ ok: false });
});

test('plans of all operations survive being stored', () => {
  for (const plan of plansFrom(OPERATION_NAMES))
    expect(parsePlan(JSON.parse(JSON.stringify(plan)), OPERATIONS, 'stored')).toEqual(plan);
});
