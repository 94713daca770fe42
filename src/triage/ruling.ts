import type { Plan } from '../plan/plan.ts';
import type { Finding } from '../verdict/finding.ts';
import type { Bug } from './bug.ts';
import type { Shown } from './fingerprint.ts';

/** A divergent iteration, as the run found it. */
export interface Suspect {
  readonly plan: Plan;
  readonly finding: Finding;
  readonly symptom: string;
  /** Where no iteration of this run showed it, whatever seed and index the plan names: whence it was carried into the run. */
  readonly carriedFrom?: 'earlier-run' | 'known-gap';
  /** Its iteration told a worse finding in its stead, which did not come back. */
  readonly isInstead?: true;
}

/** What was found out about one finding or several. */
export type Ruling =
  | { readonly kind: 'bug'; readonly bug: Bug; readonly shown: Shown }
  /** It came back so many times of `TRIES`: too seldom to be told to anybody as a bug. */
  | { readonly kind: 'flaky'; readonly suspect: Suspect; readonly cameBack: number };

/** A ruling that names a bug. */
export type BugRuling = Ruling & { readonly kind: 'bug' };
