import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched, outputsUntouchedWhenRefused } from '../oracles/inputs.ts';
import type { ImageFile, Invariant } from '../oracles/observation.ts';
import { sameImage } from '../oracles/same-image.ts';
import { drawBackingSize, type Layer, lengthOf } from '../plan/chain.ts';
import type { Draw } from '../plan/draw.ts';
import { drawLowerImage, keptBelow, type LowerImage, lengthBelow } from '../plan/lower-image.ts';
import type { Circumstances } from '../plan/plan.ts';
import {
  drawOtherRefcounts,
  layoutInChain,
  OLD_CHAIN,
  plainQcow2,
  type Qcow2Options,
  qcow2Geometry,
  ROOMY_CLUSTERS,
} from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { ABOUT_SIZES, drawBeyond, drawSize, KiB, MiB } from '../plan/size.ts';
import { drawSnapshot } from '../plan/snapshot.ts';
import { type Swarm, UNUSUAL } from '../plan/swarm.ts';
import { uncompressed, type Write } from '../plan/write.ts';
import { operation } from './operation.ts';
import { DAMAGES, damagedBackingName } from './parts/damage.ts';
import { buildWithSnapshot, SNAPSHOT } from './parts/fixture.ts';
import { lowerLayers, overlaySource } from './parts/left-chain.ts';
import { missingFile, unknownFlag, wrongWords } from './parts/mistake.ts';
import {
  BELOW_NEW,
  BELOW_OLD,
  imagesOf,
  LONG,
  NEW,
  nextFile,
  OLD,
  OVERLAY,
  oldFile,
  RAW,
  Rebase,
  SHORT,
} from './parts/rebase-chain.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 512, 512, 4 * KiB, 64 * KiB, 256 * KiB] as const;

/** The share of raw backing files, old and new, where neither stands on another image: what is installed first is mostly raw. */
const RAW_BASES = 0.35;

/** The share of shorter names among new backing files: whose length is not told anew finds none. */
const SHORT_NAMES = 0.25;

/** Only a safe rebase has to open it. */
const missingBacking = wrongWords('missing-backing', (args) =>
  args.filter((word) => word !== '-u').map((word, at, words) => (words[at - 1] === '-b' ? 'gone.qcow2' : word)),
);

/** An image that is to be read through itself. Only a safe rebase has to open it. */
const ontoItself = wrongWords('onto-itself', (args) =>
  args
    .filter((word) => word !== '-u')
    .map((word, at, words) => (words[at - 1] === '-b' ? OVERLAY : words[at - 1] === '-F' ? 'qcow2' : word)),
);

/** Changes an overlay's backing file: `safe` keeps what a guest reads, `unsafe` only renames. */
export const rebase = operation({
  name: 'rebase',
  schema: Rebase,
  mistakes: [missingFile, missingBacking, ontoItself, unknownFlag, DAMAGES, damagedBackingName],
  nature: {
    features: ({ overlaySize, oldSize, newSize, newBacking, belowOld, belowNew }) => [
      'format=qcow2',
      ...lengthOf('old', oldSize, overlaySize),
      ...lengthBelow('belowOld', belowOld, oldSize),
      ...(newBacking === NEW ? lengthOf('new', newSize, overlaySize) : []),
      ...(newBacking === NEW ? lengthBelow('belowNew', belowNew, newSize) : []),
    ],
    leaves: (options) => {
      const { newBacking, mode } = options;
      const layout = layoutInChain(options);
      const { overlaySize: size, overlayWrites: writes, snapshot } = options;
      const top = { ...layout, size, writes, ...(snapshot && { snapshot }) };
      const chain = ({ format }: ImageFile, image: LowerImage, lower: LowerImage | undefined): Layer[] =>
        format === 'raw' ? [{ format, ...image }] : lowerLayers(layout, image).concat(lowerLayers(layout, lower));
      const old = chain(oldFile(options), { size: options.oldSize, writes: options.oldWrites }, options.belowOld);
      const next = chain(nextFile(options), { size: options.newSize, writes: options.newWrites }, options.belowNew);
      // What a safe rebase leaves reads as the overlay did above the old backing.
      if (mode === 'safe' || newBacking === OLD) return overlaySource(top, ...old);
      const below = newBacking === NEW ? next : newBacking === BELOW_OLD ? old.slice(1) : [];
      return overlaySource(top, ...below);
    },
  },
  pick: (draw, circumstances) => drawRebase(draw, circumstances),
  script: (options) => {
    const { newBacking, mode, belowOld, belowNew } = options;
    const image = (path: string) => ({ path, format: 'qcow2' });
    const [old, next] = [oldFile(options), nextFile(options)];
    const lower = [...(belowOld ? [BELOW_OLD] : []), ...(belowNew ? [BELOW_NEW] : [])];
    const backing = { [NEW]: next, [OLD]: old, [BELOW_OLD]: image(BELOW_OLD), '': undefined }[newBacking];
    const args = [
      ...['rebase', '-f', 'qcow2', '-b', backing?.path ?? ''],
      ...(mode === 'unsafe' ? ['-u'] : []),
      ...(backing ? ['-F', backing.format] : []),
      OVERLAY,
    ];
    return {
      usesSource: false,
      prepare: buildWithSnapshot(imagesOf(options), OVERLAY, options.snapshot),
      subject: args,
      reference: args,
      operand: OVERLAY,
      inputs: [old, next, ...lower.map(image)],
      outputs: [
        {
          path: OVERLAY,
          format: 'qcow2',
          below: [old.path, next.path, ...lower],
          ...(options.snapshot && { snapshots: [SNAPSHOT] }),
        },
      ],
      invariants: mode === 'safe' ? [KEEPS_CONTENT] : [],
      oracles: [noCrash, sameSuccess, inputsUntouched, outputsUntouchedWhenRefused],
      readbacks: [sameWrittenInfo(() => 'rebase_info_divergence'), ...sameImage],
    };
  },
});

const KEEPS_CONTENT: Invariant = {
  says: 'a safe rebase leaves what a guest reads as it was',
  kept: { kind: 'image', path: OVERLAY, format: 'qcow2' },
  found: { path: OVERLAY, format: 'qcow2' },
};

function drawRebase(draw: Draw, { swarm }: Circumstances): Rebase {
  const beyond = drawBeyond(draw);
  const clusterSize = draw.pick(beyond ? ROOMY_CLUSTERS : CLUSTERS);
  const overlaySize = beyond ?? drawSize(draw, swarm, SIZES, clusterSize, ABOUT_SIZES);
  const oldSize = drawBackingSize(draw, swarm, overlaySize, ABOUT_SIZES);
  const newSize = draw.chance(0.5)
    ? drawBackingSize(draw, swarm, overlaySize, ABOUT_SIZES)
    : drawSize(draw, swarm, SIZES, clusterSize, ABOUT_SIZES);
  const layout = plainQcow2(clusterSize);
  const writes = (size: number, edge: number, below: readonly Write[] = []) =>
    drawLayerWrites(draw, swarm, { ...qcow2Geometry(layout, size), edges: [edge] }, below);
  const oldWrites = writes(oldSize, overlaySize);
  const newWrites = writes(newSize, overlaySize, oldWrites);
  const usual: Rebase = {
    overlaySize,
    oldSize,
    newSize,
    clusterSize,
    lazyRefcounts: draw.chance(0.3),
    newBacking: draw.pick([NEW, NEW, NEW, NEW, NEW, OLD, '', '']),
    mode: draw.pick(['safe', 'safe', 'safe', 'unsafe'] as const),
    oldWrites,
    newWrites,
    overlayWrites: writes(overlaySize, oldSize, [...oldWrites, ...newWrites]),
  };
  const chains: Rebase = { ...usual, ...drawBelow(draw, swarm, layout, usual) };
  // A large disk is not made one of small clusters.
  if (!beyond && draw.chance(UNUSUAL)) return drawUnusual(draw, chains);
  const { belowOld, belowNew } = chains;
  // Not every reader passes over the holes of a large raw file.
  const mayBeRaw = !beyond && !belowOld && !belowNew;
  const bases = draw.chance(RAW_BASES) && mayBeRaw ? onRaw(chains) : chains;
  const isShort = draw.chance(SHORT_NAMES) && bases.newBacking === NEW && bases.backingFormat === undefined;
  const overlay = {
    layout,
    geometry: qcow2Geometry(layout, overlaySize),
    written: usual.overlayWrites,
    above: oldWrites,
  };
  return { ...bases, ...(isShort && { newName: SHORT }), ...drawSnapshot(draw, swarm, overlay) };
}

/** What the backing files stand on; below the new one only where it is asked for. */
function drawBelow(draw: Draw, swarm: Swarm, layout: Qcow2Options, usual: Rebase) {
  const { overlaySize: edge, oldSize, newSize, newBacking, oldWrites, newWrites, overlayWrites } = usual;
  const above = [...overlayWrites, ...oldWrites];
  const belowOld = drawLowerImage(draw, swarm, { layout, size: oldSize, edge, writes: above });
  if (newBacking !== NEW) return belowOld && { belowOld };
  // The image in the middle is taken out; not where it is shorter than the overlay: there qemu-img before 8.2 never ends.
  if (belowOld && oldSize >= edge && draw.chance(0.5)) return { belowOld, newBacking: BELOW_OLD } as const;
  // What the old chain empties the new one must not show either.
  const belowNew = drawLowerImage(draw, swarm, { layout, size: newSize, edge, writes: [...above, ...newWrites] });
  return { ...(belowOld && { belowOld }), ...(belowNew && { belowNew }) };
}

function drawUnusual(draw: Draw, usual: Rebase): Rebase {
  switch (draw.pick(['refcounts', 'version', 'clusters', 'name', 'format'] as const)) {
    case 'refcounts':
      return { ...usual, ...drawOtherRefcounts(draw) };
    case 'version':
      return { ...usual, ...OLD_CHAIN };
    // Only whole clusters of the right size can be compressed.
    case 'clusters': {
      const newClusterSize = draw.pick([512, 4 * KiB] as const);
      return { ...withoutCompressed(usual), newBacking: NEW, clusterSize: 64 * KiB, newClusterSize };
    }
    case 'name':
      return { ...usual, newBacking: NEW, newName: LONG };
    case 'format':
      return asRaw(usual);
  }
}

function withoutCompressed(usual: Rebase): Rebase {
  const { oldWrites, newWrites, overlayWrites, belowOld, belowNew } = usual;
  return {
    ...usual,
    oldWrites: uncompressed(oldWrites),
    newWrites: uncompressed(newWrites),
    overlayWrites: uncompressed(overlayWrites),
    ...(belowOld && { belowOld: keptBelow(belowOld, uncompressed) }),
    ...(belowNew && { belowNew: keptBelow(belowNew, uncompressed) }),
  };
}

/** Raw backing files, old and new. */
function onRaw({ oldWrites, newWrites, ...usual }: Rebase): Rebase {
  return { ...usual, backingFormat: 'raw', oldWrites: uncompressed(oldWrites), newWrites: uncompressed(newWrites) };
}

/** A raw new backing file, which stands on nothing. */
function asRaw({ belowNew: _, ...usual }: Rebase): Rebase {
  return { ...usual, newBacking: NEW, newName: RAW, newWrites: uncompressed(usual.newWrites) };
}
