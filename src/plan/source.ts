import * as v from 'valibot';
import type { Draw } from './draw.ts';
import { GiB, KiB, MiB } from './size.ts';
import { drawBlocks, drawSpread, partitionTable, type Write, Writes } from './write.ts';

/** The qcow2 cluster sizes that source images are made with, in bytes. */
export const CLUSTER_SIZES = [512, 4 * KiB, 64 * KiB, 256 * KiB, 2 * MiB] as const;

const SIZES = [MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB] as const;

const common = { size: v.picklist(SIZES), writes: Writes };

/** The image that the steps of an iteration read: its format, options and content. */
export const Source = v.variant('format', [
  v.strictObject({
    format: v.literal('qcow2'),
    clusterSize: v.picklist(CLUSTER_SIZES),
    pattern: v.picklist(['zeros', 'random', 'sparse']),
    ...common,
  }),
  v.strictObject({
    format: v.literal('raw'),
    pattern: v.picklist(['zeros', 'random', 'sparse', 'mbr']),
    ...common,
  }),
  v.strictObject({
    format: v.picklist(['vmdk', 'vpc']),
    pattern: v.picklist(['zeros', 'random', 'sparse']),
    ...common,
  }),
]);
export type Source = v.InferOutput<typeof Source>;

/** Draws a source image: the user's formats, sizes, cluster sizes and data patterns. */
export function drawSource(draw: Draw): Source {
  const format = draw.pick(['qcow2', 'raw', 'vmdk', 'vpc'] as const);
  const size = draw.pick(SIZES);
  if (format === 'raw') {
    const pattern = draw.pick(['zeros', 'random', 'sparse', 'mbr'] as const);
    return { format, size, pattern, writes: drawWrites(draw, pattern, size) };
  }
  const pattern = draw.pick(['zeros', 'random', 'sparse'] as const);
  if (format === 'qcow2') {
    const clusterSize = draw.pick(CLUSTER_SIZES);
    return { format, size, clusterSize, pattern, writes: drawWrites(draw, pattern, size) };
  }
  return { format, size, pattern, writes: drawWrites(draw, pattern, size) };
}

function drawWrites(draw: Draw, pattern: Source['pattern'], size: number): Write[] {
  switch (pattern) {
    case 'zeros':
      return [];
    case 'random':
      return drawBlocks(draw);
    case 'sparse':
      return drawSpread(draw, size);
    case 'mbr':
      return partitionTable();
  }
}
