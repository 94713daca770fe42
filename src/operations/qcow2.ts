import * as v from 'valibot';
import type { Choices, Draw } from '../plan/draw.ts';
import { KiB } from '../plan/size.ts';
import { CLUSTER_SIZES } from '../plan/source.ts';

/** The qcow2 options that several operations draw. */
export const Qcow2Options = v.strictObject({
  clusterSize: v.picklist(CLUSTER_SIZES),
  extendedL2: v.boolean(),
  lazyRefcounts: v.boolean(),
});
export type Qcow2Options = v.InferOutput<typeof Qcow2Options>;

/** Extended L2 entries describe sub-clusters of a 32nd, and exist from this cluster size on. */
const EXTENDED_L2_CLUSTER = 16 * KiB;

/** Draws cluster size, extended L2 entries (p 0.3 where legal) and lazy refcounts (p 0.3). */
export function drawQcow2(
  draw: Draw,
  clusterSizes: Choices<Qcow2Options['clusterSize']> = CLUSTER_SIZES,
): Qcow2Options {
  const clusterSize = draw.pick(clusterSizes);
  const extendedL2 = draw.chance(0.3) && clusterSize >= EXTENDED_L2_CLUSTER;
  return { clusterSize, extendedL2, lazyRefcounts: draw.chance(0.3) };
}

/** The options in the spelling of `-o`; those that are off are left to the default, which is off. */
export function qcow2Arguments(options: Omit<Qcow2Options, 'extendedL2'> & { extendedL2?: boolean }) {
  return {
    cluster_size: options.clusterSize,
    extended_l2: options.extendedL2 ? 'on' : undefined,
    lazy_refcounts: options.lazyRefcounts ? 'on' : undefined,
  };
}
