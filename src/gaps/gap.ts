import type { Choice } from '../plan/plan.ts';
import type { Source } from '../plan/source.ts';
import type { Severity } from '../verdict/severity.ts';

/** A documented difference between the tools. It is no finding, and nothing that we pick may step into it. */
export interface Gap {
  readonly id: string;
  readonly operations: readonly string[];
  /** What each side does. */
  readonly difference: string;
  /** The subject's document that says so. */
  readonly documented: string;
  readonly state: 'open' | 'by design' | 'unknown';
  readonly handling: Handling;
}

/** How the fuzzer deals with a gap: draws that step into it are repeated, its difference is no finding, or no option that we draw can reach it. */
export type Handling =
  | { readonly kind: 'avoid'; applies(choice: Choice, source: Source): boolean; readonly shows?: Expectation }
  | { readonly kind: 'tolerate'; readonly where: string }
  | { readonly kind: 'unreachable'; readonly because: string };

/** What a gap shows to who steps into it: a difference of these severities, in every such choice or only in some. */
export interface Expectation {
  readonly severities: readonly Severity[];
  readonly always: boolean;
}
