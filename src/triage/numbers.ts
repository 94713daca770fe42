import { ordinaryOf, type SchemaNode } from '../plan/schema.ts';
import { CLUSTER, MiB, SECTOR } from '../plan/size.ts';

/** Rounder means less to read; these are the units of disks and tables, in bytes. */
const ROUND = [MiB, CLUSTER, 4096, SECTOR] as const;

/**
 * The ordinary ones, then half of the most ordinary, those that are just off it, then the same odd rest, behind the most ordinary or, where that is none,
 * behind a round one; then rounder ones.
 */
export function* simplerNumbers(node: SchemaNode, value: number): Generator<number> {
  const known = ordinaryOf(node).filter((one) => typeof one === 'number');
  const [unit = 0] = known;
  const ranked = unit > SECTOR ? [...known, unit / 2, unit + SECTOR, unit - SECTOR, unit + (value % unit)] : known;
  const rank = ranked.indexOf(value);
  yield* rank < 0 ? ranked : ranked.slice(0, rank);
  if (rank >= 0) return;
  if (unit === 0) yield* ROUND.map((step) => value % step).filter((rest) => rest > 0 && rest < value);
  for (const step of ROUND) {
    const rounded = Math.floor(value / step) * step;
    if (rounded !== value && rounded > 0) yield rounded;
  }
}
