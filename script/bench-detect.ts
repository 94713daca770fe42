/**
 * Measures detection: npm run bench:detect -- [--seeds N | --seeds A-B] [--iterations N] [--only TEXT] [--prefix TEXT] [--harmless [--stacked]] [--results FILE]
 * Hunts every planted bug from each seed and prints two Markdown tables, of the seeds and of the bugs: how many hunts ended within 100 iterations and within
 * all of them, the median and the latest iteration of the first sighting, and what caught it; on standard error, each hunt as it ends. With --harmless every finding is a false
 * alarm; with --stacked too, all of them are one subject, in the steps of which each has its say.
 * A measure takes hours: with --results each hunt becomes a line of a file, and what the file holds already is not hunted again.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Hunt, isExpected, openHunter, type Wrapper, wrappersIn } from '../testing/hunt.ts';
import { stackOf } from '../testing/stack.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    iterations: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
    prefix: { type: 'string', default: 'bench' },
    harmless: { type: 'boolean', default: false },
    stacked: { type: 'boolean', default: false },
    results: { type: 'string' },
  },
});
const LANES = 2;
const PULL_REQUEST = 100;
if (values.stacked && !values.harmless) throw new Error('--stacked is for --harmless: bugs would hide each other');
const folder = fileURLToPath(new URL(`../testing/${values.harmless ? 'harmless' : 'planted'}`, import.meta.url));
const stack = values.stacked ? stackOf(folder, values.only) : undefined;
const wrappers = stack ? [stack.wrapper] : wrappersIn(folder).filter(({ name }) => name.includes(values.only));
const seeds = seedsOf(values.seeds);
const iterations = Number(values.iterations);

/** What one hunt showed; `found` counts the iterations up to and with the first sighting. */
interface Result {
  readonly subject: string;
  readonly seed: string;
  readonly iterations: number;
  readonly found: number | null;
  readonly caught: readonly string[];
  readonly inconclusive: number;
}

const results = readResults();
const isMissing = ({ name }: Wrapper, seed: string) =>
  !results.some((one) => one.subject === name && one.seed === seed && one.iterations === iterations);
// Seed by seed, so that what was seen when it is stopped early is about all of them.
const jobs = seeds.flatMap((seed) =>
  wrappers.filter((wrapper) => isMissing(wrapper, seed)).map((wrapper) => ({ wrapper, seed })),
);
const hunter = await openHunter(stack?.directory ?? folder, { lanes: LANES, timeoutSeconds: values.harmless ? 30 : 5 });
await Promise.all(
  Array.from({ length: LANES }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { wrapper, seed } = job;
      const hunt = await hunter.hunt(wrapper, { seed, iterations, first: !values.harmless });
      const result = resultOf(wrapper, seed, hunt);
      results.push(result);
      if (values.results !== undefined) appendFileSync(values.results, `${JSON.stringify(result)}\n`);
      console.error(`${wrapper.name} ${seed}: ${result.found ?? 'not found'} ${result.caught[0] ?? ''}`);
    }
  }),
);
await hunter.close();
stack?.remove();
console.log('| seed | hunts | within 100 | within all | median | latest | inconclusive |');
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const seed of seeds) console.log(rowOfSeed(seed));
console.log(
  `\n| ${values.harmless ? 'subject' : 'planted bug'} | median | latest | later than 100 | as | not expected |`,
);
console.log('|---|--:|--:|--:|---|---|');
for (const wrapper of wrappers) console.log(rowOf(wrapper));

/** `8` is the first eight, `9-20` the twelve behind them: what another day or another machine measures. */
function seedsOf(text: string): string[] {
  const [first, last] = text.includes('-') ? text.split('-').map(Number) : [1, Number(text)];
  if (!first || !last || last < first) throw new Error(`--seeds is a number or a range such as 9-20, not ${text}`);
  return Array.from({ length: last - first + 1 }, (_, at) => `${values.prefix}-${first + at}`);
}

function readResults(): Result[] {
  if (values.results === undefined || !existsSync(values.results)) return [];
  const lines = readFileSync(values.results, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Result);
}

function resultOf({ name }: Wrapper, seed: string, { sightings, inconclusive }: Hunt): Result {
  const [first] = sightings;
  const caught = sightings.map(({ operation, type }) => `${operation}: ${type}`);
  return { subject: name, seed, iterations, found: first ? first.plan.index + 1 : null, caught, inconclusive };
}

/** What of this measure is about `seed`, whatever else the file of results holds. */
function ownOf(seed: string): Result[] {
  return results.filter(
    (one) => one.seed === seed && one.iterations === iterations && wrappers.some(({ name }) => name === one.subject),
  );
}

function rowOfSeed(seed: string): string {
  const own = ownOf(seed);
  const firsts = sorted(own);
  const within = firsts.filter((first) => first <= PULL_REQUEST).length;
  const share = `${within} (${((100 * within) / own.length).toFixed(1)} %)`;
  const found = firsts.filter(Number.isFinite);
  const inconclusive = own.reduce((sum, one) => sum + one.inconclusive, 0);
  return rowText([seed, own.length, share, found.length, wordOf(medianOf(firsts)), found.at(-1) ?? '', inconclusive]);
}

function rowOf(wrapper: Wrapper): string {
  const own = seeds.flatMap(ownOf).filter(({ subject }) => subject === wrapper.name);
  const firsts = sorted(own);
  const types = own.flatMap(({ caught }) => caught);
  const surprising = types.filter((type) => !isExpected(type.replace(/^.*: /, ''), wrapper));
  const late = firsts.filter((first) => first > PULL_REQUEST).length;
  return rowText([
    wrapper.name,
    wordOf(medianOf(firsts)),
    wordOf(firsts.at(-1)),
    late,
    tally(types.map((type) => `\`${type.replace(/^.*: /, '')}\``)),
    tally(surprising),
  ]);
}

/** The iterations in which the hunts ended, the earliest first; those that found nothing are last. */
function sorted(hunts: readonly Result[]): number[] {
  return hunts.map(({ found }) => found ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
}

function medianOf(firsts: readonly number[]): number | undefined {
  return firsts[Math.floor((firsts.length - 1) / 2)];
}

function wordOf(first: number | undefined): string | number {
  return first === undefined || Number.isFinite(first) ? (first ?? '') : 'not found';
}

function rowText(cells: readonly unknown[]): string {
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
