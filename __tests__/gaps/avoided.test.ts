import { describe, expect, it } from 'vitest';
import { GAPS } from '../../src/gaps/ledger.ts';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations/index.ts';
import type { Choice, Options, Step } from '../../src/plan/plan.ts';
import { plansOf } from '../../src/session/plans.ts';

/** What an operation named by a gap is never kept from by it, by why. */
const NEVER_MET = new Map([
  ['vpc-fixed-detection check', 'check has no vpc at all: check-no-reference'],
  ['size-suffix-b resize', 'resize is told no size with a suffix'],
]);

describe('a gap that is avoided', () => {
  const avoided = GAPS.filter(({ handling, versions }) => handling.kind === 'avoid' && versions === undefined);

  // It reads options by their names and values: one that is called otherwise now would be stepped into from then on.
  it.each(OPERATION_NAMES)('keeps each operation from something that it draws: %s', (name) => {
    const unmet = new Set(avoided.filter(({ operations }) => operations.includes(name)).map(({ id }) => id));
    for (const id of unmet) if (NEVER_MET.has(`${id} ${name}`)) unmet.delete(id);
    const planOf = plansOf('avoided', [name]);
    for (let index = 0; index < 2000 && unmet.size > 0; index += 1) {
      for (const id of planOf(index).avoided) unmet.delete(id);
    }
    expect([...unmet]).toEqual([]);
  });

  it('is excused from that only where it has to be', () => {
    for (const pair of NEVER_MET.keys()) {
      const [id = '', name = ''] = pair.split(' ');
      const gap = avoided.find((one) => one.id === id);
      expect(gap?.operations, pair).toContain(name);
      const planOf = plansOf('avoided', [name]);
      const met = Array.from({ length: 250 }, (_, index) => planOf(index)).flatMap((plan) => plan.avoided);
      expect(met, pair).not.toContain(id);
    }
  });

  it.each(avoided)('reads only options that one of its operations has: $id', ({ operations, handling }) => {
    const read = new Set<string>();
    if (handling.kind !== 'avoid') throw new Error('it is not avoided');
    for (const name of operations) {
      const planOf = plansOf('avoided', [name]);
      for (let index = 0; index < 20; index += 1) {
        const { source, steps } = planOf(index);
        for (const step of steps.flatMap((one) => (one.kind === 'run' ? [watched(one, read)] : []))) {
          handling.applies(step, source);
          handling.shows?.surely?.(step, source);
        }
      }
    }
    const known = operations.flatMap((name) => optionsOf(OPERATIONS.find((one) => one.name === name)?.schema));
    expect([...read].filter((key) => !known.includes(key))).toEqual([]);
  });
});

/** The same choice, of which is noted what is read of its options. */
function watched(step: Step & { readonly kind: 'run' }, read: Set<string>): Choice {
  const options: Options = new Proxy(step.options, {
    get: (target, key) => {
      read.add(String(key));
      return target[String(key)];
    },
  });
  return { ...step, options };
}

interface Schema {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly options?: readonly Schema[];
}

/** The names of an operation's options: those of one object, or of several alternatives. */
function optionsOf(schema: unknown): string[] {
  const { entries, options } = schema as Schema;
  return entries ? Object.keys(entries) : (options ?? []).flatMap(optionsOf);
}
