import type { PageOperation } from '../report/page/model.ts';
import { Scrolls } from './scrolls.tsx';
import { count } from './words.ts';

const COLUMNS = ['ran', 'ok', 'divergent', 'inconclusive', 'skipped'] as const;

/** The counts by operation. */
export function Operations({ operations }: { readonly operations: readonly PageOperation[] }) {
  return (
    <section aria-labelledby="operations">
      <h2 id="operations">Operations</h2>
      <Scrolls name="How the steps of each operation ended">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">operation</th>
              {COLUMNS.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {operations.map((row) => (
              <tr key={row.operation}>
                <th scope="row">{row.operation}</th>
                {COLUMNS.map((name) => (
                  <td class={row[name] === 0 ? 'zero' : name} key={name}>
                    {count(row[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}
