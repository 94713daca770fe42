import * as v from 'valibot';
import type { Draw } from './draw.ts';

/**
 * What a picker may do beyond the plain cases. Each iteration switches a random half of these off (swarm testing: Groce and others,
 * ISSTA 2012), so that every combination of few features gets whole iterations to itself.
 */
export const FEATURES = [
  'unaligned-writes',
  'border-writes',
  'end-writes',
  'large-writes',
  'overlapping-writes',
  'zero-writes',
  'discards',
  'compressed-writes',
  'half-compressible-data',
  'incompressible-data',
  'odd-sizes',
  'chains',
  'uneven-chains',
  'histories',
  'source-options',
  'more-targets',
  'target-options',
  'mistakes',
] as const;
export type Feature = (typeof FEATURES)[number];

/** The share of choices with one thing that the subject is documented not to do; the ledger says which of them wait for it. */
export const UNUSUAL = 0.15;

/** The features that are switched on in one iteration. */
export const Swarm = v.pipe(v.array(v.picklist(FEATURES)), v.maxLength(FEATURES.length));
export type Swarm = readonly Feature[];

/** Draws the half that stays on, in the order of FEATURES. */
export function drawSwarm(draw: Draw): Feature[] {
  const rest: Feature[] = [...FEATURES];
  const on = new Set<Feature>();
  while (on.size < FEATURES.length / 2) {
    const [taken] = rest.splice(draw.integer(0, rest.length - 1), 1);
    if (taken !== undefined) on.add(taken);
  }
  return FEATURES.filter((feature) => on.has(feature));
}

/** The choices whose feature is on, or that need none. The first one never needs any. */
export function allowed<T>(
  swarm: Swarm,
  choices: readonly [readonly [T, undefined], ...(readonly [T, Feature | undefined])[]],
): readonly [T, ...T[]] {
  const [[first], ...others] = choices;
  const rest = others.filter(([, feature]) => feature === undefined || swarm.includes(feature));
  return [first, ...rest.map(([choice]) => choice)];
}
