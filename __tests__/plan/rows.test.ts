import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { WRONG } from '../../src/operations/parts/check-damage.ts';
import { noiseFilesIn } from '../../src/operations/parts/noise.ts';
import { seededDraw } from '../../src/plan/draw.ts';
import type { LowerImage } from '../../src/plan/lower-image.ts';
import type { Options } from '../../src/plan/plan.ts';
import { REFCOUNT_BITS } from '../../src/plan/qcow2.ts';
import { GiB, KiB, MiB } from '../../src/plan/size.ts';
import { piecesOf } from '../../src/plan/stripes.ts';
import { FEATURES, type Feature } from '../../src/plan/swarm.ts';
import { drawBlocks, Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';

const planOf = plansOf('rows', USUAL_NAMES);
const plans = Array.from({ length: 4000 }, (_, index) => planOf(index));

function drawn(operation: string, where: (options: Options) => boolean = () => true): Options[] {
  const steps = plans.flatMap(({ steps }) => steps);
  return steps.flatMap((step) =>
    step.kind === 'run' && step.operation === operation && where(step.options) ? [step.options] : [],
  );
}

const values = (options: Options[], key: string) => new Set(options.map((option) => option[key]));
const share = (options: Options[], holds: (options: Options) => boolean) =>
  options.filter(holds).length / options.length;

const writesOf = (value: unknown) => value as readonly Write[];
const belowOf = ({ belowBase }: Options) => belowBase as LowerImage;

/** Where the first cluster begins that each of the overlay's writes empties as a whole, above an image below the base. */
function emptiedOver(options: Options): number[] {
  if (options['belowBase'] === undefined) return [];
  const unit = Number(options['clusterSize']);
  return writesOf(options['overlayWrites']).flatMap(({ kind, offset, length }) => {
    const first = Math.ceil(offset / unit) * unit;
    const isWhole = kind === 'zeros' || kind === 'discard' ? first + unit <= offset + length : false;
    return isWhole && first < belowOf(options).size ? [first] : [];
  });
}

const isDataAt = (writes: readonly Write[], at: number) =>
  writes.some(({ kind, offset, length }) => kind === 'data' && offset <= at && at < offset + length);

const hasCompressed = (value: unknown) => writesOf(value).some(({ kind }) => kind === 'compressed');

describe('source images', () => {
  const sources = plans.map(({ source }) => source);

  it('come in the usual formats, sizes and cluster sizes, and in one format more', () => {
    expect(new Set(sources.map(({ format }) => format))).toEqual(new Set(['qcow2', 'raw', 'vmdk', 'vpc', 'vhdx']));
    const sizes = new Set(sources.map(({ size }) => size));
    for (const size of [MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB]) expect(sizes).toContain(size);
    const clusters = sources.flatMap((source) => (source.format === 'qcow2' ? [source.clusterSize] : []));
    expect(new Set(clusters)).toEqual(new Set([512, 4 * KiB, 64 * KiB, 256 * KiB, 2 * MiB]));
  });

  it('keep mostly to the usual sizes where odd ones are switched off, and to whole sectors always', () => {
    const plain = plans.filter(({ swarm }) => !swarm.includes('odd-sizes')).map(({ source }) => source.size);
    const usual = [MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB];
    const share = plain.filter((size) => usual.includes(size)).length / plain.length;
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.8);
    expect(new Set(plain.filter((size) => usual.includes(size)))).toEqual(new Set(usual));
    expect(sources.filter(({ size }) => size % 512 !== 0)).toEqual([]);
    expect(sources.filter(({ size }) => size % MiB !== 0).length).toBeGreaterThan(500);
  });

  it('carry a partition table only when they are raw', () => {
    const tables = plans.filter(({ source }) => source.pattern === 'mbr');
    expect(tables.length).toBeGreaterThan(0);
    expect(new Set(tables.map(({ source }) => source.format))).toEqual(new Set(['raw']));
  });

  it('stand on chains of one to three images, and came out of each earlier operation', () => {
    const depths = sources.flatMap((source) => (source.format === 'qcow2' ? [source.backing.length] : []));
    expect(new Set(depths)).toEqual(new Set([0, 1, 2, 3]));
    const histories = new Set(sources.map(({ history }) => history.kind));
    expect(histories).toEqual(new Set(['created', 'converted', 'resized', 'committed', 'rebased']));
  });

  it('write only within their disk, and compressed clusters whole and before all else', () => {
    for (const { source } of plans) {
      const disk = source.history.kind === 'resized' ? source.history.from : source.size;
      expect(piecesOf(source.writes).filter(({ offset, length }) => offset < 0 || offset + length > disk)).toEqual([]);
      const kinds = source.writes.map(({ kind }) => kind === 'compressed');
      expect(kinds).toEqual(kinds.toSorted((a, b) => Number(b) - Number(a)));
    }
  });
});

describe('the swarm', () => {
  it('leaves exactly half of the features on, each about equally often', () => {
    for (const { swarm } of plans) expect(swarm).toHaveLength(FEATURES.length / 2);
    for (const feature of FEATURES) {
      const share = plans.filter(({ swarm }) => swarm.includes(feature)).length / plans.length;
      expect(Math.abs(share - 0.5), feature).toBeLessThan(0.04);
    }
  });

  it('decides which kinds of writes there are', () => {
    const kindsWith = (feature: Feature, on: boolean) =>
      new Set(
        plans
          .filter(({ swarm }) => swarm.includes(feature) === on)
          .flatMap(({ source }) => source.writes.map(({ kind }) => kind)),
      );
    for (const [feature, kind] of [
      ['zero-writes', 'zeros'],
      ['discards', 'discard'],
      ['compressed-writes', 'compressed'],
    ] as const) {
      expect(kindsWith(feature, true), feature).toContain(kind);
      expect(kindsWith(feature, false), feature).not.toContain(kind);
    }
  });
});

describe('noise', () => {
  const KINDS = ['half-compressible', 'incompressible'] as const;
  const writesIn = (part: unknown): Write[] => {
    if (typeof part !== 'object' || part === null) return [];
    return v.is(Write, part) ? [part] : Object.values(part).flatMap(writesIn);
  };
  const contents = (part: unknown) =>
    writesIn(part).flatMap((write) => (write.kind === 'data' || write.kind === 'compressed' ? [write.content] : []));
  const featuresOn = ({ swarm }: (typeof plans)[number]) => KINDS.filter((kind) => swarm.includes(`${kind}-data`));

  it('is of the kinds that the swarm allows, two in five of the writes that can be', () => {
    for (const kind of KINDS) {
      const without = plans.filter((plan) => !featuresOn(plan).includes(kind));
      expect(without.flatMap(contents)).not.toContain(kind);
    }
    const rich = plans.filter((plan) => featuresOn(plan).length > 0 && plan.source.pattern === 'rich');
    const data = rich.flatMap(({ source }) => contents(source));
    const noisy = data.filter((content) => content !== undefined).length / data.length;
    // An eighth of plain data are zeros instead.
    expect(Math.abs(noisy - 0.37)).toBeLessThan(0.03);
  });

  it('is written plainly and compressed, into the source and every other image', () => {
    for (const kind of ['data', 'compressed']) {
      const all = plans.flatMap(({ source }) => writesIn(source)).filter((write) => write.kind === kind);
      expect(new Set(all.flatMap(contents)), kind).toEqual(new Set([undefined, ...KINDS]));
    }
    for (const operation of ['commit', 'rebase', 'resize', 'create']) {
      expect(new Set(drawn(operation).flatMap(contents)), operation).toEqual(new Set([undefined, ...KINDS]));
    }
  });

  it('fills whole clusters of a conversion in one source in six that may have it', () => {
    const may = plans.filter(({ swarm }) => swarm.includes('incompressible-data'));
    const fills = (write: Write) =>
      'content' in write &&
      write.content === 'incompressible' &&
      Math.floor((write.offset + write.length) / (64 * KiB)) > Math.ceil(write.offset / (64 * KiB));
    const share = may.filter(({ source }) => source.writes.some(fills)).length / may.length;
    expect(share).toBeGreaterThan(1 / 6);
  });

  it('is of so few numbers that an iteration has six of it at most', () => {
    const different = plans.map((plan) => noiseFilesIn(plan).length);
    expect(Math.max(...different)).toBeLessThanOrEqual(6);
    expect(different.filter((count) => count === 0).length).toBeGreaterThan(plans.length / 4);
  });
});

describe('mistakes', () => {
  const onRequest = OPERATION_NAMES.filter((name) => !USUAL_NAMES.includes(name));
  const asked = plansOf('rows', onRequest);
  const both = [...plans, ...Array.from({ length: 2000 }, (_, index) => asked(index))];
  const steps = both.flatMap((plan) => plan.steps).flatMap((step) => (step.kind === 'run' ? [step] : []));

  it('are made before about one step in five, and each that an operation knows is made', () => {
    const mistaken = steps.filter(({ mistakes }) => mistakes !== undefined);
    expect(Math.abs(mistaken.length / steps.length - 0.2)).toBeLessThan(0.03);
    const lenient = (operation: string, mistake: string) => operation === 'info' && mistake.startsWith('damaged');
    for (const { name, mistakes } of OPERATIONS) {
      const made = mistaken.flatMap((step) => (step.operation === name ? (step.mistakes ?? []) : []));
      expect(new Set(made), name).toEqual(new Set(mistakes.flat().filter((mistake) => !lenient(name, mistake))));
    }
  });

  it('are up to four, no two of them of one group', () => {
    expect(Math.max(...steps.map(({ mistakes = [] }) => mistakes.length))).toBe(4);
    for (const { operation, mistakes: made = [] } of steps) {
      expect(new Set(made).size).toBe(made.length);
      const groups = OPERATIONS.find(({ name }) => name === operation)?.mistakes ?? [];
      for (const group of groups) expect(made.filter((name) => group.includes(name)).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('create', () => {
  it('mostly makes a new file, but also replaces one of each format', () => {
    const replacing = drawn('create').filter(({ occupied }) => occupied === true);
    expect(Math.abs(replacing.length / drawn('create').length - 0.25)).toBeLessThan(0.06);
    expect(values(replacing, 'format')).toEqual(new Set(['qcow2', 'raw', 'vhdx', 'vmdk']));
  });

  it('keeps a preallocated qcow2 disk at 1 MiB and combines none with extended L2 entries', () => {
    const preallocated = drawn(
      'create',
      ({ format, preallocation }) => format === 'qcow2' && preallocation !== undefined,
    );
    expect(values(preallocated, 'preallocation')).toEqual(new Set(['metadata', 'falloc', 'full']));
    expect(values(preallocated, 'size')).toEqual(new Set([MiB]));
    expect(values(preallocated, 'extendedL2')).toEqual(new Set([false]));
  });

  it('always gives the block size of a vhdx', () => {
    const blocks = values(
      drawn('create', ({ format }) => format === 'vhdx'),
      'blockSize',
    );
    expect(blocks).toEqual(new Set([MiB, 16 * MiB, 32 * MiB]));
  });

  it('asks for lazy refcounts in three of ten', () => {
    const qcow2 = drawn('create', ({ format }) => format === 'qcow2');
    expect(Math.abs(share(qcow2, ({ lazyRefcounts }) => lazyRefcounts === true) - 0.3)).toBeLessThan(0.1);
  });

  it('asks for every width of refcounts, and for overlays of five formats', () => {
    expect(values(drawn('create'), 'refcountBits')).toEqual(new Set([undefined, ...REFCOUNT_BITS]));
    const backings = drawn('create').flatMap(({ backing }) =>
      backing ? [(backing as { format: string }).format] : [],
    );
    expect(new Set(backings)).toEqual(new Set(['qcow2', 'raw', 'vmdk', 'vpc', 'vhdx']));
  });
});

describe('what fixtures hold beyond the usual', () => {
  const sources = plans.map(({ source }) => source);
  const rate = <T>(all: readonly T[], holds: (one: T) => boolean) => all.filter(holds).length / all.length;

  it('never lies beyond the end of a small disk', () => {
    const size = 70 * KiB;
    const blocks = Array.from({ length: 100 }, (_, index) => drawBlocks(seededDraw(`ends/${index}`), size)).flat();
    expect(blocks.filter(({ offset, length }) => offset + length > size)).toEqual([]);
    expect(new Set(blocks.map(({ offset }) => offset)).size).toBeGreaterThan(4);
  });

  it('is zeros as a guest writes them, also over what is below', () => {
    const isZeros = (write: Write) => write.kind === 'data' && write.byte === 0 && write.content === undefined;
    const commits = drawn('commit');
    expect(rate(commits, ({ overlayWrites }) => writesOf(overlayWrites).some(isZeros))).toBeGreaterThan(0.08);
    const hidden = commits.filter(({ baseWrites, overlayWrites }) =>
      writesOf(overlayWrites).some((zeros) => isZeros(zeros) && isDataAt(writesOf(baseWrites), zeros.offset)),
    );
    expect(hidden.length / commits.length).toBeGreaterThan(0.01);
  });

  it('is data beyond 32 bits, in formats whose holes cost nothing', () => {
    const large = sources.filter(({ size }) => size > 4 * GiB);
    expect(large.length / sources.length).toBeGreaterThan(0.01);
    expect(large.length / sources.length).toBeLessThan(0.05);
    expect(new Set(large.map(({ format }) => format))).toEqual(new Set(['qcow2', 'vmdk', 'vpc']));
    expect(rate(large, ({ writes }) => writes.some(({ offset, length }) => offset + length > 4 * GiB))).toBeGreaterThan(
      0.4,
    );
  });

  it('is chains of which each image has a layout of its own, or stands right on a raw one', () => {
    const chains = sources.flatMap((source) =>
      source.format === 'qcow2' && source.backing.length > 0 ? [source] : [],
    );
    const isMixed = ({ clusterSize, backing }: (typeof chains)[number]) =>
      backing.some((layer) => layer.format === 'qcow2' && layer.clusterSize !== clusterSize);
    expect(rate(chains, isMixed)).toBeGreaterThan(0.2);
    expect(rate(chains, ({ backing }) => backing[0]?.format === 'raw')).toBeGreaterThan(0.1);
  });

  it('is chains of qcow2 images above one of any format, below which nothing lies', () => {
    const chains = sources.flatMap((source) =>
      source.format === 'qcow2' && source.backing.length > 0 ? [source.backing] : [],
    );
    const lowest = chains.map((layers) => layers.at(-1)?.format);
    expect(new Set(lowest)).toEqual(new Set(['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx']));
    for (const format of ['vmdk', 'vpc', 'vhdx']) expect(rate(lowest, (one) => one === format)).toBeGreaterThan(0.05);
    expect(chains.flatMap((layers) => layers.slice(0, -1)).filter(({ format }) => format !== 'qcow2')).toEqual([]);
    expect(rate(chains, ({ length }) => length === 3)).toBeGreaterThan(0.1);
  });

  it('is chains in which some images do not record the format of the one below, which is qcow2 then', () => {
    const layers = sources.flatMap((source) => (source.format === 'qcow2' ? source.backing : []));
    const unnamed = layers.filter((layer) => 'unnamed' in layer && layer.unnamed === true);
    expect(unnamed.length / layers.length).toBeGreaterThan(0.1);
    expect(unnamed.length / layers.length).toBeLessThan(0.35);
    expect(unnamed.filter(({ format }) => format !== 'qcow2')).toEqual([]);
  });

  it('is options of the formats that the subject has to read', () => {
    const withOption = (name: string) => rate(sources, (source) => name in source);
    for (const name of ['zeroedGrains', 'exactSize', 'absentBlocks'])
      expect(withOption(name), name).toBeGreaterThan(0.01);
  });
});

describe('internal snapshots', () => {
  const images = plans.flatMap(({ source }) =>
    source.format === 'qcow2' && source.snapshot !== undefined ? [source] : [],
  );

  it('are in some sources, bases and overlays', () => {
    const taken = ['commit', 'rebase'].map((operation) =>
      share(drawn(operation), ({ snapshot }) => snapshot !== undefined),
    );
    const sources = plans.filter(({ source }) => source.format === 'qcow2' && source.history.kind === 'created');
    for (const part of [...taken, images.length / sources.length]) {
      expect(part).toBeGreaterThan(0.06);
      expect(part).toBeLessThan(0.18);
    }
  });

  it('are where the format can count them, and are not written over with compressed data', () => {
    expect(images.length).toBeGreaterThan(50);
    for (const { compat, refcountBits, writes, history } of images) {
      expect([compat, history.kind, refcountBits === 1, hasCompressed(writes)]).toEqual([
        '1.1',
        'created',
        false,
        false,
      ]);
    }
  });

  it('share clusters with what is written later, by whom ever', () => {
    const overlaps = (one: readonly Write[], other: readonly Write[]) =>
      one.some((a) => other.some((b) => a.offset < b.offset + b.length && b.offset < a.offset + a.length));
    const commits = drawn('commit', ({ snapshot }) => snapshot !== undefined);
    const shared = share(commits, ({ snapshot, overlayWrites }) =>
      overlaps(writesOf(snapshot), writesOf(overlayWrites)),
    );
    expect(shared).toBeGreaterThan(0.3);
  });
});

describe('check', () => {
  it('also looks at images in which a count is wrong, in both ways', () => {
    // That a cluster is counted too often, the subject is known not to look for.
    const looked = WRONG.filter((wrong) => wrong !== 'twice');
    expect(values(drawn('check'), 'miscount')).toEqual(new Set([undefined, ...looked]));
    expect(share(drawn('check'), ({ miscount }) => miscount !== undefined)).toBeGreaterThan(0.1);
  });
});

describe('convert', () => {
  it('mostly makes a new file, but also replaces one', () => {
    for (const name of ['convert', 'convert_compressed']) {
      expect(Math.abs(share(drawn(name), ({ occupied }) => occupied === true) - 0.12)).toBeLessThan(0.04);
    }
  });

  it('writes extended L2 entries too', () => {
    expect(share(drawn('convert'), ({ extendedL2 }) => extendedL2 === true)).toBeGreaterThan(0.01);
  });

  it('has the usual targets, and the block formats where the swarm allows them', () => {
    expect(values(drawn('convert'), 'target')).toEqual(new Set(['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx']));
    expect(values(drawn('convert_compressed'), 'target')).toEqual(new Set(['raw', 'qcow2', 'vmdk']));
  });
});

describe('resize', () => {
  it('stays away from 2 MiB clusters and keeps what is filled small', () => {
    expect(values(drawn('resize'), 'clusterSize')).not.toContain(2 * MiB);
    const filled = drawn('resize', ({ preallocation }) => preallocation === 'full' || preallocation === 'falloc');
    expect(values(filled, 'size')).toEqual(new Set([MiB, 4 * MiB]));
  });

  it('works on what the reference made in half of the picks', () => {
    expect(Math.abs(share(drawn('resize'), ({ madeBy }) => madeBy === 'reference') - 0.5)).toBeLessThan(0.06);
  });

  it('shrinks, grows and names absolute sizes', () => {
    const changes = drawn('resize').map(({ change }) => JSON.stringify(change));
    expect(changes.some((change) => change.includes('"grow":true'))).toBe(true);
    expect(changes.some((change) => change.includes('"grow":false'))).toBe(true);
    expect(changes.some((change) => change.includes('"kind":"to"'))).toBe(true);
  });
});

describe('rebase', () => {
  it('detaches in about a quarter of the picks, and uses both modes', () => {
    const rebases = drawn('rebase');
    expect(Math.abs(share(rebases, ({ newBacking }) => newBacking === '') - 0.25)).toBeLessThan(0.05);
    expect(values(rebases, 'mode')).toEqual(new Set(['safe', 'unsafe']));
  });

  it('has chains of three, old and new, in a quarter of the picks, and detaches from them too', () => {
    const rebases = drawn('rebase');
    expect(Math.abs(share(rebases, ({ belowOld }) => belowOld !== undefined) - 0.23)).toBeLessThan(0.04);
    const onto = drawn('rebase', ({ newBacking }) => newBacking === 'next.qcow2');
    expect(Math.abs(share(onto, ({ belowNew }) => belowNew !== undefined) - 0.23)).toBeLessThan(0.04);
    const unused = drawn('rebase', ({ newBacking, belowNew }) => newBacking !== 'next.qcow2' && belowNew !== undefined);
    expect(unused).toEqual([]);
    expect(drawn('rebase', ({ newBacking, belowOld }) => newBacking === '' && belowOld !== undefined)).not.toEqual([]);
  });

  it('takes the image in the middle out of half of the chains that may be, none of them shorter than the overlay', () => {
    const taken = drawn('rebase', ({ newBacking }) => newBacking === 'root.qcow2');
    expect(taken.length).toBeGreaterThan(20);
    expect(taken.filter(({ oldSize, overlaySize }) => Number(oldSize) < Number(overlaySize))).toEqual([]);
    expect(taken.filter(({ belowOld, belowNew }) => belowOld === undefined || belowNew !== undefined)).toEqual([]);
  });

  it('has compressed clusters in the new backing, and in every image where none is copied', () => {
    const intoNew = drawn('rebase', ({ newBacking, mode }) => newBacking === 'next.qcow2' && mode === 'safe');
    expect(share(intoNew, ({ newWrites }) => hasCompressed(newWrites))).toBeGreaterThan(0.05);
    const unsafe = drawn('rebase', ({ mode }) => mode === 'unsafe');
    for (const image of ['oldWrites', 'newWrites', 'overlayWrites']) {
      expect(
        share(unsafe, (options) => hasCompressed(options[image])),
        image,
      ).toBeGreaterThan(0.1);
    }
  });
});

describe('commit', () => {
  it('keeps to clusters of at most 64 KiB, with and without the seed and the explicit base', () => {
    const commits = drawn('commit');
    expect(values(commits, 'clusterSize')).toEqual(new Set([512, 4 * KiB, 64 * KiB]));
    expect(values(commits, 'seed')).toEqual(new Set(['none', 'seed-64k']));
    expect(values(commits, 'explicitBase')).toEqual(new Set([true, false]));
  });

  it('commits into a base that stands on another image in a quarter of the picks', () => {
    expect(Math.abs(share(drawn('commit'), ({ belowBase }) => belowBase !== undefined) - 0.25)).toBeLessThan(0.04);
  });

  it('mostly has data in the lowest image where the overlay empties whole clusters over it', () => {
    const deep = drawn('commit', (options) => emptiedOver(options).length > 0);
    expect(deep.length).toBeGreaterThan(50);
    const shown = share(deep, (options) => emptiedOver(options).some((at) => isDataAt(belowOf(options).writes, at)));
    expect(shown).toBeGreaterThan(0.7);
  });

  it('commits beside compressed clusters of the base', () => {
    const beside = ({ seed, baseWrites, overlayWrites }: Options) =>
      hasCompressed(baseWrites) && (seed !== 'none' || writesOf(overlayWrites).length > 0);
    expect(share(drawn('commit'), beside)).toBeGreaterThan(0.05);
  });
});
