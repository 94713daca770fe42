import { ordinaryOf, type SchemaNode } from '../plan/schema.ts';
import { CLUSTER, MiB, SECTOR } from '../plan/size.ts';

/** Rounder means less to read; these are the units of disks and tables, in bytes. */
const ROUND = [MiB, CLUSTER, 4096, SECTOR] as const;

/**
 * Numbers that are simpler than `value`, the simplest first:
 * - the ordinary ones of the node;
 * - where the most ordinary is more than a sector: half of it, a sector more, a sector less, and as much more as `value` is beyond a multiple of it;
 * - where the most ordinary is zero or there is none: what `value` is beyond a multiple of each round number;
 * - `value`, rounded down to a multiple of each.
 *
 * Where `value` is itself one of the first two kinds, only the numbers before it are given.
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
