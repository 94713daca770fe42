import type { Piece } from '../plan/stripes.ts';

/** One refcount block is a cluster of refcounts of this width, each of which counts one cluster. */
export function clustersCounted(clusterSize: number, refcountBits = 16): number {
  return (clusterSize * 8) / refcountBits;
}

/** How much of the first refcount block a plan may fill: an estimate deserves a margin. */
const SHARE = 0.75;

/**
 * Whether writing this much into a fresh qcow2 image of `size` bytes may need more than its first refcount block, counting
 * header, refcount table and block, L1 table, L2 tables and data in clusters. Of a snapshot that was taken before the L1 table is copied and
 * the list is kept, and what is written over its clusters needs others. `more` clusters are for anything else.
 */
export function mayOutgrowRefcounts(
  { clusterSize, refcountBits }: { readonly clusterSize: number; readonly refcountBits?: number },
  size: number,
  writes: readonly Piece[],
  snapshot?: readonly Piece[],
  more = 0,
): boolean {
  const coveredByL2 = (clusterSize / 8) * clusterSize;
  const l1 = clustersOfL1(clusterSize, size);
  const all = [...(snapshot ?? []), ...writes];
  const data = all.map((write) => allocated(write, clusterSize));
  const l2 = all.map(({ offset, length }) => touched(offset, length, coveredByL2));
  const copied = snapshot === undefined ? 0 : l1 + 1;
  const clusters = 3 + l1 + copied + sum(data) + sum(l2) + more;
  return clusters > clustersCounted(clusterSize, refcountBits) * SHARE;
}

/** The clusters of an L1 table, of which each snapshot has a copy. */
export function clustersOfL1(clusterSize: number, size: number): number {
  return Math.ceil((Math.ceil(size / ((clusterSize / 8) * clusterSize)) * 8) / clusterSize);
}

/** The clusters of a persistent bitmap at most: its table and its bits. */
export function clustersOfBitmap(clusterSize: number, size: number, granularity: number): number {
  const bits = Math.ceil(size / granularity / 8 / clusterSize);
  return bits + Math.ceil((bits * 8) / clusterSize);
}

/** Zeros are noted in the tables; only the clusters at their ends can need room. A discard needs none. */
function allocated({ kind, offset, length }: Piece, clusterSize: number): number {
  const clusters = touched(offset, length, clusterSize);
  if (kind === 'zeros') return Math.min(2, clusters);
  return kind === 'discard' ? 0 : clusters;
}

/** How many clusters, or other units, a part of a disk touches; all in bytes. */
export function touched(offset: number, length: number, unit: number): number {
  return Math.floor((offset + length - 1) / unit) - Math.floor(offset / unit) + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
