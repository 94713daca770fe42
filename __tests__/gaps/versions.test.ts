import { describe, expect, it } from 'vitest';
import type { Gap } from '../../src/gaps/gap.ts';
import { GAPS, gapsWithout, unlifted } from '../../src/gaps/ledger.ts';
import { withinVersions } from '../../src/gaps/versions.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { plan } from '../support/bugs.ts';

const step = (operation: string, mistakes?: string[]): Step => ({
  kind: 'run',
  position: 1,
  operation,
  options: {},
  twin: 'none',
  ...(mistakes ? { mistakes } : {}),
});
const asked: Plan = {
  ...plan,
  steps: [step('measure', ['missing-file', 'unknown-flag']), step('info', ['unknown-flag'])],
};
const with7 = { subject: 'instar 0.1', reference: 'qemu-img version 7.2.22 (Debian 1:7.2+dfsg-7)' };
const with10 = { ...with7, reference: 'qemu-img version 10.0.13 (Debian 1:10.0.13+ds-0+deb13u1)' };

describe('a gap of some versions', () => {
  it('takes only its own mistake from a plan, and only where the run has such a version', () => {
    const kept = withinVersions(GAPS, with7)(asked);
    expect(kept.steps).toEqual([step('measure', ['missing-file']), step('info', ['unknown-flag'])]);
    expect(withinVersions(GAPS, with10)(asked)).toEqual(asked);
  });

  it('counts for a tool that tells no version', () => {
    expect(withinVersions(GAPS, { ...with7, reference: 'no version' })(asked)).not.toEqual(asked);
  });

  it('can be lifted, and leaves the drawing of plans alone', () => {
    expect(withinVersions(unlifted(['measure-unknown-flag']), with7)(asked)).toEqual(asked);
    expect(
      gapsWithout([])({ operation: 'measure', options: {}, mistakes: ['unknown-flag'], twin: 'none' }, plan.source),
    ).not.toBe('measure-unknown-flag');
  });

  const gap = (versions: Gap['versions']): Gap => ({
    ...{ id: 'x', operations: ['info'], difference: '', documented: '', state: 'open' },
    handling: { kind: 'avoid', applies: () => true },
    ...(versions ? { versions } : {}),
  });
  it.each([
    ['0.9', false],
    ['1.2', true],
    ['1.10', true],
    ['1.10.4', true],
    ['2.0', false],
    ['10.0', false],
  ])('from 1.2 and below 2.0 skips the step with %s: %s', (version, isSkipped) => {
    const versions = { side: 'subject', from: '1.2', below: '2.0' } as const;
    const run = { ...plan, steps: [step('info')] };
    const [kept] = withinVersions([gap(versions)], { ...with10, subject: `instar ${version}` })(run).steps;
    expect(kept?.kind).toBe(isSkipped ? 'skipped' : 'run');
  });
});
