/** Where a bug was seen first. What no iteration of this run showed is told by its plan, which keeps the seed that drew it. */
import { gapOfSeed } from '../gaps/canary-seed.ts';
import type { Bug } from '../triage/bug.ts';
import { markdownCode } from '../trust/inert.ts';

/** What an issue needs to say of where its bug comes from. */
type Seen = Pick<Bug, 'sightings' | 'plan'>;

/**
 * The iterations that are known to show a bug when its issue is opened: those of this run; the one that its plan names where an earlier run
 * found it; none where it was found by stepping into a known gap.
 */
export function iterationsAtFirst({ sightings, plan }: Seen): number {
  return sightings.length > 0 || gapOfSeed(plan.seed) !== undefined ? sightings.length : 1;
}

/** Where it was seen first, in Markdown; `run` is the link to this run. */
export function firstSeenWords({ sightings: [first], plan }: Seen, run: string): string {
  if (first !== undefined) return `${iterationWords(first)}, ${run}`;
  const gap = gapOfSeed(plan.seed);
  if (gap !== undefined) return `by stepping into the known gap ${markdownCode(gap)}, ${run}`;
  return `by an earlier run: ${iterationWords(plan)}; still there in ${run}`;
}

function iterationWords({ seed, index }: { readonly seed: string; readonly index: number }): string {
  return `seed ${markdownCode(seed)}, iteration ${index}`;
}
