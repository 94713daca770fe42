import type { Origin, Unfinished } from '../triage/bug.ts';
import type { Vote } from '../triage/jury.ts';
import type { Ruling } from '../triage/ruling.ts';
import { TRIES } from '../triage/triage.ts';
import type { ByteDifference } from '../verdict/bytes.ts';
import type { Finding } from '../verdict/finding.ts';

/**
 * One line of `triage.jsonl`: a bug with all its sightings, its folder holding the smallest plan and the reproducer; or a finding
 * that did not come back often enough.
 */
export type TriageLine =
  | {
      readonly kind: 'bug';
      readonly fingerprint: string;
      readonly folder: string;
      readonly finding: Finding;
      readonly traits: readonly string[];
      readonly reproduced: boolean;
      readonly origin: Origin;
      readonly jury: readonly Vote[];
      readonly bytes?: ByteDifference;
      readonly unfinished?: Unfinished;
      readonly indices: readonly number[];
    }
  | { readonly kind: 'flaky'; readonly index: number; readonly cameBack: number; readonly tries: number };

/** The line of a finding that did not come back often enough. */
export function flakyLineOf({ suspect, cameBack }: Ruling & { kind: 'flaky' }): TriageLine {
  return { kind: 'flaky', index: suspect.plan.index, cameBack, tries: TRIES };
}
