import type { Suspect } from './ruling.ts';

/**
 * Suspects in the order in which they are looked into: the smallest case first, of equally small ones the earliest. How much each is, is
 * worked out once: of 100,000 suspects a comparison that does it again blocks for minutes.
 */
export function smallestFirst(suspects: readonly Suspect[]): Suspect[] {
  const sized = suspects.map((suspect) => ({ suspect, amount: amountOf(suspect) }));
  sized.sort((a, b) => a.amount - b.amount || a.suspect.plan.index - b.suspect.plan.index);
  return sized.map(({ suspect }) => suspect);
}

/** How much there is to make smaller, in characters of the plan: what an earlier run had shrunk in part is short, and comes first. */
function amountOf({ plan: { source, steps }, finding }: Suspect): number {
  return JSON.stringify([source, steps.filter(({ position }) => position === finding.step)]).length;
}
