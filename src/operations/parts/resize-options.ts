import * as v from 'valibot';
import { Qcow2Options } from '../../plan/qcow2.ts';
import { DiskSize } from '../../plan/size.ts';
import { type Write, Writes } from '../../plan/write.ts';

const PREALLOCATIONS = ['off', 'falloc', 'full'] as const;

/** The new size, as it is asked for: by itself, or as a difference to the old one. */
const Change = v.variant('kind', [
  v.strictObject({ kind: v.literal('to'), size: DiskSize }),
  v.strictObject({ kind: v.literal('by'), size: DiskSize, grow: v.boolean() }),
]);
export type Change = v.InferOutput<typeof Change>;

const common = {
  size: DiskSize,
  change: Change,
  writes: Writes,
  /** Both sides get the reference's image, as its users have made many; else each makes its own. */
  madeBy: v.optional(v.literal('reference')),
};

/** The disk before, and how it is resized. */
export const Resize = v.variant('format', [
  v.strictObject({
    format: v.literal('raw'),
    ...common,
    preallocation: v.optional(v.picklist(PREALLOCATIONS)),
  }),
  v.strictObject({
    format: v.literal('qcow2'),
    ...Qcow2Options.entries,
    ...common,
    preallocation: v.optional(v.picklist([...PREALLOCATIONS, 'metadata'])),
    /** Data of an image of the same size below it, which the reference made. */
    belowWrites: v.optional(Writes),
    /** What it held when an internal snapshot of it was taken; of an image that the reference made. */
    snapshot: v.optional(Writes),
  }),
]);
export type Resize = v.InferOutput<typeof Resize>;
export type ResizeOfQcow2 = Resize & { format: 'qcow2' };

/** The size that is asked for, in bytes. */
export function newSize({ size, change }: Pick<Resize, 'size' | 'change'>): number {
  if (change.kind === 'to') return change.size;
  return change.grow ? size + change.size : size - change.size;
}

/** Only where both sides get the same image: each tool's own has other bytes. */
export function snapshotOf(options: Resize): readonly Write[] | undefined {
  return options.format === 'qcow2' && options.madeBy ? options.snapshot : undefined;
}
