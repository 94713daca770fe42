import type { Finding, Side } from './finding.ts';
import { isGrave } from './severity.ts';

/** Why something could not be judged. None of these says anything about the subject's correctness. */
export type Reason =
  | {
      readonly kind: 'inconclusive_external_timeout';
      readonly side: Side;
      readonly command: string;
      readonly seconds: number;
      /** What the reference needed for the same, where only the subject ran out of time. */
      readonly referenceMilliseconds?: number;
    }
  | { readonly kind: 'killed'; readonly side: Side; readonly command: string }
  | { readonly kind: 'missing_helper'; readonly helper: string }
  | { readonly kind: 'fixture_failed'; readonly command: string; readonly message: string }
  | { readonly kind: 'reference_failed'; readonly command: string; readonly message: string }
  | { readonly kind: 'reference_crashed'; readonly command: string; readonly message: string }
  | { readonly kind: 'reference_invariant'; readonly says: string; readonly message: string }
  /** `neededBytes`: with less room than this a difference counts for nothing; absent where a tool itself found no room, and in older records. */
  | { readonly kind: 'scratch_full'; readonly freeBytes: number; readonly neededBytes?: number }
  | { readonly kind: 'limit_reached'; readonly limit: 'processes' | 'memory' }
  | { readonly kind: 'own_conversion_failed'; readonly message: string }
  /** The subject was there when the run began, and could not be started any more. */
  | { readonly kind: 'not_started'; readonly message: string }
  /** The subject said more than is kept of it. */
  | { readonly kind: 'too_much_said'; readonly bytes: number }
  /** All that was read of the subject's file may have been another. */
  | { readonly kind: 'leads_elsewhere'; readonly file: string }
  /** It showed a difference, which came back only so many times when it was tried again. */
  | { readonly kind: 'flaky'; readonly cameBack: number; readonly tries: number }
  | { readonly kind: 'lane_lost'; readonly message: string }
  | { readonly kind: 'nothing_to_compare' };

/** How one step ended. A skipped step was never run, because a known gap covers all that could be picked. */
export type StepOutcome =
  | { readonly kind: 'ok' }
  | { readonly kind: 'divergent'; readonly finding: Finding }
  | { readonly kind: 'inconclusive'; readonly reason: Reason }
  | { readonly kind: 'skipped'; readonly gap: string };

/** How one iteration ended. */
export type Verdict =
  | { readonly kind: 'ok' }
  | { readonly kind: 'divergent'; readonly finding: Finding }
  | { readonly kind: 'inconclusive'; readonly reason: Reason };

/**
 * Folds the steps of an iteration into its verdict: a finding wins over everything, and of several the first, unless one costs data;
 * then the first reason for not knowing. An iteration in which nothing at all was compared is not called ok.
 */
export function judge(steps: readonly StepOutcome[]): Verdict {
  const divergent = steps.filter((step) => step.kind === 'divergent');
  const worst = divergent.find(({ finding }) => isGrave(finding)) ?? divergent[0];
  if (worst) return worst;
  const inconclusive = steps.find((step) => step.kind === 'inconclusive');
  if (inconclusive) return inconclusive;
  if (steps.some((step) => step.kind === 'ok')) return { kind: 'ok' };
  return { kind: 'inconclusive', reason: { kind: 'nothing_to_compare' } };
}

/** Less than this many milliseconds of the reference's time make a time-out of the subject suspicious. */
const PROMPT_MILLISECONDS = 1000;

/**
 * Whether the subject ran out of time where the reference was prompt: a guest that panics is known to spin until somebody ends it, so
 * this may be a crash. It still is no finding.
 */
export function isSuspicious(reason: Reason): boolean {
  return (
    reason.kind === 'inconclusive_external_timeout' &&
    reason.referenceMilliseconds !== undefined &&
    reason.referenceMilliseconds < PROMPT_MILLISECONDS
  );
}
