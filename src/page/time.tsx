import { scaleLinear } from 'd3-scale';
import type { PageData } from '../report/page/model.ts';
import { count, share } from './words.ts';

/** Where the lanes' time went. */
export function Time({ phases }: Pick<PageData, 'phases'>) {
  if (phases.length === 0) return null;
  const total = phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const x = scaleLinear([0, Math.max(1, ...phases.map(({ milliseconds }) => milliseconds))], [0, 100]);
  return (
    <section aria-labelledby="time">
      <h2 id="time">Time by phase</h2>
      <table class="bars">
        <caption class="unseen">The lanes’ time, summed over all iterations</caption>
        <tbody>
          {phases.map(({ name, milliseconds }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="length">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect class="fill plain" x="0" y="0" width={x(milliseconds)} height="10" />
                </svg>
              </td>
              <td>{share(milliseconds, total)}</td>
              <td>{count(Math.round(milliseconds / 1000))} s</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
