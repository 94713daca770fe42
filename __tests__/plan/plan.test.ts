import { describe, expect, it } from 'vitest';
import { GAPS, gapsWithout } from '../../src/gaps/ledger.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { plansOf } from '../../src/session/plans.ts';
import { parsePlan } from '../../src/triage/stored-plan.ts';

const gapOf = gapsWithout([]);

const planOf = plansOf('laws', USUAL_NAMES);
const plans = Array.from({ length: 500 }, (_, index) => planOf(index));

describe('a plan', () => {
  it('is the same bytes whenever it is made again', () => {
    const again = plansOf('laws', USUAL_NAMES);
    expect(plans.map((_, index) => JSON.stringify(again(index)))).toEqual(plans.map((plan) => JSON.stringify(plan)));
  });

  it('does not depend on which plans were made before it', () => {
    const alone = plansOf('laws', USUAL_NAMES)(321);
    expect(JSON.stringify(alone)).toBe(JSON.stringify(plans[321]));
  });

  it('does not depend on the order in which the operations are named', () => {
    const named = plansOf('laws', [...USUAL_NAMES].toReversed())(17);
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
    const twinned = new Set<string>();
    for (const { steps, source } of plans) {
      for (const step of steps) {
        if (step.kind === 'skipped' || step.twin === 'none') continue;
        twinned.add(step.operation);
        const { script } = OPERATIONS.find(({ name }) => name === step.operation) ?? {};
        const context = { source, position: step.position, dialect: 'qemu-img' } as const;
        expect(script?.(step.options, context).outputs, step.operation).not.toEqual([]);
      }
    }
    expect([...twinned].toSorted()).toEqual(['commit', 'convert', 'convert_compressed', 'create', 'rebase', 'resize']);
  });

  it('draws every operation about equally often when none is turned away', () => {
    const free = plans.flatMap(({ steps }) => steps.map(({ operation }) => operation));
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

describe('a fixed seed', () => {
  it('gives the plan that it always gave, so that a change of the stream is seen and meant', () => {
    expect(plansOf('42', USUAL_NAMES)(3)).toMatchSnapshot();
  });
});
