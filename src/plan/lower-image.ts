import * as v from 'valibot';
import { drawBackingSize, lengthOf } from './chain.ts';
import type { Draw } from './draw.ts';
import { type Qcow2Options, qcow2Geometry } from './qcow2.ts';
import { drawLowerWrites } from './rich-writes.ts';
import { DiskSize } from './size.ts';
import type { Swarm } from './swarm.ts';
import { Writes } from './write.ts';

/** An image below one of an operation's own, in that one's format and layout, so that only its size and its data are to be told. */
export const LowerImage = v.strictObject({ size: DiskSize, writes: Writes });
export type LowerImage = v.InferOutput<typeof LowerImage>;

/**
 * The share of images that stand on another. A chain of two shows most of what goes wrong, with fewer commands and less to read; but one
 * in four is enough for each of the bugs that need three to be met in a night.
 */
const DEEPER = 0.25;

/** The image that a lower one is drawn below. */
interface Above {
  readonly layout: Qcow2Options;
  readonly size: number;
  /** Where another image of the chain ends. */
  readonly edge: number;
  /** What is written above it, the topmost image's last. */
  readonly writes: LowerImage['writes'];
}

/** An image to stand below another, or none. Drawn after what lies above, so that it has data where that empties the disk. */
export function drawLowerImage(
  draw: Draw,
  swarm: Swarm,
  { layout, size: above, edge, writes }: Above,
): LowerImage | undefined {
  if (!draw.chance(DEEPER)) return undefined;
  const size = drawBackingSize(draw, swarm, above);
  const geometry = { ...qcow2Geometry(layout, size), edges: [above, edge] };
  return { size, writes: drawLowerWrites(draw, swarm, geometry, writes) };
}

/** A lower image of which only some writes are kept. */
export function keptBelow(below: LowerImage, kept: (writes: LowerImage['writes']) => LowerImage['writes']): LowerImage {
  return { ...below, writes: kept(below.writes) };
}

/** What the length of a lower image says, as `lengthOf` does; nothing where there is none. */
export function lengthBelow(name: string, below: LowerImage | undefined, above: number): string[] {
  return below === undefined ? [] : lengthOf(name, below.size, above);
}
