/**
 * Measures detection: npm run bench:detect -- [--seeds N] [--iterations N] [--only TEXT] [--harmless]
 * Hunts every planted bug from each seed and prints a Markdown table: how many seeds found it within 100 iterations and within all of them,
 * the median number of iterations to the first sighting, and what caught it; on standard error, each hunt as it ends. With --harmless every finding is a false alarm.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Hunt, isExpected, openHunter, type Wrapper, wrappersIn } from '../testing/hunt.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    iterations: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
    prefix: { type: 'string', default: 'bench' },
    harmless: { type: 'boolean', default: false },
  },
});
const LANES = 2;
const PULL_REQUEST = 100;
const directory = fileURLToPath(new URL(`../testing/${values.harmless ? 'harmless' : 'planted'}`, import.meta.url));
const wrappers = wrappersIn(directory).filter(({ name }) => name.includes(values.only));
const seeds = Array.from({ length: Number(values.seeds) }, (_, at) => `${values.prefix}-${at + 1}`);
const iterations = Number(values.iterations);

const hunter = await openHunter(directory, { lanes: LANES, timeoutSeconds: values.harmless ? 30 : 5 });
// Seed by seed, so that what was seen when it is stopped early is about all of them.
const jobs = seeds.flatMap((seed) => wrappers.map((wrapper) => ({ wrapper, seed })));
const hunts = new Map<string, Hunt[]>();
await Promise.all(
  Array.from({ length: LANES }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { wrapper, seed } = job;
      const hunt = await hunter.hunt(wrapper, { seed, iterations, first: !values.harmless });
      const found = [...(hunts.get(wrapper.name) ?? []), hunt];
      hunts.set(wrapper.name, found);
      const [first] = hunt.sightings;
      console.error(`${wrapper.name} ${seed}: ${first ? `${first.plan.index + 1} ${first.type}` : 'not found'}`);
    }
  }),
);
await hunter.close();
console.log('| subject | found within 100 | within all | median | inconclusive | caught by | not expected |');
console.log('|---|--:|--:|--:|--:|---|---|');
for (const wrapper of wrappers) console.log(rowOf(wrapper, hunts.get(wrapper.name) ?? []));

function rowOf(wrapper: Wrapper, found: readonly Hunt[]): string {
  const firsts = found.map(({ sightings: [first] }) => (first ? first.plan.index + 1 : Number.POSITIVE_INFINITY));
  const within = (most: number) => `${firsts.filter((first) => first <= most).length}/${found.length}`;
  const median = firsts.toSorted((a, b) => a - b)[Math.floor((firsts.length - 1) / 2)] ?? Number.NaN;
  const sightings = found.flatMap((hunt) => hunt.sightings.slice(0, values.harmless ? undefined : 1));
  const caught = tally(sightings.map(({ operation, type }) => `${operation}: ${type}`));
  const surprising = tally(sightings.filter(({ type }) => !isExpected(type, wrapper)).map(({ type }) => type));
  const inconclusive = found.reduce((sum, hunt) => sum + hunt.inconclusive, 0);
  const cells = [
    wrapper.name,
    within(PULL_REQUEST),
    within(iterations),
    String(median),
    String(inconclusive),
    caught,
    surprising,
  ];
  return `| ${cells.join(' | ')} |`;
}

function tally(texts: readonly string[]): string {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .map(([text, count]) => `${text} ${count}×`)
    .join(', ');
}
