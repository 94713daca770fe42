import type { Write } from '../plan/write.ts';

/**
 * Whether some writes, whatever their kind, touch a cluster that an image below was given in compressed form. That it was written over there
 * since is not looked at.
 */
export function landOnCompressed(above: readonly Write[], below: readonly Write[], clusterSize: number): boolean {
  const compressed = below.filter(({ kind }) => kind === 'compressed');
  const first = ({ offset }: Write) => Math.floor(offset / clusterSize);
  const last = ({ offset, length }: Write) => Math.floor((offset + length - 1) / clusterSize);
  return compressed.some((one) => above.some((other) => first(other) <= last(one) && last(other) >= first(one)));
}
