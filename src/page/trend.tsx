import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { PageRun } from '../report/page/model.ts';
import { Scrolls } from './scrolls.tsx';
import { count } from './words.ts';

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [640, 150, 44, 22];

/** What is drawn of each run; the share of the inconclusive tells how far the other two can be believed. */
const MEASURES = [
  { title: 'bugs a run', unit: '', of: ({ bugs }: PageRun) => bugs },
  { title: 'divergent iterations', unit: ' %', of: (run: PageRun) => percent(run.divergent, run) },
  { title: 'inconclusive iterations', unit: ' %', of: (run: PageRun) => percent(run.inconclusive, run) },
  {
    title: 'iterations a second',
    unit: '',
    of: (run: PageRun) => (run.seconds > 0 ? iterationsOf(run) / run.seconds : 0),
  },
];

/** Earlier runs on the default branch, and this one. */
export function Trend({ runs }: { readonly runs: readonly PageRun[] }) {
  if (runs.length < 2) return null;
  return (
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="quiet">The last {count(runs.length)} runs, this one at the end.</p>
      <div class="charts">
        {MEASURES.map(({ title, unit, of }) => (
          <Chart key={title} title={title} unit={unit} values={runs.map(of)} dates={runs.map(({ date }) => date)} />
        ))}
      </div>
      <details>
        <summary>The same in numbers</summary>
        <Scrolls name="Runs in numbers">
          <Numbers runs={runs} />
        </Scrolls>
      </details>
    </section>
  );
}

interface ChartProps {
  readonly title: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly dates: readonly string[];
}

function Chart({ title, unit, values, dates }: ChartProps) {
  const x = scaleLinear([0, values.length - 1], [LEFT, WIDTH - 8]);
  const y = scaleLinear([0, Math.max(1, ...values)], [HEIGHT - BOTTOM, 8]).nice(3);
  const path = line<number>(
    (_, at) => x(at),
    (value) => y(value),
  )(values);
  const last = values.at(-1) ?? 0;
  return (
    <figure class="chart">
      <figcaption>
        {title}:{' '}
        <b>
          {rounded(last)}
          {unit}
        </b>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}: ${values.map(rounded).join(', ')}`}>
        {y.ticks(3).map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={WIDTH - 8} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 6} y={y(tick) + 5} text-anchor="end">
              {rounded(tick)}
            </text>
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 4}>
          {dates[0]}
        </text>
        <text x={WIDTH - 8} y={HEIGHT - 4} text-anchor="end">
          {dates.at(-1)}
        </text>
        <path class="line" d={path ?? ''} />
        <circle class="dot" cx={x(values.length - 1)} cy={y(last)} r="4" />
      </svg>
    </figure>
  );
}

function Numbers({ runs }: { readonly runs: readonly PageRun[] }) {
  return (
    <table class="numbers">
      <thead>
        <tr>
          {['day', 'iterations', 'ok', 'divergent', 'inconclusive', 'bugs', 'seconds'].map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.toReversed().map((run, at) => (
          <tr key={String(at)}>
            <th scope="row">{run.date}</th>
            {[iterationsOf(run), run.ok, run.divergent, run.inconclusive, run.bugs, Math.round(run.seconds)].map(
              (value, column) => (
                <td key={String(column)}>{count(value)}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function iterationsOf({ ok, divergent, inconclusive }: PageRun): number {
  return ok + divergent + inconclusive;
}

function percent(part: number, run: PageRun): number {
  return (100 * part) / Math.max(1, iterationsOf(run));
}

function rounded(value: number): string {
  return count(Math.round(value * 10) / 10);
}
