import type { Plan } from '../plan/plan.ts';
import type { Finding } from '../verdict/finding.ts';

/** The version of the way in which fingerprints are made; those of different versions say nothing about each other. */
export const FINGERPRINT_SCHEME = 1;

/** A bug of the subject: what several findings have in common once each was confirmed and shrunk. */
export interface Bug {
  /** 16 hexadecimal digits that are the same whatever seed found it. */
  readonly fingerprint: string;
  /** The difference that the smallest plan shows. Its texts are hostile. */
  readonly finding: Finding;
  /** The smallest plan that still shows it. */
  readonly plan: Plan;
  /** What the smallest plan cannot do without, as `name=value` or a word. */
  readonly traits: readonly string[];
  /** The script that makes the images and shows the difference, printed from the commands of the smallest plan. */
  readonly reproducer: string;
  /** Whether the script was run by itself and showed the difference. One that did not is not published. */
  readonly reproduced: boolean;
  /** The iterations of this run in which it was seen. */
  readonly sightings: readonly Sighting[];
}

/** An iteration that showed a bug. */
export interface Sighting {
  readonly seed: string;
  readonly index: number;
}
