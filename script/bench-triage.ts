/**
 * Measures triage: npm run bench:triage -- [--seeds N] [--iterations N] [--only TEXT] [--every N] [--prefix TEXT]
 * Finds every planted bug from each seed, shrinks it, and prints a Markdown table: how many fingerprints it got, the commands and lines of its
 * reproducers, runs and seconds that triage took, and how many reproducers showed the bug alone and nothing with the reference. Bugs that share
 * a fingerprint are named below the table.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { suspectOf, triage } from '../src/triage/triage.ts';
import { type Hunter, openHunter, type Sighting, type Wrapper, wrappersIn } from '../testing/hunt.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    iterations: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    prefix: { type: 'string', default: 'triage' },
  },
});
const LANES = 2;
const directory = fileURLToPath(new URL('../testing/planted', import.meta.url));
const wrappers = wrappersIn(directory).filter(
  ({ name }, at) => name.includes(values.only) && at % Number(values.every) === 0,
);

/** What triage made of one sighting. */
interface Result {
  readonly wrapper: string;
  readonly seed: string;
  readonly fingerprint: string;
  readonly traits: readonly string[];
  readonly commands: number;
  readonly lines: number;
  readonly runs: number;
  readonly seconds: number;
  readonly reproduced: boolean;
}

const results: Result[] = [];
const jobs = wrappers.flatMap((wrapper) =>
  Array.from({ length: Number(values.seeds) }, (_, at) => ({ wrapper, seed: `${values.prefix}-${at + 1}` })),
);
await Promise.all(
  Array.from({ length: LANES }, async () => {
    // A container each: what is confirmed must be alone in its scratch space.
    const hunter = await openHunter(directory, { lanes: 1, timeoutSeconds: 5 });
    for (let job = jobs.shift(); job; job = jobs.shift()) await measure(hunter, job.wrapper, job.seed);
    await hunter.close();
  }),
);
printTable();

async function measure(hunter: Hunter, wrapper: Wrapper, seed: string): Promise<void> {
  const hunt = await hunter.hunt(wrapper, { seed, iterations: Number(values.iterations), first: true });
  const [sighting] = hunt.sightings;
  if (sighting?.finding === undefined) {
    console.error(`${wrapper.name} ${seed}: ${sighting ? 'no finding to shrink' : 'not found'}`);
    return;
  }
  await shrinkOne(hunter, wrapper, seed, { ...sighting, finding: sighting.finding });
}

async function shrinkOne(
  hunter: Hunter,
  wrapper: Wrapper,
  seed: string,
  sighting: Sighting & Parameters<typeof suspectOf>[0],
): Promise<void> {
  let runs = 0;
  const laboratory = hunter.laboratory(wrapper, { trying: () => (runs += 1) });
  const started = performance.now();
  for await (const ruling of triage([suspectOf(sighting)], laboratory)) {
    if (ruling.kind === 'flaky') {
      console.error(`${wrapper.name} ${seed}: came back ${ruling.cameBack} times`);
      continue;
    }
    const { bug } = ruling;
    const seconds = (performance.now() - started) / 1000;
    const result: Result = {
      wrapper: wrapper.name,
      seed,
      fingerprint: bug.fingerprint,
      traits: bug.traits,
      commands: (bug.reproducer.match(/"\$(INSTAR|QEMU_IMG|QEMU_IO)"|\bcp /g) ?? []).length,
      lines: bug.reproducer.trimEnd().split('\n').length,
      runs,
      seconds,
      reproduced: bug.reproduced && (await hunter.tryOnReference(bug.reproducer)) === 0,
    };
    results.push(result);
    const { operation, type } = bug.finding;
    console.error(
      `${wrapper.name} ${seed}: ${bug.fingerprint} ${operation} ${type} [${result.traits.join(' ')}] ${result.commands} commands, ${result.lines} lines, ${runs} runs, ${seconds.toFixed(0)} s${result.reproduced ? '' : ', NOT REPRODUCED'}`,
    );
  }
  await laboratory.close();
}

function printTable(): void {
  console.log('| planted bug | shrunk | fingerprints | commands | lines | runs | seconds | reproduced |');
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
  for (const { name } of wrappers) {
    const own = results.filter(({ wrapper }) => wrapper === name);
    const fingerprints = new Set(own.map(({ fingerprint }) => fingerprint)).size;
    const median = (of: (result: Result) => number) =>
      own.map(of).toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? 0;
    const cells = [own.length, fingerprints, median((r) => r.commands), median((r) => r.lines), median((r) => r.runs)];
    console.log(
      `| ${[name, ...cells, median((r) => r.seconds).toFixed(0), own.filter((r) => r.reproduced).length].join(' | ')} |`,
    );
  }
  const shared = new Map<string, Set<string>>();
  for (const { fingerprint, wrapper } of results)
    shared.set(fingerprint, (shared.get(fingerprint) ?? new Set()).add(wrapper));
  for (const [fingerprint, names] of shared)
    if (names.size > 1) console.log(`\n${fingerprint}: ${[...names].join(', ')}`);
}
