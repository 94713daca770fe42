import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GAPS, gapsWithout } from '../../src/gaps/ledger.ts';
import { OPERATION_NAMES, OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import type { Choice, Step } from '../../src/plan/plan.ts';
import type { Source } from '../../src/plan/source.ts';
import { plansOf } from '../../src/session/plans.ts';
import { parsePlan } from '../../src/triage/stored-plan.ts';

const gapOf = gapsWithout([]);

const planOf = plansOf('laws', OPERATION_NAMES);
const plans = Array.from({ length: 600 }, (_, index) => planOf(index));

function outputsOf({ operation, options }: Choice, source: Source) {
  const { script } = OPERATIONS.find(({ name }) => name === operation) ?? {};
  return script?.(options, { source, position: 1, dialect: 'qemu-img' }).outputs;
}

describe('a plan', () => {
  it('is the same bytes whenever it is made again', () => {
    const again = plansOf('laws', OPERATION_NAMES);
    expect(plans.map((_, index) => JSON.stringify(again(index)))).toEqual(plans.map((plan) => JSON.stringify(plan)));
  });

  it('does not depend on which plans were made before it', () => {
    const alone = plansOf('laws', OPERATION_NAMES)(321);
    expect(JSON.stringify(alone)).toBe(JSON.stringify(plans[321]));
  });

  it('does not depend on the order in which the operations are named', () => {
    const named = plansOf('laws', [...OPERATION_NAMES].toReversed())(17);
    expect(JSON.stringify(named)).toBe(JSON.stringify(plans[17]));
  });

  it('survives being stored', () => {
    for (const plan of plans) expect(parsePlan(JSON.parse(JSON.stringify(plan)), OPERATIONS, 'stored')).toEqual(plan);
  });

  it('has two to four steps, at positions that count from one', () => {
    for (const { steps } of plans) {
      expect(steps.length).toBeGreaterThanOrEqual(2);
      expect(steps.length).toBeLessThanOrEqual(4);
      expect(steps.map(({ position }) => position)).toEqual(steps.map((_, before) => before + 1));
    }
  });

  it('steps into no known gap', () => {
    for (const { steps, source } of plans) {
      for (const step of steps) {
        expect(step.kind).toBe('run');
        if (step.kind === 'run') expect(gapOf(step, source)).toBeUndefined();
      }
    }
  });

  it('has the subject read what the reference wrote after every operation that writes, and after no other', () => {
    const drawn = plans.flatMap(({ steps, source }) =>
      steps.flatMap((step) => (step.kind === 'run' ? [{ step, outputs: outputsOf(step, source) }] : [])),
    );
    const idle = OPERATIONS.filter(({ nature }) => nature.leavesNone).map(({ name }) => name);
    for (const { step, outputs } of drawn) {
      if (idle.includes(step.operation)) expect([outputs, step.twin], step.operation).toEqual([[], 'none']);
      // What only lists leaves nothing to be read, and no check is made then.
      else if (step.options['mode'] !== 'list') expect(outputs, step.operation).not.toEqual([]);
    }
    const twinned = new Set(drawn.flatMap(({ step }) => (step.twin === 'none' ? [] : [step.operation])));
    expect([...twinned].toSorted()).toEqual(OPERATION_NAMES.filter((name) => !idle.includes(name)));
  });

  it('draws every operation about equally often when none is turned away', () => {
    const usual = Array.from({ length: 500 }, (_, index) => plansOf('laws', USUAL_NAMES)(index));
    const free = usual.flatMap(({ steps }) => steps.map(({ operation }) => operation));
    for (const name of ['commit', 'convert', 'convert_compressed', 'create', 'rebase', 'resize']) {
      const share = free.filter((operation) => operation === name).length / free.length;
      expect(share, name).toBeGreaterThan(1 / 9 - 0.04);
      expect(share, name).toBeLessThan(1 / 9 + 0.06);
    }
  });

  it('draws another source image where all selected operations are covered by gaps', () => {
    const onlyInfo = plansOf('laws', ['info']);
    const sources = Array.from({ length: 200 }, (_, index) => onlyInfo(index).source);
    expect(sources.some(({ format }) => format === 'vmdk')).toBe(true);
    expect(sources.filter(({ format, pattern }) => format === 'raw' && pattern !== 'mbr')).toEqual([]);
  });

  it('notes each gap that turned a draw away', () => {
    const ids = new Set(GAPS.map(({ id }) => id));
    const avoided = plans.flatMap((plan) => plan.avoided);
    expect(avoided).toContain('info-raw');
    for (const id of avoided) expect(ids).toContain(id);
  });
});

/** What a step does, in a line: of what is written only how much it is. */
function briefly(step: Step): string {
  if (step.kind === 'skipped') return `${step.operation}: ${step.gap}`;
  const options = JSON.stringify(step.options, (_, value) => (Array.isArray(value) ? `${value.length} writes` : value));
  return `${step.operation} ${options} ${[...(step.mistakes ?? []), step.calledFrom ?? 'here', step.twin].join(' ')}`;
}

describe('a fixed seed', () => {
  it('gives the plan that it always gave, so that a change of the stream is seen and meant', () => {
    expect(plansOf('42', USUAL_NAMES)(3)).toMatchSnapshot();
  });

  it.each(OPERATION_NAMES)('gives the plans that it always gave for %s alone', (name) => {
    const same = plansOf('42', [name]);
    const some = Array.from({ length: 40 }, (_, index) => same(index));
    const sha256 = createHash('sha256').update(JSON.stringify(some)).digest('hex');
    expect({ sha256, first: same(0).steps.map(briefly) }).toMatchSnapshot();
  });
});
