import * as v from 'valibot';
import type { Choices, Draw } from './draw.ts';
import { unit } from './schema.ts';
import { KiB, MiB } from './size.ts';
import type { Swarm } from './swarm.ts';
import type { Geometry } from './write.ts';

/** The qcow2 cluster sizes that images are made with, in bytes: the smallest, the largest and the usual ones. */
export const CLUSTER_SIZES = [512, 4 * KiB, 64 * KiB, 256 * KiB, 2 * MiB] as const;

/** Those in which a disk beyond 32 bits has few tables, so that it costs little to make and to go through. Larger ones not each operation takes. */
export const ROOMY_CLUSTERS = [64 * KiB, 256 * KiB] as const;

/** The widths that a refcount may have, in bits. */
export const REFCOUNT_BITS = [1, 2, 4, 8, 16, 32, 64] as const;

const DEFAULT_REFCOUNT_BITS = 16;

/** Those that an image has only where it was made with them. */
export const OTHER_REFCOUNT_BITS = [1, 2, 4, 8, 32, 64] as const;

/** How a qcow2 image is laid out; these options are chosen when it is made. Of each, the usual value stands first. */
export const Qcow2Options = v.strictObject({
  clusterSize: v.pipe(v.picklist([64 * KiB, 512, 4 * KiB, 256 * KiB, 2 * MiB]), unit()),
  compat: v.picklist(['1.1', '0.10']),
  extendedL2: v.boolean(),
  lazyRefcounts: v.boolean(),
  refcountBits: v.picklist([DEFAULT_REFCOUNT_BITS, ...OTHER_REFCOUNT_BITS]),
});
export type Qcow2Options = v.InferOutput<typeof Qcow2Options>;

/** Extended L2 entries describe sub-clusters of a 32nd, and exist from this cluster size on. */
const EXTENDED_L2_CLUSTER = 16 * KiB;

/** A layout of which only the cluster size was chosen. */
export function plainQcow2(clusterSize: Qcow2Options['clusterSize']): Qcow2Options {
  return { clusterSize, compat: '1.1', extendedL2: false, lazyRefcounts: false, refcountBits: DEFAULT_REFCOUNT_BITS };
}

/** The layout alone of options that hold more. */
export function layoutOf({ clusterSize, compat, extendedL2, lazyRefcounts, refcountBits }: Qcow2Options): Qcow2Options {
  return { clusterSize, compat, extendedL2, lazyRefcounts, refcountBits };
}

/** The layout that the images of a chain have in common; the width of refcounts and the version only where they are not the usual ones. */
export const ChainLayout = v.strictObject({
  clusterSize: v.pipe(v.picklist([64 * KiB, 512, 4 * KiB, 256 * KiB]), unit()),
  lazyRefcounts: v.boolean(),
  refcountBits: v.optional(v.picklist(OTHER_REFCOUNT_BITS)),
  compat: v.optional(v.picklist(['0.10'])),
});
export type ChainLayout = v.InferOutput<typeof ChainLayout>;

/** The layout of one image of a chain. */
export function layoutInChain(chain: ChainLayout, clusterSize = chain.clusterSize): Qcow2Options {
  const { lazyRefcounts, refcountBits = DEFAULT_REFCOUNT_BITS, compat = '1.1' } = chain;
  return { ...plainQcow2(clusterSize), lazyRefcounts, refcountBits, compat };
}

/** Another width of refcounts. */
export function drawOtherRefcounts(draw: Draw): Pick<ChainLayout, 'refcountBits'> {
  return { refcountBits: draw.pick(OTHER_REFCOUNT_BITS) };
}

/** The older version of the format, in a chain and in an image of its own, which has none of the newer options. */
export const OLD_CHAIN = { compat: '0.10', lazyRefcounts: false } as const;
export const OLD_LAYOUT = { ...OLD_CHAIN, extendedL2: false, refcountBits: DEFAULT_REFCOUNT_BITS } as const;

/** Draws cluster size, extended L2 entries (p 0.5 where legal) and lazy refcounts (p 0.3); with `refcounts` also their width. */
export function drawQcow2(
  draw: Draw,
  swarm: Swarm,
  {
    clusterSizes = CLUSTER_SIZES,
    refcounts = false,
  }: { clusterSizes?: Choices<Qcow2Options['clusterSize']>; refcounts?: boolean } = {},
): Qcow2Options {
  const clusterSize = draw.pick(clusterSizes);
  const extendedL2 = draw.chance(0.5) && clusterSize >= EXTENDED_L2_CLUSTER;
  const lazyRefcounts = draw.chance(0.3);
  const other = refcounts && draw.chance(0.8);
  const refcountBits = other && swarm.includes('target-options') ? draw.pick(REFCOUNT_BITS) : DEFAULT_REFCOUNT_BITS;
  return { ...plainQcow2(clusterSize), extendedL2, lazyRefcounts, refcountBits };
}

/** The layout of an image that is only read, in which everything may be chosen that the format knows. */
export function drawReadQcow2(draw: Draw, swarm: Swarm): Qcow2Options {
  const plain = plainQcow2(draw.pick([512, ...CLUSTER_SIZES]));
  if (!swarm.includes('source-options') || draw.chance(0.1)) return plain;
  if (draw.chance(0.15)) return { ...plain, compat: '0.10' };
  const lazyRefcounts = draw.chance(0.5);
  const refcountBits = draw.pick([...REFCOUNT_BITS, DEFAULT_REFCOUNT_BITS, DEFAULT_REFCOUNT_BITS] as const);
  const extendedL2 = draw.chance(0.5);
  const clusterSize = extendedL2 ? draw.pick([64 * KiB, 256 * KiB, 2 * MiB] as const) : plain.clusterSize;
  return { ...plain, clusterSize, extendedL2, lazyRefcounts, refcountBits };
}

/** The options in the spelling of `-o`; what is the default of both tools is left out. */
export function qcow2Arguments(options: Qcow2Options): Record<string, string | number | undefined> {
  const { clusterSize, compat, extendedL2, lazyRefcounts, refcountBits } = options;
  return {
    cluster_size: clusterSize,
    compat: compat === '1.1' ? undefined : compat,
    extended_l2: extendedL2 ? 'on' : undefined,
    lazy_refcounts: lazyRefcounts ? 'on' : undefined,
    refcount_bits: refcountBits === DEFAULT_REFCOUNT_BITS ? undefined : refcountBits,
  };
}

/** Where the borders of clusters and of L2 tables lie on such a disk: an entry takes 8 bytes, an extended one 16. */
export function qcow2Geometry({ clusterSize, extendedL2 }: Qcow2Options, size: number): Geometry {
  const table = (clusterSize / (extendedL2 ? 16 : 8)) * clusterSize;
  return { size, cluster: clusterSize, table, compressible: true };
}
