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
  type Qcow2Options,
  qcow2Arguments,
  qcow2Geometry,
} from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { ABOUT_SIZES, DiskSize, drawSize, KiB, MiB } from '../plan/size.ts';
import { type Swarm, UNUSUAL } from '../plan/swarm.ts';
import { uncompressed, type Write, Writes } from '../plan/write.ts';
import { build, type Image, imageOf, lowerLayers, overlaySource } from './fixture.ts';
import { DAMAGES, missingFile, unknownFlag, wrongWords } from './mistake.ts';
import { operation } from './operation.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 512, 512, 4 * KiB, 64 * KiB, 256 * KiB] as const;

/** The recorded backing file, and the new one: a name of the same length, so that it fits the recorded slot. */
const OLD = 'base.qcow2';
const NEW = 'next.qcow2';
const OVERLAY = 'overlay.qcow2';

/** What they stand on, where they are not the lowest images of their chains. An overlay may also be rebased onto the lowest of its own. */
const BELOW_OLD = 'root.qcow2';
const BELOW_NEW = 'below-next.qcow2';

/** Names of the new backing file that do not fit the slot, or tell of another format. */
const LONG = 'next-with-a-longer-name-than-was-recorded.qcow2';
const RAW = 'next.raw';

const Rebase = v.strictObject({
  ...ChainLayout.entries,
  overlaySize: DiskSize,
  oldSize: DiskSize,
  newSize: DiskSize,
  newBacking: v.picklist([NEW, OLD, BELOW_OLD, '']),
  mode: v.picklist(['safe', 'unsafe']),
  oldWrites: Writes,
  newWrites: Writes,
  overlayWrites: Writes,
  /** The images that the old and the new backing file stand on, where these are not the lowest: their data count as much. */
  belowOld: v.optional(LowerImage),
  belowNew: v.optional(LowerImage),
  /** The new backing file's, where it is another than the chain's. */
  newClusterSize: v.optional(v.picklist([4 * KiB, 512])),
  /** How the new backing file is called, where that is longer than what is recorded or it is raw. */
  newName: v.optional(v.picklist([LONG, RAW])),
});
type Rebase = v.InferOutput<typeof Rebase>;

/** Only a safe rebase has to open it. */
const missingBacking = wrongWords('missing-backing', (args) =>
  args.filter((word) => word !== '-u').map((word, at, words) => (words[at - 1] === '-b' ? 'gone.qcow2' : word)),
);

/** Changes an overlay's backing file: `safe` keeps what a guest reads, `unsafe` only renames. */
export const rebase = operation({
  name: 'rebase',
  schema: Rebase,
  mistakes: [missingFile, missingBacking, unknownFlag, DAMAGES],
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
      const top = { ...layout, size: options.overlaySize, writes: options.overlayWrites };
      const chain = (size: number, writes: readonly Write[], lower: LowerImage | undefined) =>
        lowerLayers(layout, { size, writes }).concat(lowerLayers(layout, lower));
      const old = chain(options.oldSize, options.oldWrites, options.belowOld);
      const next = chain(options.newSize, options.newWrites, options.belowNew);
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
    const next = options.newName === RAW ? { path: RAW, format: 'raw' } : image(options.newName ?? NEW);
    const lower = [...(belowOld ? [BELOW_OLD] : []), ...(belowNew ? [BELOW_NEW] : [])];
    const backing = { [NEW]: next, [OLD]: image(OLD), [BELOW_OLD]: image(BELOW_OLD), '': undefined }[newBacking];
    const args = [
      ...['rebase', '-f', 'qcow2', '-b', backing?.path ?? ''],
      ...(mode === 'unsafe' ? ['-u'] : []),
      ...(backing ? ['-F', backing.format] : []),
      OVERLAY,
    ];
    return {
      usesSource: false,
      prepare: build(imagesOf(options, next)),
      subject: args,
      reference: args,
      operand: OVERLAY,
      inputs: [image(OLD), next, ...lower.map(image)],
      outputs: [{ path: OVERLAY, format: 'qcow2', below: [OLD, next.path, ...lower] }],
      invariants: mode === 'safe' ? [KEEPS_CONTENT] : [],
      oracles: [noCrash, sameSuccess, inputsUntouched],
      readbacks: [sameWrittenInfo(() => 'rebase_info_divergence'), sameContent, notLessConsistent, sameToThirdReader],
    };
  },
});

const KEEPS_CONTENT: Invariant = {
  says: 'a safe rebase leaves what a guest reads as it was',
  kept: { kind: 'image', path: OVERLAY, format: 'qcow2' },
  found: { path: OVERLAY, format: 'qcow2' },
};

/** The overlay above the old backing file, and the new one beside them. */
function imagesOf(options: Rebase, next: { readonly path: string; readonly format: string }): Image[] {
  const { oldSize, newSize, overlaySize, oldWrites, newWrites, overlayWrites, belowOld, belowNew } = options;
  const chain = { format: 'qcow2', options: qcow2Arguments(layoutInChain(options)) };
  const other = {
    format: next.format,
    options: next.format === 'raw' ? {} : qcow2Arguments(layoutInChain(options, options.newClusterSize)),
  };
  const above = (file: string) => ({ file, format: 'qcow2' });
  const under = (lower: LowerImage | undefined, file: string) => lower && above(file);
  return [
    ...(belowOld ? [imageOf({ ...chain, file: BELOW_OLD, ...belowOld })] : []),
    ...(belowNew ? [imageOf({ ...other, file: BELOW_NEW, ...belowNew })] : []),
    imageOf({ ...chain, file: OLD, size: oldSize, writes: oldWrites, below: under(belowOld, BELOW_OLD) }),
    imageOf({ ...other, file: next.path, size: newSize, writes: newWrites, below: under(belowNew, BELOW_NEW) }),
    imageOf({ ...chain, file: OVERLAY, size: overlaySize, writes: overlayWrites, below: above(OLD) }),
  ];
}

function drawRebase(draw: Draw, { swarm }: Circumstances): Rebase {
  const clusterSize = draw.pick(CLUSTERS);
  const overlaySize = drawSize(draw, swarm, SIZES, clusterSize, ABOUT_SIZES);
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
  return draw.chance(UNUSUAL) ? drawUnusual(draw, chains) : chains;
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

/** A raw new backing file, which stands on nothing. */
function asRaw({ belowNew: _, ...usual }: Rebase): Rebase {
  return { ...usual, newBacking: NEW, newName: RAW, newWrites: uncompressed(usual.newWrites) };
}
