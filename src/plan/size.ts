import * as v from 'valibot';
import type { Choices, Draw } from './draw.ts';
import { ordinary } from './schema.ts';
import type { Swarm } from './swarm.ts';

/** Units of 2^10, 2^20 and 2^30 bytes. */
export const KiB = 1024;
export const MiB = 1024 * KiB;
export const GiB = 1024 * MiB;

/** What disks are counted in, and the usual size of a qcow2 cluster, in bytes. */
export const SECTOR = 512;
export const CLUSTER = 64 * KiB;

const UNITS = [
  { suffix: 'G', bytes: GiB },
  { suffix: 'M', bytes: MiB },
  { suffix: 'K', bytes: KiB },
] as const;

/**
 * A number of bytes as both tools take it on their command lines: `67108864` is `64M`, `513` is `513`.
 * The suffix `b` is never used: the two tools read it differently (gap size-suffix-b).
 */
export function sizeText(bytes: number): string {
  const unit = UNITS.find((candidate) => bytes > 0 && bytes % candidate.bytes === 0);
  return unit ? `${bytes / unit.bytes}${unit.suffix}` : String(bytes);
}

/** The largest disk that there is. */
export const MOST_SIZE = 8 * GiB;

/** The first offset that needs more than 32 bits, and the sizes of disks that have data beyond it, the most ordinary first. */
export const BEYOND_32_BITS = 4 * GiB;
const BEYOND_SIZES = [BEYOND_32_BITS + 64 * MiB, BEYOND_32_BITS + 512, BEYOND_32_BITS + GiB] as const;

/** No disk is drawn with more bytes than this: the largest size, and an uneven end. One from outside may have up to MOST_SIZE. */
export const MOST_DRAWN = Math.max(...BEYOND_SIZES) + MiB;

/** The size of a disk in bytes: whole sectors, which is what both tools round to. */
export const DiskSize = v.pipe(
  v.number(),
  v.integer(),
  v.multipleOf(512),
  v.minValue(512),
  v.maxValue(MOST_SIZE),
  ordinary(MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB, BEYOND_SIZES[0]),
);

/** The share of disks whose last part lies beyond 32 bits. */
const BEYOND = 0.04;

/** A size beyond 32 bits in a share of the cases, undefined in the others: such a disk costs more to read. */
export function drawBeyond(draw: Draw): number | undefined {
  return draw.chance(BEYOND) ? draw.pick(BEYOND_SIZES) : undefined;
}

/** The share of uneven sizes, in an operation that is about sizes, where the swarm does not ask for them. */
export const ABOUT_SIZES = 0.6;

/** One of the sizes; where the swarm allows it, often one that is no multiple of the cluster, elsewhere in the share `otherwise`. */
export function drawSize(draw: Draw, swarm: Swarm, sizes: Choices<number>, cluster: number, otherwise = 0): number {
  const size = draw.pick(sizes);
  if (!draw.chance(swarm.includes('odd-sizes') ? 0.85 : otherwise)) return size;
  const sectors = Math.min(cluster, MiB) / 512;
  const off = draw.pick([1, Math.max(1, sectors / 2), draw.integer(1, Math.max(1, sectors - 1))]) * 512;
  return draw.chance(0.5) && size - off >= 64 * KiB ? size - off : size + off;
}
