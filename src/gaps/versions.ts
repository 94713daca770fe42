import type { Choice, Plan, Step } from '../plan/plan.ts';
import { firstGap, type Gap, type VersionRange } from './gap.ts';

/** What the tools of a run call themselves. */
export interface Versions {
  readonly subject: string;
  readonly reference: string;
}

/**
 * Makes a plan one without what steps into a gap of these versions. Plans know no versions, so that a seed means the same everywhere; this is what is
 * left out where a run meets such a version. A mistake is dropped, any other step into the gap is skipped.
 */
export function withinVersions(gaps: readonly Gap[], versions: Versions): (plan: Plan) => Plan {
  const bound = gaps.filter((gap) => gap.versions !== undefined && isWithin(gap.versions, versions));
  if (bound.length === 0) return (plan) => plan;
  return (plan) => ({ ...plan, steps: plan.steps.map((step) => keptOf(step, plan, bound)) });
}

function keptOf(step: Step, { source }: Plan, gaps: readonly Gap[]): Step {
  if (step.kind === 'skipped') return step;
  const gapOf = (one: Choice) => firstGap(gaps, one, source);
  const { mistakes = [], ...correct } = step;
  const gap = gapOf(correct);
  if (gap) return { kind: 'skipped', position: step.position, operation: step.operation, gap: gap.id };
  const kept = mistakes.filter((mistake) => gapOf({ ...correct, mistakes: [mistake] }) === undefined);
  return kept.length === 0 ? correct : { ...correct, mistakes: kept };
}

/** Of a tool that tells no version nothing is known: it counts as within every range. */
function isWithin({ side, from, below }: VersionRange, versions: Versions): boolean {
  const version = numbersIn(versions[side]);
  if (version === undefined) return true;
  return !(from && isBelow(version, numbersIn(from) ?? [])) && !(below && !isBelow(version, numbersIn(below) ?? []));
}

/** The first dotted number of a text: `qemu-img version 10.0.13 (Debian …)`. */
function numbersIn(text: string): number[] | undefined {
  return /\d+(\.\d+)+/.exec(text)?.[0].split('.').map(Number);
}

function isBelow(one: readonly number[], other: readonly number[]): boolean {
  const at = other.findIndex((number, position) => number !== (one[position] ?? 0));
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
