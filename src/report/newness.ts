import { pastOf } from '../history/history.ts';
import type { BugLine, Report } from './report.ts';
import { isKnown } from './standing.ts';

/**
 * Whether nobody knew of a bug before this run. What the baseline shows is the stronger evidence; a bug that was called fixed is new again
 * whatever earlier runs saw.
 */
export function isNew({ fingerprint, origin }: BugLine, { standings, history }: Report): boolean {
  if (origin !== 'unknown') return origin === 'introduced';
  const standing = standings.get(fingerprint);
  return !isKnown(standing) && (standing?.state === 'regression' || pastOf(fingerprint, history) === undefined);
}
