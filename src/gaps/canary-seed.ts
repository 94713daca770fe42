import { MOST_SEED } from '../plan/draw.ts';
import { GAP_ID, MOST_GAP_ID } from './gap.ts';

const CANARY = '/canary/';

/** Characters of the longest seed that a plan may have. */
export const MOST_PLAN_SEED = MOST_SEED + CANARY.length + MOST_GAP_ID;

/** The seed of the plans with which a run of this seed steps into a gap on purpose. No command draws them again: they are chosen among many. */
export function canarySeed(seed: string, gap: string): string {
  return `${seed}${CANARY}${gap}`;
}

/** The gap that plans of this seed step into on purpose; undefined for the seed of a run. */
export function gapOfSeed(seed: string): string | undefined {
  const [gap, ...before] = seed.split(CANARY).toReversed();
  return before.length > 0 && gap !== undefined && GAP_ID.test(gap) ? gap : undefined;
}
