import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched, outputsUntouchedWhenRefused } from '../oracles/inputs.ts';
import { sameImage } from '../oracles/same-image.ts';
import { drawBackingSize, lengthOf } from '../plan/chain.ts';
import type { Draw } from '../plan/draw.ts';
import { drawLowerImage, keptBelow, lengthBelow } from '../plan/lower-image.ts';
import type { Circumstances } from '../plan/plan.ts';
import { drawOtherRefcounts, layoutInChain, OLD_CHAIN, plainQcow2, qcow2Geometry } from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { ABOUT_SIZES, CLUSTER, drawBeyond, drawSize, KiB, MiB } from '../plan/size.ts';
import { drawSnapshot } from '../plan/snapshot.ts';
import { UNUSUAL } from '../plan/swarm.ts';
import { uncompressed, type Write } from '../plan/write.ts';
import { operation } from './operation.ts';
import {
  BASE,
  BELOW,
  Commit,
  type Files,
  imagesOf,
  invariantsOf,
  MIDDLE,
  OVERLAY,
  SEED,
} from './parts/commit-chain.ts';
import { DAMAGES, damagedBackingName } from './parts/damage.ts';
import { build, buildWithSnapshot, SNAPSHOT } from './parts/fixture.ts';
import { lowerLayers, overlaySource } from './parts/left-chain.ts';
import { missingFile, unknownFlag, wrongWords } from './parts/mistake.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB, 256 * KiB] as const;

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
  mistakes: [missingFile, wrongBase, unknownFlag, DAMAGES, damagedBackingName],
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
      prepare:
        format === 'vmdk'
          ? images.flatMap((image) => build([image]))
          : buildWithSnapshot(images, base, options.snapshot),
      subject: args,
      reference: args,
      operand: overlay,
      inputs: lowest.map((path) => ({ path, format })),
      outputs: [
        // For the same reason the overlay of a vmdk cannot be read afterwards.
        ...(format === 'vmdk' ? [] : [{ path: overlay, format, below: images.slice(0, -1).map(({ file }) => file) }]),
        { path: base, format, ...(belowBase && { below: lowest }), ...(options.snapshot && { snapshots: [SNAPSHOT] }) },
      ],
      invariants: invariantsOf(options),
      oracles: [noCrash, sameSuccess, inputsUntouched, outputsUntouchedWhenRefused],
      readbacks: [
        sameWrittenInfo((_, { path }) => `commit_${path === base ? 'backing' : 'overlay'}_info_divergence`),
        ...sameImage,
      ],
    };
  },
});

function drawCommit(draw: Draw, { swarm }: Circumstances): Commit {
  const beyond = drawBeyond(draw);
  const clusterSize = beyond ? CLUSTER : draw.pick(CLUSTERS);
  const size = beyond ?? drawSize(draw, swarm, SIZES, clusterSize, ABOUT_SIZES);
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
  // A large disk is not made one of small clusters, or of three images.
  if (!beyond && draw.chance(UNUSUAL)) return drawUnusual(draw, chain, () => drawLayerWrites(draw, swarm, geometry));
  const base = { layout, geometry: qcow2Geometry(layout, baseSize), written: baseWrites, above: usual.overlayWrites };
  return { ...chain, ...drawSnapshot(draw, swarm, base) };
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
