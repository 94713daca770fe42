import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations/index.ts';
import type { LowerImage } from '../../src/plan/lower-image.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { plansOf } from '../../src/session/plans.ts';
import { featuresOf } from '../../src/triage/features.ts';
import { shrink } from '../../src/triage/shrink.ts';
import { spotsOf } from '../../src/triage/spots.ts';
import { isStored } from '../../src/triage/stored-plan.ts';

const planOf = plansOf('shrink', OPERATION_NAMES);
const plans = Array.from({ length: 1000 }, (_, index) => planOf(index));

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

const write = (byte: number) => ({ kind: 'data', offset: 0, length: 512, byte }) as const;

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

interface Resize {
  readonly size: number;
  readonly change: { readonly kind: 'to' | 'by'; readonly size: number };
  readonly writes: Source['writes'];
}

const resizesOf = ({ steps }: Plan) =>
  steps.flatMap((step) =>
    step.kind === 'run' && step.operation === 'resize' ? [step.options as unknown as Resize] : [],
  );
const isResized = (plan: Plan) => resizesOf(plan).length > 0;

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

  it('keeps a switch only where it is needed, and then says so', async () => {
    const isUnnamed = ({ source }: Plan) =>
      source.format === 'qcow2' && source.backing.some((layer) => 'unnamed' in layer && layer.unnamed === true);
    const drawn = firstWith(isUnnamed);
    const above = await shrinkWhile(drawn, ({ source }) => source.format === 'qcow2' && source.backing.length > 0);
    expect(above.plan.source).toMatchObject({ backing: [{ format: 'raw' }] });
    const { plan } = await shrinkWhile(drawn, isUnnamed);
    expect(plan.source).toMatchObject({ backing: [{ format: 'qcow2', size: MiB, writes: [], unnamed: true }] });
    expect(featuresOf(plan, OPERATIONS)).toContain('unnamed=true');
  });

  it('calls a command from above only where that is needed, and then says so', async () => {
    const above = ({ steps }: Plan) => steps.some((step) => step.kind === 'run' && step.calledFrom === 'above');
    const drawn = firstWith(above);
    expect((await shrinkWhile(drawn, ({ steps }) => steps.length > 0)).plan.steps).not.toMatchObject([
      { calledFrom: 'above' },
    ]);
    const { plan } = await shrinkWhile(drawn, above);
    expect(plan.steps).toMatchObject([{ calledFrom: 'above' }]);
    expect(featuresOf(plan, OPERATIONS)).toContain('calledFrom=above');
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

  /** A raw disk of 64 MiB that is converted after it was written to. */
  const written = (...writes: Source['writes']): Plan => {
    const base = firstWith(({ steps }) => steps.some(({ operation }) => operation === 'convert'));
    const source = { format: 'raw', size: 64 * MiB, pattern: 'rich', history: { kind: 'created' }, writes } as const;
    return { ...base, source };
  };

  it('brings what crosses a border in the middle of a large disk to the start, still across it', async () => {
    const crosses = ({ source: { writes } }: Plan) =>
      writes.some(({ offset, length }) => offset % (64 * KiB) !== 0 && (offset % (64 * KiB)) + length > 64 * KiB);
    const { plan } = await shrinkWhile(written({ ...write(1), offset: 30 * MiB - 4096, length: 64 * KiB }), crosses);
    expect(plan.source.size).toBe(MiB);
  });

  it('takes clusters of the usual size where the bug is at a border of clusters, whatever their size', async () => {
    const crosses = ({ source }: Plan) =>
      source.format === 'qcow2' &&
      source.writes.some(({ offset, length }) => (offset % source.clusterSize) + length > source.clusterSize);
    const plain = (await shrinkWhile(firstWith(crosses), crosses)).plan;
    const small = { ...plain.source, clusterSize: 512, writes: [{ ...write(1), offset: 4096 - 256 }] };
    const { plan } = await shrinkWhile({ ...plain, source: small } as Plan, crosses);
    expect(plan.source).toMatchObject({ clusterSize: 64 * KiB, size: MiB });
    expect(featuresOf(plan, OPERATIONS)).toEqual(featuresOf(plain, OPERATIONS));
  });

  it('makes a disk half as large before it makes it odd, where one must be smaller than another', async () => {
    const sizes = ({ steps }: Plan) => steps.flatMap((step) => (step.kind === 'run' ? [step.options] : []));
    const shorter = (plan: Plan) =>
      sizes(plan).some(({ overlaySize, newSize }) => newSize !== undefined && Number(newSize) < Number(overlaySize));
    const { plan } = await shrinkWhile(firstWith(shorter), shorter);
    expect(sizes(plan)).toMatchObject([{ overlaySize: MiB, newSize: MiB / 2 }]);
    expect(featuresOf(plan, OPERATIONS)).toEqual(['format=qcow2', 'new=shorter']);
  });

  it('brings what lies before the end of a shrink along when that end becomes even', async () => {
    const { plan } = await shrinkWhile(firstWith(isResized), isResized);
    const [step] = plan.steps;
    const options = {
      format: 'raw',
      size: 16 * MiB,
      change: { kind: 'by', size: 4 * MiB - 512, grow: false },
      writes: [{ ...write(0xab), offset: 12 * MiB - 4096, length: 4096 }],
    };
    const endsWithData = (candidate: Plan) =>
      resizesOf(candidate).some(({ size, change, writes }) => {
        const end = change.kind === 'to' ? change.size : size - change.size;
        return end < size && writes.some(({ offset, length }) => offset < end && offset + length > end - 64 * KiB);
      });
    const small = (await shrinkWhile({ ...plan, steps: [{ ...step, options }] } as Plan, endsWithData)).plan;
    expect(featuresOf(small, OPERATIONS)).toEqual(['shrinks']);
    expect(resizesOf(small)).toMatchObject([{ change: { kind: 'to' } }]);
  });

  it('tells of a format that rounds sizes by an odd size, where that is enough', async () => {
    const isOdd = ({ source: { format, size } }: Plan) => format === 'vpc' || size % (64 * KiB) !== 0;
    const vpc = firstWith(({ source: { format, size } }) => format === 'vpc' && size % MiB === 0);
    expect((await shrinkWhile(vpc, isOdd)).plan.source).toMatchObject({ format: 'raw', size: MiB + 512 });
  });

  it('takes over the odd size of a part that is not needed otherwise', async () => {
    const sized = (plan: Plan) =>
      plan.steps.flatMap((step) => (step.kind === 'run' && step.operation === 'create' ? [step.options] : []));
    const isOdd = (plan: Plan) =>
      sized(plan).some(({ size, backing }) => {
        const below = backing as { size: number; givesSize: boolean } | undefined;
        return Number(below?.givesSize ? below.size : size) % (64 * KiB) !== 0;
      });
    const [step] = (
      await shrinkWhile(
        firstWith((plan) => sized(plan).length > 0),
        (plan) => sized(plan).length > 0,
      )
    ).plan.steps;
    const backing = { format: 'raw', size: MiB + 512, writes: [], givesSize: true };
    const options = { format: 'qcow2', ...plainQcow2(64 * KiB), size: MiB, backing };
    const overlay = { ...plans[0], steps: [{ ...step, options }] } as Plan;
    expect(sized((await shrinkWhile(overlay, isOdd)).plan)).toEqual([{ format: 'raw', size: MiB + 512 }]);
  });

  it('leaves neighbours in the middle of a large disk neighbours', async () => {
    const neighbours = ({ source: { writes } }: Plan) =>
      writes.some(({ offset, length }) => writes.some((other) => other.offset === offset + length));
    const first = { ...write(1), offset: 30 * MiB, length: 4096 };
    const { plan } = await shrinkWhile(written(first, { ...first, offset: 30 * MiB + 4096 }), neighbours);
    expect(plan.source.size).toBe(MiB);
    expect(plan.source.writes).toHaveLength(2);
  });

  it('makes whole clusters of what only counts as whole clusters, when it gets to an even end', async () => {
    const cluster = 64 * KiB;
    const zeroed = ({ source: { size, writes } }: Plan) =>
      writes.some(
        ({ kind, offset, length }) =>
          kind === 'zeros' &&
          offset % cluster === 0 &&
          offset + length === size &&
          length >= Math.min(cluster, size - offset),
      );
    const plan = written({ kind: 'zeros', offset: 64 * MiB, length: 512, unmap: false });
    const odd = { ...plan, source: { ...plan.source, size: 64 * MiB + 512 } };
    expect((await shrinkWhile(odd, zeroed)).plan.source.size).toBe(MiB);
  });

  it('spells out what is short for something else, and goes on from there', async () => {
    const optionsOf = ({ steps }: Plan) => steps.flatMap((step) => (step.kind === 'run' ? [step.options] : []));
    const seeded = (plan: Plan) =>
      optionsOf(plan).some(
        ({ seed, overlayWrites }) =>
          seed === 'seed-64k' || (seed === 'none' && Array.isArray(overlayWrites) && overlayWrites.length > 0),
      );
    const named = firstWith((plan) =>
      optionsOf(plan).some(({ seed, overlayWrites }) => seed === 'seed-64k' && isDeepStrictEqual(overlayWrites, [])),
    );
    const [options] = optionsOf((await shrinkWhile(named, seeded)).plan);
    expect(options).toMatchObject({ seed: 'none', overlayWrites: [write(0xab)] });
  });

  it('keeps the lowest image of a chain of three where it is needed, and no more of it than that', async () => {
    const lowest = ({ steps }: Plan) =>
      steps.flatMap((step) =>
        step.kind === 'run' ? ((step.options['belowBase'] as LowerImage | undefined) ?? []) : [],
      );
    const isDeep = (plan: Plan) => lowest(plan).some(({ writes }) => writes.some(({ kind }) => kind === 'data'));
    const { plan } = await shrinkWhile(firstWith(isDeep), isDeep);
    expect(lowest(plan)).toEqual([{ size: MiB, writes: [write(0xab)] }]);
    expect(featuresOf(plan, OPERATIONS)).toEqual(['belowBase', 'format=qcow2']);
    const isCommit = ({ steps }: Plan) => steps.some(({ operation }) => operation === 'commit');
    expect(lowest((await shrinkWhile(plan, isCommit)).plan)).toEqual([]);
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

  it('makes compressed clusters of the image itself of those below it, or of a compressed conversion', async () => {
    const { source } = firstWith(({ source: { format, history } }) => format === 'qcow2' && history.kind === 'created');
    const layer = { format: 'qcow2', ...plainQcow2(64 * KiB), size: MiB } as const;
    const clusters = [{ ...write(0xab), kind: 'compressed', length: 64 * KiB }] as const;
    const plain = { ...source, ...layer, writes: [], backing: [], history: { kind: 'created' } } as const;
    const converted = {
      ...plain,
      writes: [write(0xab)],
      history: { kind: 'converted', from: 'raw', compressed: true },
    };
    const isCompressed = ({ source: one }: Plan) =>
      one.format === 'qcow2' &&
      ((one.history.kind === 'converted' && one.history.compressed && one.writes.length > 0) ||
        [one, ...one.backing].some(({ writes }) => writes.some(({ kind }) => kind === 'compressed')));
    for (const start of [{ ...plain, backing: [{ ...layer, writes: clusters }] }, converted]) {
      const { plan } = await shrinkWhile({ ...firstWith(() => true), source: start as Source }, isCompressed);
      expect(plan.source).toMatchObject({ history: { kind: 'created' }, backing: [], writes: clusters });
    }
  });

  describe('noise', () => {
    const noise = { ...write(3), length: 64 * KiB, content: 'incompressible' } as const;
    const contents = ({ source: { writes } }: Plan) =>
      writes.map((one) => ('content' in one ? one.content : undefined));

    it('becomes plain data where those are enough', async () => {
      const hasData = ({ source: { writes } }: Plan) => writes.some(({ kind }) => kind === 'data');
      const { plan } = await shrinkWhile(written(noise, { ...noise, kind: 'compressed', offset: MiB }), hasData);
      expect(plan.source.writes).toEqual([write(0xab)]);
    });

    it('becomes of the kind that can be compressed where that is enough', async () => {
      const { plan } = await shrinkWhile(written(noise), (one) =>
        contents(one).some((content) => content !== undefined),
      );
      expect(contents(plan)).toEqual(['half-compressible']);
      expect(featuresOf(plan, OPERATIONS)).toContain('content=half-compressible');
    });

    it('stays where nothing else is enough, and is told', async () => {
      const { plan } = await shrinkWhile(written({ ...noise, kind: 'compressed' }), (one) =>
        contents(one).includes('incompressible'),
      );
      expect(plan.source.writes).toEqual([{ ...write(0xab), content: 'incompressible' }]);
      expect(featuresOf(plan, OPERATIONS)).toContain('content=incompressible');
    });

    it('below an image stays noise when both become one', async () => {
      const { source } = firstWith(({ source: one }) => one.format === 'qcow2' && one.history.kind === 'created');
      const layer = { format: 'qcow2', ...plainQcow2(64 * KiB), size: MiB } as const;
      const chain = { ...source, ...layer, writes: [], backing: [{ ...layer, writes: [noise] }] } as unknown as Source;
      const isNoisy = ({ source: one }: Plan) => JSON.stringify(one).includes('"incompressible"');
      const { plan } = await shrinkWhile({ ...firstWith(() => true), source: chain }, isNoisy);
      expect(plan.source).toMatchObject({ format: 'raw', writes: [{ content: 'incompressible' }] });
    });
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

  it('makes the most ordinary of the mistakes that show the same', async () => {
    const isDamaged = ({ steps }: Plan) =>
      steps.some((step) => step.kind === 'run' && step.mistakes?.some((name) => name.startsWith('damaged-')));
    const damages = plans
      .slice(0, 300)
      .filter(isDamaged)
      .map((plan) => shrinkWhile(plan, isDamaged));
    const made = (await Promise.all(damages)).flatMap(({ plan }) => plan.steps);
    expect(new Set(made.flatMap((step) => (step.kind === 'run' ? (step.mistakes ?? []) : [])))).toEqual(
      new Set(['damaged-version']),
    );
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
  it.each(OPERATIONS.filter(({ nature }) => nature.leaves !== undefined))(
    'can be stored after $name',
    ({ name, nature }) => {
      const left = plans.flatMap((plan) =>
        plan.steps.flatMap((step) => {
          if (step.kind === 'skipped' || step.operation !== name) return [];
          return [{ ...plan, source: nature.leaves?.(step.options, plan.source) }];
        }),
      );
      expect(left.length).toBeGreaterThan(50);
      expect(left.filter((plan) => !isStored(plan as Plan, OPERATIONS))).toEqual([]);
    },
  );

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
    const ofEach = OPERATION_NAMES.flatMap((name) =>
      plans.filter(({ steps }) => steps.some(({ operation }) => operation === name)).slice(0, 4),
    );
    expect(ofEach).toHaveLength(4 * OPERATION_NAMES.length);
    for (const plan of new Set(ofEach)) {
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
