import * as v from 'valibot';
import type { ImageFile } from '../../oracles/observation.ts';
import { LowerImage } from '../../plan/lower-image.ts';
import { ChainLayout, layoutInChain, qcow2Arguments } from '../../plan/qcow2.ts';
import { DiskSize, KiB } from '../../plan/size.ts';
import { Writes } from '../../plan/write.ts';
import { type Image, imageOf } from './fixture.ts';

/** The recorded backing file, and the new one: a name of the same length, so that it fits the recorded slot. */
export const OLD = 'base.qcow2';
export const NEW = 'next.qcow2';

/** The same where they are raw, again of one length: the recorded format is not to change. */
const RAW_OLD = 'base.raw';
export const RAW = 'next.raw';
export const OVERLAY = 'overlay.qcow2';

/** What they stand on, where they are not the lowest images of their chains. An overlay may also be rebased onto the lowest of its own. */
export const BELOW_OLD = 'root.qcow2';
export const BELOW_NEW = 'below-next.qcow2';

/** Other names of the new backing file: one that leaves a rest of the recorded one in the slot, and one that does not fit it. */
export const SHORT = 'n.qcow2';
export const LONG = 'next-with-a-longer-name-than-was-recorded.qcow2';

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
  /** How the new backing file is called, where that is shorter or longer than what is recorded, or tells of another format. */
  newName: v.optional(v.picklist([SHORT, LONG, RAW])),
  /** The format of the old backing file, and of the new one unless its name tells another, where it is not qcow2. Raw ones stand on nothing. */
  backingFormat: v.optional(v.picklist(['raw'])),
});
export type Rebase = v.InferOutput<typeof Rebase>;

/** The old backing file, as it is recorded. */
export function oldFile({ backingFormat }: Rebase): ImageFile {
  return backingFormat === 'raw' ? { path: RAW_OLD, format: 'raw' } : { path: OLD, format: 'qcow2' };
}

/** The new one that lies beside it. */
export function nextFile({ backingFormat, newName }: Rebase): ImageFile {
  const path = newName ?? (backingFormat === 'raw' ? RAW : NEW);
  return { path, format: path === RAW ? 'raw' : 'qcow2' };
}

/** The overlay above the old backing file, and the new one beside them. */
export function imagesOf(options: Rebase): Image[] {
  const { oldSize, newSize, overlaySize, oldWrites, newWrites, overlayWrites, belowOld, belowNew } = options;
  const chain = { format: 'qcow2', options: qcow2Arguments(layoutInChain(options)) };
  const other = { format: 'qcow2', options: qcow2Arguments(layoutInChain(options, options.newClusterSize)) };
  const [old, next] = [oldFile(options), nextFile(options)];
  const made = ({ path, format }: ImageFile, layout: typeof chain) =>
    format === 'raw' ? { file: path, format, options: {} } : { file: path, ...layout };
  const above = (file: string) => ({ file, format: 'qcow2' });
  const under = (lower: LowerImage | undefined, file: string) => lower && above(file);
  return [
    ...(belowOld ? [imageOf({ ...chain, file: BELOW_OLD, ...belowOld })] : []),
    ...(belowNew ? [imageOf({ ...other, file: BELOW_NEW, ...belowNew })] : []),
    imageOf({ ...made(old, chain), size: oldSize, writes: oldWrites, below: under(belowOld, BELOW_OLD) }),
    imageOf({ ...made(next, other), size: newSize, writes: newWrites, below: under(belowNew, BELOW_NEW) }),
    imageOf({
      ...chain,
      file: OVERLAY,
      size: overlaySize,
      writes: overlayWrites,
      below: { file: old.path, format: old.format },
    }),
  ];
}
