import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import { plansOf } from '../../src/session/plans.ts';
import { featuresOf } from '../../src/triage/features.ts';
import { shrink } from '../../src/triage/shrink.ts';
import { spotsOf } from '../../src/triage/spots.ts';
import { isStored } from '../../src/triage/stored-plan.ts';

const planOf = plansOf('shrink', OPERATION_NAMES);
const plans = Array.from({ length: 200 }, (_, index) => planOf(index));

/** Shrinks as long as a condition on the plan holds, which stands for a bug that needs just that. */
async function shrinkWhile(plan: Plan, holds: (plan: Plan) => boolean): Promise<{ plan: Plan; runs: number }> {
  let runs = 0;
  const isSound = (candidate: Plan) => isStored(candidate, OPERATIONS) && fits(candidate);
  const shows = async (candidate: Plan) => {
    runs += 1;
    return holds(candidate);
  };
  return { plan: await shrink(plan, { operations: OPERATIONS, isSound, shows, isOver: () => false }), runs };
}

const write = (byte: number) => ({ kind: 'data', offset: 0, length: 512, byte });

/** What the tools themselves would refuse: a write beyond the end of its disk. */
function fits({ source }: Plan): boolean {
  const disk = source.history.kind === 'resized' ? source.history.from : source.size;
  return source.writes.every(({ offset, length }) => offset + length <= disk);
}

function firstWith(holds: (plan: Plan) => boolean): Plan {
  const plan = plans.find((candidate) => fits(candidate) && holds(candidate));
  if (plan === undefined) throw new Error('no such plan was drawn');
  return plan;
}

describe('shrinking', () => {
  it('leaves one step and a plain source where nothing else matters', async () => {
    const { plan } = await shrinkWhile(
      firstWith(({ steps }) => steps.length === 4),
      ({ steps }) => steps.length > 0,
    );
    expect(plan.steps).toHaveLength(1);
    expect(plan.source).toEqual({
      format: 'raw',
      size: MiB,
      pattern: 'rich',
      writes: [],
      history: { kind: 'created' },
    });
    expect(featuresOf(plan, OPERATIONS).filter((feature) => feature !== 'compressed')).toEqual([]);
  });

  it('keeps both steps of what needs two', async () => {
    const needs = ({ steps }: Plan) => new Set(steps.map(({ operation }) => operation)).size >= 2;
    const { plan } = await shrinkWhile(
      firstWith((one) => needs(one) && one.steps.length >= 3),
      needs,
    );
    expect(plan.steps).toHaveLength(2);
  });

  it('keeps the format, the cluster size and the kind of write that it needs, and nothing more', async () => {
    const needs = ({ source }: Plan) =>
      source.format === 'qcow2' && source.clusterSize === 512 && source.writes.some(({ kind }) => kind === 'zeros');
    const { plan } = await shrinkWhile(firstWith(needs), needs);
    const { source } = plan;
    expect(source).toMatchObject({ format: 'qcow2', clusterSize: 512, size: MiB, refcountBits: 16, backing: [] });
    expect(source.history).toEqual({ kind: 'created' });
    expect(source.writes).toEqual([{ kind: 'zeros', offset: 0, length: 64 * KiB, unmap: false }]);
    const features = featuresOf(plan, OPERATIONS).filter((feature) => feature !== 'compressed');
    expect(features).toEqual(['clusterSize=512', 'format=qcow2', 'kind=zeros']);
  });

  it('brings what must be at the end of a disk along when the disk gets smaller', async () => {
    const atEnd = ({ source }: Plan) =>
      source.writes.some(({ kind, offset, length }) => kind === 'data' && offset + length === source.size);
    const large = firstWith((plan) => atEnd(plan) && plan.source.size > 4 * MiB);
    const { plan } = await shrinkWhile(large, atEnd);
    expect(plan.source.size).toBe(MiB);
    expect(plan.source.writes).toEqual([{ kind: 'data', offset: MiB - 512, length: 512, byte: 0xab }]);
  });

  it('makes a disk below the usual size as large, and brings what must be at its end along', async () => {
    const atEnd = ({ source }: Plan) =>
      source.writes.some(({ kind, offset, length }) => kind === 'data' && offset + length === source.size);
    const plain = (await shrinkWhile(firstWith(atEnd), atEnd)).plan;
    const half = { ...plain.source, size: 512 * KiB, writes: [{ ...write(0xab), offset: 512 * KiB - 512 }] };
    expect((await shrinkWhile({ ...plain, source: half } as Plan, atEnd)).plan).toEqual(plain);
  });

  it('keeps a disk as large as it must be, and an odd size odd', async () => {
    const large = ({ source }: Plan) => source.size > 32 * MiB;
    expect((await shrinkWhile(firstWith(large), large)).plan.source.size).toBe(64 * MiB);
    const odd = ({ source }: Plan) => source.size % (64 * KiB) !== 0;
    expect((await shrinkWhile(firstWith(odd), odd)).plan.source.size).toBe(MiB + 512);
  });

  it('makes one image of a chain where the chain does not matter', async () => {
    const isChain = ({ source }: Plan) => source.format === 'qcow2' && source.backing.length >= 2;
    const hasData = ({ source }: Plan) =>
      [source.writes, ...(source.format === 'qcow2' ? source.backing.map(({ writes }) => writes) : [])].flat().length >
      0;
    const { plan } = await shrinkWhile(
      firstWith((one) => isChain(one) && hasData(one)),
      hasData,
    );
    expect(plan.source).toMatchObject({ format: 'raw', size: MiB });
  });

  it('tells what each side’s own tool does first by itself, where that is enough', async () => {
    const steps = (plan: Plan) => plan.steps.flatMap((step) => (step.kind === 'run' ? [step] : []));
    const makes = (plan: Plan) =>
      steps(plan).some(
        ({ operation, options }) => /^(create|resize)$/.test(operation) && options['clusterSize'] === 4096,
      );
    const resizes = (plan: Plan) => steps(plan).every(({ operation }) => operation !== 'create') && makes(plan);
    const { plan } = await shrinkWhile(firstWith(resizes), makes);
    expect(plan.steps).toMatchObject([{ operation: 'create', options: { format: 'qcow2', clusterSize: 4096 } }]);
    expect(featuresOf(plan, OPERATIONS)).toEqual(['clusterSize=4096', 'format=qcow2']);
  });

  it('leaves one mistake where one is needed, and tells it', async () => {
    const isMistaken = ({ steps }: Plan) => steps.some((step) => step.kind === 'run' && step.mistakes !== undefined);
    const { plan } = await shrinkWhile(firstWith(isMistaken), isMistaken);
    const [step] = plan.steps;
    const [mistake] = step?.kind === 'run' ? (step.mistakes ?? []) : [];
    expect(featuresOf(plan, OPERATIONS)).toContain(`mistake=${mistake}`);
    expect(step).toMatchObject({ mistakes: [mistake] });
  });

  it('gives the same smallest plan each time', async () => {
    const needs = ({ source }: Plan) => source.format === 'vmdk' && source.writes.length > 1;
    const plan = firstWith(needs);
    expect((await shrinkWhile(plan, needs)).plan).toEqual((await shrinkWhile(plan, needs)).plan);
  });

  it('is bounded, whatever the plan', async () => {
    for (const plan of plans.slice(0, 40)) {
      const { runs } = await shrinkWhile(plan, (candidate) => candidate.steps.length > 0);
      expect(runs).toBeLessThan(250);
    }
  });
});

describe('a source like what a step leaves', () => {
  it('can be stored, whatever the step', () => {
    const left = plans.flatMap((plan) =>
      plan.steps.flatMap(({ kind, operation, ...step }) => {
        const leaves = OPERATIONS.find(({ name }) => name === operation)?.nature.leaves;
        if (kind === 'skipped' || !('options' in step) || leaves === undefined) return [];
        return [{ ...plan, source: leaves(step.options, plan.source) }];
      }),
    );
    expect(left.length).toBeGreaterThan(200);
    expect(left.filter((plan) => !isStored(plan, OPERATIONS))).toEqual([]);
  });

  it('lies above the backing that an unsafe rebase names, above the old one after a safe one', () => {
    const rebase = OPERATIONS.find(({ name }) => name === 'rebase');
    const plan = firstWith(({ steps }) => steps.some((step) => step.operation === 'rebase' && step.kind === 'run'));
    const step = plan.steps.find(({ operation, kind }) => operation === 'rebase' && kind === 'run');
    const below = (change: object) => {
      const options = step?.kind === 'run' ? step.options : {};
      const writes = { oldWrites: [write(1)], newWrites: [write(2)] };
      return rebase?.nature.leaves?.({ ...options, ...writes, ...change }, plan.source);
    };
    const next = { newBacking: 'next.qcow2' };
    expect(below({ ...next, mode: 'unsafe' })).toMatchObject({ backing: [{ writes: [{ byte: 2 }] }] });
    expect(below({ ...next, mode: 'safe' })).toMatchObject({ backing: [{ writes: [{ byte: 1 }] }] });
    expect(below({ newBacking: 'base.qcow2', mode: 'unsafe' })).toMatchObject({ backing: [{ writes: [{ byte: 1 }] }] });
    expect(below({ newBacking: '', mode: 'unsafe' })).toMatchObject({ backing: [] });
  });
});

describe('a place of a plan', () => {
  it('never gives the plan itself, nor one that cannot be stored as JSON', () => {
    for (const plan of plans.slice(0, 60)) {
      const text = JSON.stringify(plan);
      for (const spot of spotsOf(plan, OPERATIONS)) {
        for (const candidate of spot()) {
          const other = JSON.stringify(candidate);
          expect(other).not.toBe(text);
          expect(isDeepStrictEqual(JSON.parse(other), candidate)).toBe(true);
        }
      }
    }
  });
});
