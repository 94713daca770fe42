import type { PageData, Times } from '../report/page/model.ts';
import { Code } from './code.tsx';
import { count } from './words.ts';

/** What was run and how to run it again, and what was not judged. */
export function Run({ data }: { readonly data: PageData }) {
  const { facts, command, reasons, gaps, canaries } = data;
  return (
    <section aria-labelledby="run">
      <h2 id="run">The run</h2>
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Code title="The same run on your machine, in a clone of disk-image-differential-fuzz" text={command} />
      <Tally title="Why iterations were inconclusive" items={reasons} />
      <Tally title="Known gaps that draws were steered around" items={gaps} />
      {canaries.length > 0 && <h3>Known gaps, tried on purpose</h3>}
      <ul>
        {canaries.map(({ gap, says }) => (
          <li key={gap}>
            <code>{gap}</code> {says}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tally({ title, items }: { readonly title: string; readonly items: readonly Times[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {items.map(({ what, times }) => (
          <li key={what}>
            {count(times)} × {what}
          </li>
        ))}
      </ul>
    </>
  );
}
