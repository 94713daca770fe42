import { scaleBand, scaleThreshold } from 'd3-scale';
import { useState } from 'preact/hooks';
import type { PageCoverage } from '../report/page/model.ts';
import type { Pick } from './coverage.tsx';
import { Scrolls } from './scrolls.tsx';

const [CELL, LABEL] = [11, 170];

/** The classes of how often a pair was drawn; their colours stand in the style sheet. */
const LEVELS = ['0', '1', '2–4', '5–9', '10–24', '25 and more'];
const levelOf = scaleThreshold<number, number>([1, 2, 5, 10, 25], [0, 1, 2, 3, 4, 5]);

interface HeatMapProps {
  readonly coverage: PageCoverage;
  readonly choose: (pick: Pick) => void;
}

/** A cell for each pair of values, the darker the more often it was drawn. The table below says the same in numbers. */
export function HeatMap({ coverage, choose }: HeatMapProps) {
  const { values, pairs, operation } = coverage;
  const [pointed, point] = useState('Point at a cell to read it.');
  const size = values.length * CELL;
  const band = scaleBand(
    values.map((_, at) => at),
    [0, size],
  ).padding(0.08);
  const nameOf = (at: number) => `${values[at]?.option} = ${values[at]?.value}`;
  const never = pairs.filter(([, , count]) => count === 0).length;
  return (
    <figure class="heat">
      <Scrolls name="Heat map of option pairs">
        <svg
          width={LABEL + size + 4}
          height={size + LABEL}
          role="img"
          aria-label={`Options of ${operation}: ${pairs.length} pairs of values, ${never} never drawn; in numbers below`}
        >
          {values.map((_, at) => (
            <Labels key={String(at)} name={nameOf(at)} at={(band(at) ?? 0) + CELL - 3} bottom={size} />
          ))}
          {pairs.map(([left, right, count]) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the table below tells the keyboard the same
            <rect
              key={`${left} ${right}`}
              class={`heat-${levelOf(count)}`}
              x={LABEL + (band(left) ?? 0)}
              y={band(right)}
              width={band.bandwidth()}
              height={band.bandwidth()}
              onPointerEnter={() => point(`${nameOf(left)} with ${nameOf(right)}: ${count} ×`)}
              onClick={() => choose([values[left]?.option ?? '', values[right]?.option ?? ''])}
            />
          ))}
        </svg>
      </Scrolls>
      <figcaption>
        <span class="pointed">{pointed}</span>
        <Legend />
      </figcaption>
    </figure>
  );
}

function Labels({ name, at, bottom }: { readonly name: string; readonly at: number; readonly bottom: number }) {
  const short = name.length > 30 ? `${name.slice(0, 29)}…` : name;
  return (
    <>
      <text x={LABEL - 6} y={at} text-anchor="end">
        {short}
      </text>
      <text transform={`translate(${LABEL + at},${bottom + 6}) rotate(-90)`} text-anchor="end">
        {short}
      </text>
    </>
  );
}

function Legend() {
  return (
    <span class="legend">
      drawn
      {LEVELS.map((words, level) => (
        <span key={words}>
          <svg width="12" height="12" aria-hidden="true">
            <rect class={`heat-${level}`} x="1" y="1" width="10" height="10" />
          </svg>
          {words}
        </span>
      ))}
    </span>
  );
}
