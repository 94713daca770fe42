import * as v from 'valibot';
import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import type { Invariant } from '../oracles/observation.ts';
import { sameToThirdReader } from '../oracles/third-reader.ts';
import { drawBackingSize, lengthOf } from '../plan/chain.ts';
import type { Draw } from '../plan/draw.ts';
import { drawLowerImage, keptBelow, LowerImage, lengthBelow } from '../plan/lower-image.ts';
import type { Circumstances } from '../plan/plan.ts';
import {
  ChainLayout,
  drawOtherRefcounts,
  layoutInChain,
  OLD_CHAIN,
  plainQcow2,
  qcow2Arguments,
  qcow2Geometry,
} from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { ABOUT_SIZES, DiskSize, drawSize, KiB, MiB } from '../plan/size.ts';
import { UNUSUAL } from '../plan/swarm.ts';
import { uncompressed, type Write, Writes } from '../plan/write.ts';
import { build, type Image, type ImageDescription, imageOf, lowerLayers, overlaySource } from './fixture.ts';
import { DAMAGES, missingFile, unknownFlag, wrongWords } from './mistake.ts';
import { operation } from './operation.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB, 256 * KiB] as const;

/** The images by their names without an extension, which is the format. */
const BELOW = 'below';
const BASE = 'base';
const MIDDLE = 'middle';
const OVERLAY = 'overlay';

/** What `seed-64k` writes: 64 KiB of 0xab at the start of the overlay. */
const SEED: Write = { kind: 'data', offset: 0, length: 64 * KiB, byte: 0xab };

const Commit = v.strictObject({
  ...ChainLayout.entries,
  size: DiskSize,
  baseSize: DiskSize,
  explicitBase: v.boolean(),
  seed: v.picklist(['none', 'seed-64k']),
  baseWrites: Writes,
  overlayWrites: Writes,
  /** The image that the base stands on, where it is not the lowest. What the overlay empties must not bring its data back. */
  belowBase: v.optional(LowerImage),
  /** The overlay's, where it is another than the base's. */
  overlayClusterSize: v.optional(v.picklist([4 * KiB, 512])),
  /** Data of an image between the two, past which the overlay is committed. */
  middleWrites: v.optional(Writes),
  /** The format, where it is not qcow2; the layout then says nothing. */
  format: v.optional(v.picklist(['vmdk'])),
});
type Commit = v.InferOutput<typeof Commit>;

/** An image that is not in the chain. */
const wrongBase = wrongWords('wrong-base', (args) => [
  'commit',
  '-b',
  'gone.img',
  ...args.slice(1).filter((word, at, words) => word !== '-b' && words[at - 1] !== '-b'),
]);

/** Merges an overlay's data into its backing file. */
export const commit = operation({
  name: 'commit',
  schema: Commit,
  mistakes: [missingFile, wrongBase, unknownFlag, DAMAGES],
  nature: {
    features: ({ size, baseSize, belowBase }) => [
      'format=qcow2',
      ...lengthOf('base', baseSize, size),
      ...lengthBelow('belowBase', belowBase, baseSize),
    ],
    spelledOut: ({ seed, overlayWrites, ...options }) =>
      seed === 'none' ? undefined : { ...options, seed: 'none', overlayWrites: [SEED, ...overlayWrites] },
    leaves: (options) => {
      const { size, baseSize, baseWrites, overlayWrites, belowBase } = options;
      const layout = layoutInChain(options);
      const base = { format: 'qcow2', ...layout, size: baseSize, writes: [...baseWrites, ...overlayWrites] } as const;
      return overlaySource({ ...layout, size, writes: [] }, base, ...lowerLayers(layout, belowBase));
    },
  },
  pick: (draw, circumstances) => drawCommit(draw, circumstances),
  script: (options) => {
    const { explicitBase, middleWrites, belowBase, format = 'qcow2' } = options;
    const named = explicitBase || middleWrites !== undefined;
    const files = [BELOW, BASE, MIDDLE, OVERLAY].map((name) => `${name}.${format}`) as Files;
    const [below, base, , overlay] = files;
    const images = imagesOf(options, files);
    const lowest = belowBase ? [below] : [];
    const args = ['commit', ...(named ? ['-b', base] : []), overlay];
    return {
      usesSource: false,
      // A vmdk knows its parent by a number that changes with the parent's data: that is written before it is made.
      prepare: format === 'vmdk' ? images.flatMap((image) => build([image])) : build(images),
      subject: args,
      reference: args,
      operand: overlay,
      inputs: lowest.map((path) => ({ path, format })),
      outputs: [
        // For the same reason the overlay of a vmdk cannot be read afterwards.
        ...(format === 'vmdk' ? [] : [{ path: overlay, format, below: images.slice(0, -1).map(({ file }) => file) }]),
        { path: base, format, ...(belowBase ? { below: lowest } : {}) },
      ],
      invariants: invariantsOf(options),
      oracles: [noCrash, sameSuccess, inputsUntouched],
      readbacks: [
        sameWrittenInfo((_, { path }) => `commit_${path === base ? 'backing' : 'overlay'}_info_divergence`),
        sameContent,
        notLessConsistent,
        sameToThirdReader,
      ],
    };
  },
});

type Files = [below: string, base: string, middle: string, overlay: string];

/** The chain, the lowest image first. */
function imagesOf(options: Commit, [lower, base, middle, overlay]: Files): Image[] {
  const { size, baseSize, baseWrites, middleWrites, belowBase, format = 'qcow2' } = options;
  const layout = format === 'qcow2' ? qcow2Arguments(layoutInChain(options)) : {};
  const top = options.overlayClusterSize ? qcow2Arguments(layoutInChain(options, options.overlayClusterSize)) : layout;
  // What is compressed comes first: it cannot be written over anything.
  const compressed = options.overlayWrites.filter(({ kind }) => kind === 'compressed');
  const seed = options.seed === 'seed-64k' ? [SEED] : [];
  const writes = [...compressed, ...seed, ...uncompressed(options.overlayWrites)];
  const image = (description: Omit<ImageDescription, 'format'>) => imageOf({ format, ...description });
  const above = (file: string) => ({ file, format });
  const lowest = belowBase ? [image({ options: layout, file: lower, ...belowBase })] : [];
  const under = belowBase && above(lower);
  const between =
    middleWrites === undefined
      ? []
      : [image({ options: layout, file: middle, size, writes: middleWrites, below: above(base) })];
  return [
    ...lowest,
    image({ options: layout, file: base, size: baseSize, writes: baseWrites, below: under }),
    ...between,
    image({ options: top, file: overlay, size, writes, below: above(middleWrites === undefined ? base : middle) }),
  ];
}

function drawCommit(draw: Draw, { swarm }: Circumstances): Commit {
  const clusterSize = draw.pick(CLUSTERS);
  const size = drawSize(draw, swarm, SIZES, clusterSize, ABOUT_SIZES);
  const baseSize = drawBackingSize(draw, swarm, size, ABOUT_SIZES);
  const layout = plainQcow2(clusterSize);
  const baseWrites = drawLayerWrites(draw, swarm, { ...qcow2Geometry(layout, baseSize), edges: [size] });
  const geometry = { ...qcow2Geometry(layout, size), edges: [baseSize] };
  const usual: Commit = {
    size,
    baseSize,
    clusterSize,
    lazyRefcounts: draw.chance(0.3),
    explicitBase: draw.chance(0.5),
    seed: draw.pick(['none', 'seed-64k'] as const),
    baseWrites,
    overlayWrites: drawLayerWrites(draw, swarm, geometry, baseWrites),
  };
  const writes = [...baseWrites, ...usual.overlayWrites];
  const belowBase = drawLowerImage(draw, swarm, { layout, size: baseSize, edge: size, writes });
  const chain = belowBase ? { ...usual, belowBase } : usual;
  return draw.chance(UNUSUAL) ? drawUnusual(draw, chain, () => drawLayerWrites(draw, swarm, geometry)) : chain;
}

function drawUnusual(draw: Draw, usual: Commit, drawMiddle: () => Commit['overlayWrites']): Commit {
  switch (draw.pick(['refcounts', 'version', 'clusters', 'depth', 'format'] as const)) {
    case 'refcounts':
      return { ...usual, ...drawOtherRefcounts(draw) };
    case 'version':
      return { ...usual, ...OLD_CHAIN };
    case 'clusters':
      return {
        ...withWrites(usual, uncompressed),
        clusterSize: 64 * KiB,
        overlayClusterSize: draw.pick([512, 4 * KiB]),
      };
    case 'depth':
      return { ...usual, middleWrites: drawMiddle() };
    case 'format':
      return asVmdk(usual);
  }
}

/** The reference resizes no vmdk, so that a base cannot grow; and it zeroes only whole grains of one that has a parent: the base has none. */
function asVmdk({ belowBase: _, ...usual }: Commit): Commit {
  const size = Math.max(usual.size, usual.baseSize);
  const layout = { format: 'vmdk', clusterSize: 64 * KiB, lazyRefcounts: false } as const;
  const data = (writes: readonly Write[]) => writes.filter(({ kind }) => kind === 'data');
  return { ...withWrites(usual, data), ...layout, size, baseSize: size };
}

function withWrites(usual: Commit, kept: (writes: readonly Write[]) => readonly Write[]): Commit {
  const writes = { baseWrites: kept(usual.baseWrites), overlayWrites: kept(usual.overlayWrites) };
  return { ...usual, ...writes, ...(usual.belowBase && { belowBase: keptBelow(usual.belowBase, kept) }) };
}

/**
 * The backing reads as the overlay did; where it is the larger one, what lies beyond the overlay's end stays its own. A part that is cut out of
 * an image does not show to `compare` what lies below that (measured: qemu-img 10.0), so that of a larger one that stands on another nothing is said.
 */
function invariantsOf(options: Commit): Invariant[] {
  const { size, baseSize, belowBase, format = 'qcow2' } = options;
  const file = { path: `${BASE}.${format}`, format };
  const reads: Invariant = {
    says: 'the backing reads as the overlay did',
    kept: { kind: 'image', path: `${OVERLAY}.${format}`, format },
    found: baseSize > size ? { ...file, length: size } : file,
  };
  if (baseSize <= size) return [reads];
  if (belowBase) return [];
  const tail: Invariant = {
    says: 'the backing beyond the overlay’s end stays as it was',
    kept: { kind: 'image', ...file, offset: size },
    found: { ...file, offset: size },
  };
  return [reads, tail];
}
