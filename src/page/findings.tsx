import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PageFinding } from '../report/page/model.ts';
import { anyFilter, type Filter, Filters, fits } from './filters.tsx';
import { Finding } from './finding.tsx';
import { count, counted } from './words.ts';

/** So many findings are listed at first, and the open ones of them printed: nobody reads a thousand, but a browser would lay them out. */
const FEW = 100;

/** All findings, the worst first and open; the others show their details when they are opened. */
export function Findings({ findings, left }: { readonly findings: readonly PageFinding[]; readonly left: number }) {
  const [filter, setFilter] = useState<Filter>(anyFilter);
  const shown = useMemo(() => findings.filter((finding) => fits(finding, filter)), [findings, filter]);
  const [listsAll, listAll] = useState(false);
  const [opened, toggle] = useOpened(findings, shown);
  const listed = listsAll ? shown : shown.slice(0, FEW);
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      {findings.length === 0 && (
        <p class="nothing">Nothing was found: both tools did the same wherever they could be judged.</p>
      )}
      {findings.length > 1 && <Filters findings={findings} filter={filter} change={setFilter} />}
      {findings.length > 1 && (
        <p class="quiet" role="status">
          {shown.length === findings.length
            ? counted(findings.length, 'finding')
            : `${count(shown.length)} of ${counted(findings.length, 'finding')}`}
        </p>
      )}
      <div class="list">
        {listed.map((finding) => (
          <Finding key={finding.id} finding={finding} isOpen={opened.has(finding.id)} toggle={toggle} />
        ))}
      </div>
      {listed.length < shown.length && (
        <button type="button" onClick={() => listAll(true)}>
          List all {count(shown.length)}
        </button>
      )}
      {left > 0 && <p class="quiet">{count(left)} more findings have no room here. All stand in findings.jsonl.</p>}
    </section>
  );
}

/** Which findings are open: the one that the address names, else the first; for a printer all that are shown. */
function useOpened(findings: readonly PageFinding[], shown: readonly PageFinding[]) {
  const named = location.hash.slice(1);
  const first = findings.find(({ id }) => encodeURIComponent(id) === named) ?? findings[0];
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set(first && [first.id]));
  useEffect(() => {
    const openAll = () => setOpened((before) => new Set([...before, ...shown.slice(0, FEW).map(({ id }) => id)]));
    addEventListener('beforeprint', openAll);
    return () => removeEventListener('beforeprint', openAll);
  }, [shown]);
  const toggle = (id: string) =>
    setOpened((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
  return [opened, toggle] as const;
}
