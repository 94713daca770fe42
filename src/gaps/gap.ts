import type { Choice } from '../plan/plan.ts';
import type { Source } from '../plan/source.ts';
import type { Side } from '../verdict/finding.ts';
import type { Severity } from '../verdict/severity.ts';

/** The form of a gap's id, be the gap shipped or a user's own. */
export const GAP_ID = /^[a-z0-9][a-z0-9.-]{1,59}$/;

/** Characters of the longest id that has it. */
export const MOST_GAP_ID = 60;

/** How many gaps a user's own file may have. */
export const MOST_OWN_GAPS = 500;

/** A documented difference between the tools. It is no finding, and nothing that we pick may step into it. */
export interface Gap {
  readonly id: string;
  readonly operations: readonly string[];
  /** What each side does. */
  readonly difference: string;
  /** The subject's document that says so. */
  readonly documented: string;
  readonly state: GapState;
  /** The versions of one of the tools that have it; absent where all have. */
  readonly versions?: VersionRange;
  readonly handling: Handling;
}

/** Versions of a tool, as dotted numbers: from the first on, up to but not with the last. */
export interface VersionRange {
  readonly side: Side;
  readonly from?: string;
  readonly below?: string;
}

/** To be closed some day, meant to stay, or nobody has said. A closed gap is removed. */
export type GapState = 'open' | 'by design' | 'unknown';

/** The first of some gaps that a choice would step into; undefined where the way is free. */
export function firstGap(gaps: readonly Gap[], choice: Choice, source: Source): Gap | undefined {
  return gaps.find(
    ({ operations, handling }) =>
      operations.includes(choice.operation) && handling.kind === 'avoid' && handling.applies(choice, source),
  );
}

/** How the fuzzer deals with a gap: draws that step into it are repeated, its difference is no finding, or no option that we draw can reach it. */
export type Handling =
  | { readonly kind: 'avoid'; applies(choice: Choice, source: Source): boolean; readonly shows?: Expectation }
  | { readonly kind: 'tolerate'; readonly where: string }
  | { readonly kind: 'unreachable'; readonly because: string };

/** What a gap shows to who steps into it, as long as it is as documented: a difference of one of these severities. */
export interface Expectation {
  readonly severities: readonly Severity[];
  /** The choices among those that it keeps back in which the difference is sure to show; absent where it is in all of them. */
  readonly surely?: (choice: Choice, source: Source) => boolean;
}
