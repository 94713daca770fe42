/** Data in more places than a tool may have room for in a list of its own, a cache of tables, or the first block of refcounts. */
import type { Draw } from './draw.ts';
import { KiB, SECTOR } from './size.ts';
import { type Geometry, MOST_STRIPES, type Write } from './write.ts';

/** A write of many places. */
export type Stripes = Write & { readonly kind: 'stripes' };

/** A write of one place. */
export type Piece = Exclude<Write, Stripes>;

/** The fewest that are drawn: more than other writes come to, and than what programs count on by hand. */
const FEWEST = 100;

/** The largest stripe drawn, in bytes: in clusters of 4 KiB, 256 of these need a second refcount block. */
const LARGEST = 32 * KiB;

/** Larger units would make more of an image than it is worth to copy and compare. */
const LARGEST_UNIT = 64 * KiB;

/**
 * Stripes over the whole disk, which meet as many tables as it has, or with a unit left out between each two; none where units are large. A small
 * disk has fewer.
 */
export function drawStripes(draw: Draw, { size, cluster }: Geometry): Stripes[] {
  if (cluster > LARGEST_UNIT) return [];
  const wanted = draw.pick([MOST_STRIPES, draw.integer(FEWEST, MOST_STRIPES)]);
  const count = Math.min(wanted, Math.floor(size / (2 * SECTOR)));
  const most = Math.floor(size / count / SECTOR) * SECTOR;
  const length = Math.min(draw.pick([SECTOR, Math.min(cluster, LARGEST), LARGEST, LARGEST]), most - SECTOR);
  const apart = Math.ceil(length / cluster + 1) * cluster;
  const stride = draw.pick([most, Math.min(most, apart)]);
  const room = size - (count - 1) * stride - length;
  const offset = draw.integer(0, Math.floor(room / SECTOR)) * SECTOR;
  return [{ kind: 'stripes', offset, length, stride, count, byte: draw.integer(1, 255) }];
}

/** What writes come to, each in one place. Neighbouring stripes have different bytes, none of them zero: lost and stale data must not look alike. */
export function piecesOf(writes: readonly Write[]): Piece[] {
  return writes.flatMap((write) => (write.kind === 'stripes' ? stripesOf(write) : [write]));
}

function stripesOf({ count, ...stripes }: Stripes): Piece[] {
  const { offset, length, stride } = stripes;
  return Array.from({ length: count }, (_, at) => ({
    kind: 'data',
    offset: offset + at * stride,
    length,
    byte: byteOf(stripes, at),
  }));
}

function byteOf({ byte }: Pick<Stripes, 'byte'>, at: number): number {
  return 1 + ((byte - 1 + at) % 255);
}

/** So many of the stripes of a write, from one on, which is counted from 0. */
export function someOf(stripes: Stripes, first: number, count: number): Stripes {
  return { ...stripes, offset: stripes.offset + first * stripes.stride, count, byte: byteOf(stripes, first) };
}
