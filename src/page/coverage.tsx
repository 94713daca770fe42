import { useMemo, useState } from 'preact/hooks';
import type { PageCoverage } from '../report/page/model.ts';
import { HeatMap } from './heat-map.tsx';
import { PairTable } from './pair-table.tsx';
import { counted, share } from './words.ts';

/** Which pairs of options were drawn, one operation at a time, as a map and in numbers. */
export function Coverage({ coverage }: { readonly coverage: readonly PageCoverage[] }) {
  const [name, setName] = useState(coverage[0]?.operation ?? '');
  const shown = coverage.find(({ operation }) => operation === name);
  if (shown === undefined) return null;
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">Coverage of option pairs</h2>
      <div class="filters">
        <label>
          options of
          <select value={name} onChange={(event) => setName(event.currentTarget.value)}>
            {coverage.map(({ operation }) => (
              <option key={operation}>{operation}</option>
            ))}
          </select>
        </label>
      </div>
      <OfOperation key={name} coverage={shown} />
    </section>
  );
}

/** Two options whose values are counted against each other, by their names. */
export type Pick = readonly [string, string];

function OfOperation({ coverage }: { readonly coverage: PageCoverage }) {
  const pairs = useMemo(() => optionPairs(coverage), [coverage]);
  const [pick, setPick] = useState<Pick>(pairs[0] ?? ['', '']);
  const drawn = coverage.pairs.filter(([, , count]) => count > 0).length;
  const all = coverage.pairs.length;
  return (
    <>
      <p class="quiet">
        {drawn} of {counted(all, 'pair')} of values were drawn ({share(drawn, all)}). Some exclude each other or are
        known gaps.
      </p>
      <HeatMap coverage={coverage} choose={setPick} />
      <PairTable coverage={coverage} options={pairs} pick={pick} choose={setPick} />
    </>
  );
}

/** The pairs of options that can occur together. */
function optionPairs({ values, pairs }: PageCoverage): Pick[] {
  const found = new Map<string, Pick>();
  for (const [left, right] of pairs) {
    const pick = [values[left]?.option ?? '', values[right]?.option ?? ''] as const;
    found.set(pick.join('\n'), pick);
  }
  return [...found.values()];
}
