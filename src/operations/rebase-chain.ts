import * as v from 'valibot';
import { LowerImage } from '../plan/lower-image.ts';
import { ChainLayout, layoutInChain, qcow2Arguments } from '../plan/qcow2.ts';
import { DiskSize, KiB } from '../plan/size.ts';
import { Writes } from '../plan/write.ts';
import { type Image, imageOf } from './fixture.ts';

/** The recorded backing file, and the new one: a name of the same length, so that it fits the recorded slot. */
export const OLD = 'base.qcow2';
export const NEW = 'next.qcow2';
export const OVERLAY = 'overlay.qcow2';

/** What they stand on, where they are not the lowest images of their chains. An overlay may also be rebased onto the lowest of its own. */
export const BELOW_OLD = 'root.qcow2';
export const BELOW_NEW = 'below-next.qcow2';

/** Names of the new backing file that do not fit the slot, or tell of another format. */
export const LONG = 'next-with-a-longer-name-than-was-recorded.qcow2';
export const RAW = 'next.raw';

/** How an overlay is rebased: its chain, the new one, and what is in them. */
export const Rebase = v.strictObject({
  ...ChainLayout.entries,
  overlaySize: DiskSize,
  oldSize: DiskSize,
  newSize: DiskSize,
  newBacking: v.picklist([NEW, OLD, BELOW_OLD, '']),
  mode: v.picklist(['safe', 'unsafe']),
  oldWrites: Writes,
  newWrites: Writes,
  overlayWrites: Writes,
  /** What the overlay held when an internal snapshot of it was taken; that reads what it lacks from the new backing file too. */
  snapshot: v.optional(Writes),
  /** The images that the old and the new backing file stand on, where these are not the lowest: their data count as much. */
  belowOld: v.optional(LowerImage),
  belowNew: v.optional(LowerImage),
  /** The new backing file's, where it is another than the chain's. */
  newClusterSize: v.optional(v.picklist([4 * KiB, 512])),
  /** How the new backing file is called, where that is longer than what is recorded or it is raw. */
  newName: v.optional(v.picklist([LONG, RAW])),
});
export type Rebase = v.InferOutput<typeof Rebase>;

/** The overlay above the old backing file, and the new one beside them. */
export function imagesOf(options: Rebase, next: { readonly path: string; readonly format: string }): Image[] {
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
