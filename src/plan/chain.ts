import * as v from 'valibot';
import type { Draw } from './draw.ts';
import { drawOddEnd, LessBytes } from './odd-end.ts';
import { drawReadQcow2, plainQcow2, Qcow2Options, qcow2Geometry } from './qcow2.ts';
import { drawLayerWrites } from './rich-writes.ts';
import { DiskSize, GiB, KiB } from './size.ts';
import type { Swarm } from './swarm.ts';
import { uncompressed, type Write, Writes } from './write.ts';

/** The formats that an image below an overlay may have besides raw and qcow2. Nothing lies below such an image. */
export const FOREIGN_FORMATS = ['vmdk', 'vpc', 'vhdx'] as const;

/** One image of a chain below the source: the next one first, the lowest last. */
export const Layer = v.variant('format', [
  v.strictObject({ format: v.literal('raw'), size: DiskSize, lessBytes: LessBytes, writes: Writes }),
  v.strictObject({
    format: v.literal('qcow2'),
    ...Qcow2Options.entries,
    size: DiskSize,
    writes: Writes,
    /** The image above does not record that this is its backing file's format: whoever reads it has to find that out. */
    unnamed: v.optional(v.literal(true)),
  }),
  v.strictObject({ format: v.picklist(FOREIGN_FORMATS), size: DiskSize, writes: Writes }),
]);
export type Layer = v.InferOutput<typeof Layer>;

/** Of an image with more clusters the reference takes long to find out that most are not there: 26 s for 5 GiB in clusters of 512 bytes, with a busy neighbour. */
const MOST_CLUSTERS = 262_144;

/**
 * The share of images of which the one above does not record the format. Only of qcow2: of a file without a mark the subject's documents do not
 * agree whether it is raw (info-raw).
 */
const UNNAMED = 0.3;

/** The share of images of other formats, each the lowest of its chain. */
const LOWEST = 0.35;

/** The images below a source, whose layout is their own in half of them. */
export function drawChain(
  draw: Draw,
  swarm: Swarm,
  top: { readonly size: number; readonly writes: readonly Write[] },
  clusterSize: Qcow2Options['clusterSize'],
): Layer[] {
  return Array.from({ length: draw.integer(1, 3) }, (): Layer => {
    const size = drawBackingSize(draw, swarm, top.size);
    const own = drawReadQcow2(draw, swarm);
    const hasOwn = draw.chance(0.5) && size / own.clusterSize <= MOST_CLUSTERS;
    const options = hasOwn ? own : plainQcow2(clusterSize);
    const geometry = { ...qcow2Geometry(options, size), edges: [top.size] };
    const writes = drawLayerWrites(draw, swarm, geometry, top.writes);
    if (draw.chance(LOWEST)) {
      const format = draw.pick(['raw', 'raw', ...FOREIGN_FORMATS] as const);
      const lowest = { size, writes: uncompressed(writes) };
      return format === 'raw' ? { format, ...drawOddEnd(draw, swarm, lowest) } : { format, ...lowest };
    }
    return { format: 'qcow2', ...options, size, writes, ...(draw.chance(UNNAMED) && { unnamed: true }) };
  }).filter((_, depth, layers) => !layers.slice(0, depth).some(({ format }) => format !== 'qcow2'));
}

/**
 * The size of an image below another of `above` bytes: the same, or a smaller or larger one where the swarm allows it, elsewhere in the
 * share `otherwise`.
 */
export function drawBackingSize(draw: Draw, swarm: Swarm, above: number, otherwise = 0): number {
  if (!draw.chance(swarm.includes('uneven-chains') ? 0.85 : otherwise)) return above;
  const size = draw.pick([above / 2, above * 2, above - 64 * KiB, above + 64 * KiB, above - 512, above + 512]);
  return drawableSize(size, above > GiB ? above + 64 * KiB : GiB);
}

/** Whether an image below another is shorter or longer than it, as `name=word`; nothing where both are as long. */
export function lengthOf(name: string, below: number, above: number): string[] {
  return below === above ? [] : [`${name}=${below < above ? 'shorter' : 'longer'}`];
}

/** A size in whole sectors, within what is drawn at all: from 64 KiB to `most`, which is beyond 32 bits only beside another such disk. */
export function drawableSize(size: number, most = GiB): number {
  return Math.min(most, Math.max(64 * KiB, Math.floor(size / 512) * 512));
}
