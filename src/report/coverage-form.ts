import * as v from 'valibot';
import { OPERATION_NAMES } from '../operations/index.ts';
import { type Coverage, type OperationCoverage, SOURCE } from './coverage.ts';
import { exactly, type Members, whole } from './forms.ts';

/** Characters of an option's value or of a pair of them; the longest today has less than half. */
const MOST_KEY = 200;

const key = v.pipe(v.string(), v.maxLength(MOST_KEY));
const counts = v.record(key, whole(Number.MAX_SAFE_INTEGER));

/** The form of `coverage.json`. */
export const CoverageForm = exactly<Coverage>()(
  v.record(
    v.picklist([...OPERATION_NAMES, SOURCE]),
    v.strictObject({
      values: counts,
      pairs: counts,
      neverValues: v.array(key),
      neverPairs: v.array(key),
    } satisfies Members<OperationCoverage>),
  ),
);
