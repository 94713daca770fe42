import type { Finding } from '../verdict/finding.ts';
import { type Severity, severityOf } from '../verdict/severity.ts';
import type { Bug } from './bug.ts';

/**
 * What another version of the reference did with a bug's smallest plan in the subject's place: as the reference did, as the subject did,
 * something else, or nothing that could be judged. Or what a reader that shares no code with either sees in the subject's file: a disk of the
 * same size as in the reference's, of another, or nothing that it can read.
 */
export const VOTES = ['reference', 'subject', 'otherwise', 'nothing', 'same-size', 'other-size', 'unreadable'] as const;

/** How many other versions of the reference can be asked in a run. */
export const MOST_JURORS = 20;

/** A vote and whose it is. */
export interface Vote {
  /** The version that it gives itself: hostile text, as it may come from beside the subject; or the reader's name. */
  readonly juror: string;
  readonly says: (typeof VOTES)[number];
}

/** A vote in words. */
export function describeVote({ says }: Vote): string {
  switch (says) {
    case 'reference':
      return 'like the reference';
    case 'subject':
      return 'like the subject';
    case 'otherwise':
      return 'like neither';
    case 'nothing':
      return 'could not be judged';
    case 'same-size':
      return 'size like the reference';
    case 'other-size':
      return 'sees another size than in the reference’s file';
    case 'unreadable':
      return 'can read the reference’s file but not the subject’s';
  }
}

/** How bad a bug is, by what differs and by what the jury says. */
export function severityOfBug({ finding, jury }: Pick<Bug, 'finding' | 'jury'>): Severity {
  return severityOf(
    finding,
    jury.some(({ says }) => says === 'subject'),
  );
}

/** Whether the subject left files that another program can be asked about. */
export function isAboutFiles({ kind }: Finding): boolean {
  return ['content', 'size', 'unreadable', 'inconsistent', 'json'].includes(kind);
}
