import type { Piece } from '../plan/stripes.ts';

/**
 * Whether some writes, whatever their kind, touch a cluster that an image below was given in compressed form. That it was written over there
 * since is not looked at.
 */
export function landOnCompressed(above: readonly Piece[], below: readonly Piece[], clusterSize: number): boolean {
  const compressed = below.filter(({ kind }) => kind === 'compressed');
  const first = ({ offset }: Piece) => Math.floor(offset / clusterSize);
  const last = ({ offset, length }: Piece) => Math.floor((offset + length - 1) / clusterSize);
  return compressed.some((one) => above.some((other) => first(other) <= last(one) && last(other) >= first(one)));
}
