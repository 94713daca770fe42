import { type GapOf, gapsWithout } from '../gaps/ledger.ts';
import { operationsNamed } from '../operations/index.ts';
import { type Catalogue, makePlan, type Plan } from '../plan/plan.ts';

/** The plan of each iteration by its index. */
export type PlanOf = (index: number) => Plan;

/** The plans of a seed, drawn from the named operations and steered around known gaps. Throws when no name is an operation's. */
export function plansOf(seed: string, names: readonly string[], gapOf: GapOf = gapsWithout([])): PlanOf {
  const [first, ...others] = operationsNamed(names);
  if (first === undefined) throw new Error('no operation to draw from');
  const catalogue: Catalogue = { operations: [first, ...others], gapOf };
  return (index) => makePlan(seed, index, catalogue);
}
