import type { Operation } from '../operations/operation.ts';
import type { Plan } from '../plan/plan.ts';
import { type Spot, spotsOf } from './spots.ts';

/** What shrinking needs to know and may do. */
export interface Shrinking {
  readonly operations: readonly Operation[];
  /** Whether a plan is one that may be run at all: well-formed, within its bounds, outside the known gaps. */
  isSound(plan: Plan): boolean;
  /** Runs a plan and tells whether it shows the same symptom. */
  shows(plan: Plan): Promise<boolean>;
  /** Whether time is over; then what was reached so far is the result. */
  isOver(): boolean;
}

/**
 * Makes a plan smaller place by place for as long as it shows the same, and again from the start until nothing helps any more. The
 * outcome depends on nothing but the plan and what its candidates show.
 */
export async function shrink(plan: Plan, shrinking: Shrinking): Promise<Plan> {
  const tried = new Set([JSON.stringify(plan)]);
  let smallest = plan;
  for (let before: Plan | undefined; before !== smallest && !shrinking.isOver(); ) {
    before = smallest;
    smallest = await sweep(smallest, shrinking, tried);
  }
  return smallest;
}

/** Goes once through all places. A place is left when no candidate of it helps. */
async function sweep(plan: Plan, shrinking: Shrinking, tried: Set<string>): Promise<Plan> {
  let smallest = plan;
  for (let at = 0; !shrinking.isOver(); ) {
    const spot = spotsOf(smallest, shrinking.operations)[at];
    if (spot === undefined) break;
    const simpler = await firstThatShows(spot, shrinking, tried);
    if (simpler === undefined) at += 1;
    else smallest = simpler;
  }
  return smallest;
}

async function firstThatShows(spot: Spot, shrinking: Shrinking, tried: Set<string>): Promise<Plan | undefined> {
  for (const candidate of spot()) {
    const key = JSON.stringify(candidate);
    if (tried.has(key) || !shrinking.isSound(candidate)) continue;
    tried.add(key);
    if (shrinking.isOver()) return undefined;
    if (await shrinking.shows(candidate)) return candidate;
  }
  return undefined;
}
