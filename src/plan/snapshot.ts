import type { Draw } from './draw.ts';
import type { Qcow2Options } from './qcow2.ts';
import { drawLayerWrites } from './rich-writes.ts';
import type { Swarm } from './swarm.ts';
import { type Geometry, uncompressed, type Write } from './write.ts';

/** The share of images with an internal snapshot where the swarm asks what happened to an image before. */
const SHARE = 0.3;

/** An image of which a snapshot may have been taken. */
interface Snapped {
  readonly layout: Pick<Qcow2Options, 'compat' | 'refcountBits'>;
  readonly geometry: Geometry;
  /** What is written into it afterwards. */
  readonly written: readonly Write[];
  /** What is written above it, or in its place, by the operation: where the snapshot shares a cluster, that has to be copied first. */
  readonly above?: readonly Write[];
}

/**
 * What an image held when an internal snapshot of it was taken, where one can be taken. A cluster that is shared is counted twice, which
 * refcounts of one bit cannot; nothing can be compressed over a cluster that is there; and the old version of the format knows no size of a
 * snapshot, so that the reference resizes no such image.
 */
export function drawTaken(draw: Draw, swarm: Swarm, image: Snapped): { readonly snapshot: Write[] } | undefined {
  const { layout, geometry, written, above = [] } = image;
  if (layout.compat === '0.10' || layout.refcountBits === 1) return undefined;
  if (written.some(({ kind }) => kind === 'compressed')) return undefined;
  return { snapshot: uncompressed(drawLayerWrites(draw, swarm, geometry, [...written, ...above])) };
}

/** The same in a share of the images. */
export function drawSnapshot(
  draw: Draw,
  swarm: Swarm,
  image: Snapped,
  share = SHARE,
): { readonly snapshot: Write[] } | undefined {
  return swarm.includes('histories') && draw.chance(share) ? drawTaken(draw, swarm, image) : undefined;
}
