import * as v from 'valibot';
import { FOREIGN_FORMATS } from '../../plan/chain.ts';
import { Qcow2Options } from '../../plan/qcow2.ts';
import { DiskSize, MiB } from '../../plan/size.ts';
import { Writes } from '../../plan/write.ts';
import { Occupied } from './occupied.ts';

/** How much of a qcow2 may be there from the start, the kinds of vmdk, and the blocks of a vhdx, in bytes. */
export const PREALLOCATIONS = ['metadata', 'falloc', 'full'] as const;
export const SUBFORMATS = ['monolithicSparse', 'streamOptimized'] as const;
export const BLOCK_SIZES = [MiB, 16 * MiB, 32 * MiB] as const;

/** The backing file of the new image, made by the reference; the size of the new image may be left to it. */
const Backing = v.strictObject({
  format: v.picklist(['raw', 'qcow2', ...FOREIGN_FORMATS]),
  size: DiskSize,
  writes: Writes,
  givesSize: v.boolean(),
});
export type Backing = v.InferOutput<typeof Backing>;

/** A new image of each format; what is drawn stays within what the subject is documented to make. */
export const Target = v.variant('format', [
  v.strictObject({
    format: v.literal('raw'),
    preallocation: v.optional(v.picklist(['off', 'falloc', 'full'])),
    size: DiskSize,
    occupied: Occupied,
  }),
  v.strictObject({
    format: v.literal('qcow2'),
    ...Qcow2Options.entries,
    preallocation: v.optional(v.picklist(PREALLOCATIONS)),
    compression: v.optional(v.picklist(['zstd'])),
    /** The suffix of the size, where it is told in bytes with one. */
    suffix: v.optional(v.picklist(['b'])),
    size: DiskSize,
    backing: v.optional(Backing),
    occupied: Occupied,
  }),
  v.strictObject({
    format: v.literal('vmdk'),
    subformat: v.picklist(SUBFORMATS),
    size: DiskSize,
    backing: v.optional(Backing),
    occupied: Occupied,
  }),
  v.strictObject({
    format: v.literal('vhdx'),
    blockSize: v.optional(v.picklist(BLOCK_SIZES)),
    size: DiskSize,
    occupied: Occupied,
  }),
]);
export type Target = v.InferOutput<typeof Target>;
