import type { PageData, PageFinding } from '../report/page/model.ts';
import { count, counted, share } from './words.ts';

/** The run in ten seconds: whether something is broken, how bad, and how much was tried. */
export function Verdict({ data }: { readonly data: PageData }) {
  const { headline, counts, finished, asked, remarks, facts, started } = data;
  const factOf = (name: string) => facts.find((fact) => fact.name === name)?.value ?? '';
  return (
    <header class={`verdict ${headline.tone}`}>
      <p class="kind">Differential fuzzing report · {started.slice(0, 16).replace('T', ' ')}</p>
      <h1>{headline.words}</h1>
      <Broken findings={data.findings} />
      <Bar counts={counts} finished={finished} />
      <p>
        <b>{count(counts.ok)}</b> ok · <b>{count(counts.divergent)}</b> divergent · <b>{count(counts.inconclusive)}</b>{' '}
        inconclusive of {counted(finished, 'iteration')}
        {asked}
      </p>
      <dl class="sides">
        <div>
          <dt>subject</dt>
          <dd>{factOf('subject')}</dd>
        </div>
        <div>
          <dt>reference</dt>
          <dd>{factOf('reference')}</dd>
        </div>
      </dl>
      {remarks.map((remark) => (
        <p class="remark" key={remark}>
          {remark}
        </p>
      ))}
    </header>
  );
}

/** Of which severity the bugs are, and the findings that no bug accounts for, the worst first, as they are ordered; and how many are new. */
function Broken({ findings }: { readonly findings: readonly PageFinding[] }) {
  const bugs = findings.filter(({ kind }) => kind === 'bug');
  const told = findings.filter(({ kind }) => kind !== 'flaky');
  if (told.length === 0) return null;
  const severities = [...new Set(told.map(({ severity }) => severity))];
  const fresh = bugs.filter(({ isNew }) => isNew).length;
  return (
    <p class="broken">
      {severities.map((severity) => (
        <span class={`severity ${severity}`} key={severity}>
          {count(told.filter((one) => one.severity === severity).length)} {severity}
        </span>
      ))}
      {bugs.some(({ standing }) => standing !== '') && (
        <span>{fresh === 0 ? 'no bug is new' : `${counted(fresh, 'bug')} new`}</span>
      )}
    </p>
  );
}

function Bar({ counts, finished }: Pick<PageData, 'counts' | 'finished'>) {
  const kinds = ['ok', 'divergent', 'inconclusive'] as const;
  const words = kinds.map((kind) => `${kind} ${share(counts[kind], finished)}`).join(', ');
  let start = 0;
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={words}>
      {kinds.map((kind) => {
        const width = (100 * counts[kind]) / Math.max(1, finished);
        const x = start;
        start += width;
        return <rect class={`fill ${kind}`} key={kind} x={x} y="0" width={width} height="4" />;
      })}
    </svg>
  );
}
