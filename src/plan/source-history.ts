import * as v from 'valibot';
import { drawableSize } from './chain.ts';
import type { Draw } from './draw.ts';
import { drawLayerWrites } from './rich-writes.ts';
import { DiskSize, MiB } from './size.ts';
import type { Swarm } from './swarm.ts';
import { type Geometry, Writes } from './write.ts';

/** What the reference did to the image after it was made: it need not come straight out of `create`. */
export const History = v.variant('kind', [
  v.strictObject({ kind: v.literal('created') }),
  v.strictObject({ kind: v.literal('converted'), from: v.picklist(['raw', 'qcow2']), compressed: v.boolean() }),
  v.strictObject({ kind: v.literal('resized'), from: DiskSize }),
  /** An overlay with the writes was committed into the image, which had these before. */
  v.strictObject({ kind: v.literal('committed'), before: Writes }),
  /** The image had a backing file with these writes, and was rebased onto none. */
  v.strictObject({ kind: v.literal('rebased'), below: Writes }),
]);
export type History = v.InferOutput<typeof History>;

/**
 * Clusters of a disk that is committed or rebased before its time: the reference looks at each, which at 512 bytes a cluster takes some
 * seconds for 1 GiB, and on a busy machine more than a command may.
 */
const MOST_CLUSTERS_MOVED = 262_144;

/** What happened to an image of this format and size, mostly where the swarm asks for that. */
export function drawHistory(
  draw: Draw,
  swarm: Swarm,
  format: string,
  size: number,
  units: Omit<Geometry, 'size'>,
): History {
  const none: History = { kind: 'created' };
  if (!swarm.includes('histories') || draw.chance(0.4)) return none;
  const disk = { ...units, size };
  const moves = size / units.cluster <= MOST_CLUSTERS_MOVED ? (['committed', 'rebased'] as const) : [];
  const kinds = format === 'qcow2' ? (['converted', 'resized', ...moves] as const) : (['converted'] as const);
  const kind = draw.pick(format === 'raw' ? (['converted', 'resized'] as const) : kinds);
  switch (kind) {
    case 'converted':
      return { kind, from: draw.pick(['raw', 'qcow2']), compressed: format === 'qcow2' && draw.chance(0.3) };
    case 'resized':
      return { kind, from: drawableSize(draw.pick([size / 2, size - 512, size + 512, size + MiB, size * 2])) };
    case 'committed':
      return { kind, before: drawLayerWrites(draw, swarm, disk) };
    case 'rebased':
      return { kind, below: drawLayerWrites(draw, swarm, disk) };
  }
}
