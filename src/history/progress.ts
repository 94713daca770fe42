import { createHash } from 'node:crypto';
import type { History } from './history.ts';

/** What decides which plans a run makes, so that the same iteration of another run would only repeat it. */
export interface DrawnFrom {
  readonly seed: string;
  readonly operations: readonly string[];
}

/** The 16 hexadecimal digits by which the progress of a seed is found again: the history holds no words of anybody's. */
export function sourceDigest({ seed, operations }: DrawnFrom): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, [...operations].toSorted()]))
    .digest('hex')
    .slice(0, 16);
}

/** The first iteration that no remembered run that resumes the seed has done. */
export function nextOf(drawnFrom: DrawnFrom, { progress }: History): number {
  const digest = sourceDigest(drawnFrom);
  return progress.find(({ of }) => of === digest)?.next ?? 0;
}

/** The first iteration from `first` on that is not among those that were done: where a run that was cut short left a hole, the next one begins. */
export function nextAfter(first: number, done: ReadonlySet<number>): number {
  let next = first;
  while (done.has(next)) next += 1;
  return next;
}
