import { SECTOR } from './size.ts';

/** A part of a disk that is copied in blocks: their size in bytes, the block at which the copy ends, and how many are passed over before it. */
export interface Blocks {
  readonly blockSize?: number | undefined;
  readonly count?: number | undefined;
  readonly skip?: number | undefined;
}

/** A part of a disk, in bytes; empty where the length is zero. */
export interface Window {
  readonly offset: number;
  readonly length: number;
}

/**
 * The part of a disk of `size` bytes that such a copy holds. Unlike dd(1), `count` says where the copy ends, and skipped blocks count towards it
 * (measured: qemu-img 5.2, 7.2, 10.0, 11.1).
 */
export function windowOf({ blockSize = SECTOR, count, skip = 0 }: Blocks, size: number): Window {
  const end = Math.min(size, (count ?? Number.POSITIVE_INFINITY) * blockSize);
  const offset = Math.min(skip * blockSize, end);
  return { offset, length: end - offset };
}
