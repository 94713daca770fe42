import * as v from 'valibot';
import type { Invariant } from '../../oracles/observation.ts';
import { LowerImage } from '../../plan/lower-image.ts';
import { ChainLayout, layoutInChain, qcow2Arguments } from '../../plan/qcow2.ts';
import { DiskSize, KiB } from '../../plan/size.ts';
import { uncompressed, type Write, Writes } from '../../plan/write.ts';
import { type Image, type ImageDescription, imageOf } from './fixture.ts';

/** The images by their names without an extension, which is the format. */
export const BELOW = 'below';
export const BASE = 'base';
export const MIDDLE = 'middle';
export const OVERLAY = 'overlay';

/** What `seed-64k` writes: 64 KiB of 0xab at the start of the overlay. */
export const SEED: Write = { kind: 'data', offset: 0, length: 64 * KiB, byte: 0xab };

/** How an overlay is committed: the chain and what is in it. */
export const Commit = v.strictObject({
  ...ChainLayout.entries,
  size: DiskSize,
  baseSize: DiskSize,
  explicitBase: v.boolean(),
  seed: v.picklist(['none', 'seed-64k']),
  baseWrites: Writes,
  overlayWrites: Writes,
  /** What the base held when an internal snapshot of it was taken. What is committed must not reach that. */
  snapshot: v.optional(Writes),
  /** The image that the base stands on, where it is not the lowest. What the overlay empties must not bring its data back. */
  belowBase: v.optional(LowerImage),
  /** The overlay's, where it is another than the base's. */
  overlayClusterSize: v.optional(v.picklist([4 * KiB, 512])),
  /** Data of an image between the two, past which the overlay is committed. */
  middleWrites: v.optional(Writes),
  /** The format, where it is not qcow2; the layout then says nothing. */
  format: v.optional(v.picklist(['vmdk'])),
});
export type Commit = v.InferOutput<typeof Commit>;

/** The chain's files, the lowest first; not all of them are made. */
export type Files = [below: string, base: string, middle: string, overlay: string];

/** The chain, the lowest image first. */
export function imagesOf(options: Commit, [lower, base, middle, overlay]: Files): Image[] {
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

/**
 * The backing reads as the overlay did; where it is the larger one, what lies beyond the overlay's end stays its own. A part that is cut out of
 * an image does not show to `compare` what lies below that (measured: qemu-img 10.0), so that of a larger one that stands on another nothing is said.
 */
export function invariantsOf(options: Commit): Invariant[] {
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
