import type { PageData } from '../report/page/model.ts';
import { Coverage } from './coverage.tsx';
import { Findings } from './findings.tsx';
import { Operations } from './operations.tsx';
import { Run } from './run.tsx';
import { Time } from './time.tsx';
import { Trend } from './trend.tsx';
import { Verdict } from './verdict.tsx';

/** The whole page: the verdict first, then what is broken, then how far the run can be believed. */
export function Page({ data }: { readonly data: PageData }) {
  return (
    <>
      <Verdict data={data} />
      <main>
        <Findings findings={data.findings} left={data.left} />
        <div class="columns">
          <Operations operations={data.operations} />
          <Time phases={data.phases} />
        </div>
        <Coverage coverage={data.coverage} />
        <Trend runs={data.runs} />
        <Run data={data} />
      </main>
    </>
  );
}
