import type { PageCoverage } from '../report/page/model.ts';
import type { Pick } from './coverage.tsx';
import { Scrolls } from './scrolls.tsx';
import { count } from './words.ts';

interface PairTableProps {
  readonly coverage: PageCoverage;
  readonly options: readonly Pick[];
  readonly pick: Pick;
  readonly choose: (pick: Pick) => void;
}

/** How often each value of one option was drawn with each value of another. */
export function PairTable({ coverage, options, pick, choose }: PairTableProps) {
  const [left, right] = pick;
  const firsts = [...new Set(options.map(([first]) => first))];
  const seconds = [...new Set(options.filter(([first]) => first === left).map(([, second]) => second))];
  const secondOf = (first: string) => options.find(([one]) => one === first)?.[1] ?? '';
  return (
    <>
      <div class="filters">
        <Option
          label="in numbers: option"
          all={firsts}
          value={left}
          choose={(first) => choose([first, secondOf(first)])}
        />
        <Option label="with option" all={seconds} value={right} choose={(second) => choose([left, second])} />
      </div>
      <Counts coverage={coverage} pick={pick} />
    </>
  );
}

interface OptionProps {
  readonly label: string;
  readonly all: readonly string[];
  readonly value: string;
  readonly choose: (name: string) => void;
}

function Option({ label, all, value, choose }: OptionProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {all.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function Counts({
  coverage: { values, pairs },
  pick: [left, right],
}: {
  readonly coverage: PageCoverage;
  readonly pick: Pick;
}) {
  const own = (name: string) => values.flatMap(({ option }, at) => (option === name ? [at] : []));
  const counts = new Map(pairs.map(([one, other, times]) => [`${one} ${other}`, times]));
  return (
    <Scrolls name={`${left} with ${right}, in numbers`}>
      <table class="numbers pairs">
        <thead>
          <tr>
            <th scope="col">
              {left} \ {right}
            </th>
            {own(right).map((at) => (
              <th scope="col" key={String(at)}>
                {values[at]?.value}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {own(left).map((one) => (
            <tr key={String(one)}>
              <th scope="row">{values[one]?.value}</th>
              {own(right).map((other) => (
                <Cell key={String(other)} times={counts.get(`${one} ${other}`)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}

/** A pair that cannot be has no number. */
function Cell({ times }: { readonly times: number | undefined }) {
  if (times === undefined) return <td class="zero">–</td>;
  return <td class={times === 0 ? 'never' : ''}>{count(times)}</td>;
}
