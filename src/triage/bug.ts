import type { Plan } from '../plan/plan.ts';
import type { ByteDifference } from '../verdict/bytes.ts';
import type { Finding } from '../verdict/finding.ts';
import type { Vote } from './jury.ts';

/** The version of the way in which fingerprints are made; those of different versions say nothing about each other. */
export const FINGERPRINT_SCHEME = 1;

/** The form of a fingerprint. */
export const FINGERPRINT = /^[0-9a-f]{16}$/;

/**
 * Whether the subject as it was before, the baseline, shows a bug too: it was there before, or it came with what is tried. `unknown`
 * where there is no baseline or it could not be judged.
 */
export type Origin = 'before' | 'introduced' | 'unknown';

/**
 * Why the smallest case of a bug is not known: time ended the search for it, or smaller cases than the one that was told show it only now and
 * then. What was reached has needs that are not the bug's, and so another fingerprint each time.
 */
export type Unfinished = 'time' | 'seldom';

/** A bug of the subject: what several findings have in common once each was confirmed and shrunk. */
export interface Bug {
  /** 16 hexadecimal digits that are the same whatever seed found it. */
  readonly fingerprint: string;
  /** The difference that the smallest plan shows. Its texts are hostile. */
  readonly finding: Finding;
  /** The smallest plan that still shows it. */
  readonly plan: Plan;
  /** Absent where the plan is the smallest, or none was looked for. */
  readonly unfinished?: Unfinished;
  /** What the smallest plan cannot do without, as `name=value` or a word. */
  readonly traits: readonly string[];
  /** The script that makes the images and shows the difference, printed from the commands of the smallest plan. */
  readonly reproducer: string;
  /** Whether the script was run by itself and showed the difference. One that did not is not published. */
  readonly reproduced: boolean;
  readonly origin: Origin;
  /** What other versions of the reference do; empty where there are none. */
  readonly jury: readonly Vote[];
  /** What both disks hold where the smallest plan leaves other data; absent for other differences. */
  readonly bytes?: ByteDifference;
  /** The iterations of this run in which it was seen; none where it was only carried into it. */
  readonly sightings: readonly Sighting[];
}

/** An iteration that showed a bug. */
export interface Sighting {
  readonly seed: string;
  readonly index: number;
}

/** An origin in words; undefined where nothing is known of it. */
export function describeOrigin(origin: Origin): string | undefined {
  switch (origin) {
    case 'before':
      return 'it was there before: the baseline shows it too';
    case 'introduced':
      return 'introduced here: the baseline does not show it';
    case 'unknown':
      return undefined;
  }
}
