import type { Coverage } from './coverage.ts';

/** The coverage of each operation in short; `coverage.json` has every count. */
export interface CoverageTotals {
  readonly [operation: string]: CoverageTotal;
}

/** Values and pairs that were drawn in the last 1,000 iterations, of those that there are, and what was not. */
export interface CoverageTotal {
  readonly values: readonly [drawn: number, possible: number];
  readonly pairs: readonly [drawn: number, possible: number];
  readonly neverValues: readonly string[];
}

/** Sums up a coverage. */
export function totalsOf(coverage: Coverage): CoverageTotals {
  const entries = Object.entries(coverage).map(([name, { values, pairs, neverValues, neverPairs }]) => {
    const share = (all: object, never: readonly string[]) => [
      Object.keys(all).length - never.length,
      Object.keys(all).length,
    ];
    return [name, { values: share(values, neverValues), pairs: share(pairs, neverPairs), neverValues }];
  });
  return Object.fromEntries(entries) as CoverageTotals;
}
