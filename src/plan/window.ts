import { SECTOR } from './size.ts';

/** A part of a disk that is copied in blocks: how large they are, at which it ends, and how many are passed over. */
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
 * What of a disk such a copy holds. Other than of dd(1), the count is not of what is copied: it tells where that ends, and the blocks that are
 * skipped are of those (measured: qemu-img 5.2, 7.2, 10.0, 11.1).
 */
export function windowOf({ blockSize = SECTOR, count, skip = 0 }: Blocks, size: number): Window {
  const end = Math.min(size, (count ?? Number.POSITIVE_INFINITY) * blockSize);
  const offset = Math.min(skip * blockSize, end);
  return { offset, length: end - offset };
}
