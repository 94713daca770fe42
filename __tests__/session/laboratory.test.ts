import { describe, expect, it } from 'vitest';
import { gapsWithout } from '../../src/gaps/ledger.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { type LaboratoryNeeds, openLaboratory } from '../../src/session/laboratory.ts';
import { plan } from '../support/bugs.ts';
import { info, qcow2Source } from '../support/triage.ts';

/** No lane is opened before a plan is run, and none is run here: there need not be a sandbox, or any tools in it. */
const laboratory = (changes: Partial<LaboratoryNeeds> = {}) =>
  openLaboratory({
    sandbox: {},
    tools: { jurors: [], thirdReaders: [] },
    signal: new AbortController().signal,
    timeoutSeconds: 1,
    shrinks: true,
    shrinkSeconds: 1,
    ...changes,
  } as unknown as LaboratoryNeeds);

const raw = { format: 'raw', size: 1_048_576, pattern: 'zeros', writes: [], history: { kind: 'created' } } as const;
const planOf = (source: object, operation = 'info'): Plan =>
  ({ ...plan, source, steps: [{ ...info, operation }] }) as Plan;

/** The first reads an image as each tool does; the others a raw one, which the tools are known to tell otherwise: info-raw, map-raw. */
const free = planOf(qcow2Source);
const intoGap = planOf(raw);
const intoAnother = planOf(raw, 'map');

describe('what shrinking comes to is sound', () => {
  it.each<[string, Plan, Plan | undefined, boolean]>([
    ['where no gap is near', free, undefined, true],
    ['not in a gap', intoGap, undefined, false],
    ['not in a gap that it did not come from', intoGap, free, false],
    ['in the gap that it came from', intoGap, intoGap, true],
    ['not in another gap than it came from', intoGap, intoAnother, false],
    ['where it has left its gap', free, intoGap, true],
    ['not where it is no plan that could be stored', planOf({ ...qcow2Source, size: -1 }), undefined, false],
  ])('%s', (_, smaller, from, sound) => {
    expect(laboratory().isSound(smaller, from)).toBe(sound);
  });

  it('in a gap that is lifted for the run, and not in those that are not', () => {
    const { isSound } = laboratory({ gapOf: gapsWithout(['info-raw']) });
    expect([isSound(intoGap), isSound(intoAnother)]).toEqual([true, false]);
  });

  it('where a step that would lead into a gap is left out', () => {
    const skipped = { kind: 'skipped', position: 1, operation: 'info', gap: 'info-raw' } as const;
    expect(laboratory().isSound({ ...intoGap, steps: [skipped] })).toBe(true);
  });
});
