/**
 * Measures speed: npm run bench [-- --rounds N --iterations N --seed TEXT]
 * The same plans, round by round, through (a) the plain way to do it, (b) ours in one lane, (c) ours with as many lanes as by default, (d) the commands of (c) alone, one tight
 * shell loop a core, and (e) of those the commands under test. Everything is told as ratios within a round: what counts is not the machine.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzz, type Iteration } from '../src/execution/loop.ts';
import { lanesOf } from '../src/inputs/settings.ts';
import { OPERATIONS, USUAL_NAMES } from '../src/operations/index.ts';
import { phasesOf, phaseWords, totalPhases } from '../src/report/phases.ts';
import { plansOf } from '../src/session/plans.ts';
import { runPlain } from '../testing/bench/plain.ts';
import { replayAll } from '../testing/bench/replay.ts';
import { startUpSeconds } from '../testing/bench/start-up.ts';
import { openPlace, type Place } from '../testing/place.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    iterations: { type: 'string', default: '12' },
    seed: { type: 'string', default: 'bench' },
  },
});
const rounds = Number(values.rounds);
const count = Number(values.iterations);
const cores = availableParallelism();
const lanes = lanesOf(cores);
const planOf = plansOf(values.seed, USUAL_NAMES);
const subjects = fileURLToPath(new URL('../testing/bench/subjects', import.meta.url));

/** The rows of the table: what one round gave. */
type Row = Readonly<Record<string, number>>;

const place = await openPlace(subjects, lanes);
try {
  for (const [title, subject] of [
    ['the reference as its own subject: equal bytes on both sides', 'qemu-img'],
    ['a harmless subject whose files have other bytes', '/subject/other-layout'],
  ] as const) {
    const rows: Row[] = [];
    const iterations: Iteration[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const row = await oneRound({ ...place, sandbox: { ...place.sandbox, subject } }, round, iterations);
      rows.push(row);
      console.error(`${subject}, round ${round + 1}: ${JSON.stringify(row)}`);
    }
    console.log(tableOf(title, rows, iterations));
  }
} finally {
  await place.sandbox.close();
}

async function oneRound(at: Place, round: number, kept: Iteration[]): Promise<Row> {
  const indices = Array.from({ length: count }, (_, index) => round * count + index);
  const [plain, plainSeconds] = await timed(() => runPlain(indices.map(planOf), at));
  const [, oneSeconds] = await timed(() => ours(at, indices, 1));
  const [all, allSeconds] = await timed(() => ours(at, indices, lanes));
  kept.push(...all);
  const transcripts = all.map(({ trial }) => trial.transcript);
  const { seconds, testSeconds } = await replayAll(transcripts, at, cores);
  const commands = transcripts.flat();
  const processes = commands.filter(({ helped }) => !helped).length;
  return {
    '(a) the plain way, iterations a second': count / plainSeconds,
    '(b) one lane': count / oneSeconds,
    '(c) two lanes a core': count / allSeconds,
    '(d) the commands of (c) alone': count / seconds,
    '(e) the commands under test alone': count / testSeconds,
    'c / a': plainSeconds / allSeconds,
    'c / b': oneSeconds / allSeconds,
    'd / c': allSeconds / seconds,
    'share of the commands under test, c / e': testSeconds / allSeconds,
    'processes an iteration, (a)': plain.processes / count,
    'processes an iteration, (c)': processes / count,
    'commands without a process, an iteration, (c)': (commands.length - processes) / count,
    'start-up to the first iteration, s': await startUpSeconds(),
    'memory of our process, MiB': process.memoryUsage().rss / 1024 / 1024,
  };
}

async function ours({ sandbox, tools }: Place, indices: readonly number[], lanes: number): Promise<Iteration[]> {
  const done: Iteration[] = [];
  await fuzz({
    indices: indices.values(),
    planOf,
    operations: OPERATIONS,
    sandbox,
    tools,
    lanes,
    timeoutSeconds: 120,
    failFast: false,
    signal: new AbortController().signal,
    record: (iteration) => done.push(iteration),
  });
  const wrong = done.filter(({ verdict }) => verdict.kind !== 'ok');
  if (wrong.length > 0) console.error(`not ok: ${JSON.stringify(wrong.map(({ verdict }) => verdict))}`);
  return done;
}

async function timed<T>(task: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const result = await task();
  return [result, (performance.now() - started) / 1000];
}

function tableOf(title: string, rows: readonly Row[], iterations: readonly Iteration[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = names.map((name) => {
    const numbers = rows.map((row) => row[name] ?? Number.NaN).toSorted((a, b) => a - b);
    const [least = 0, middle = 0, most = 0] = [numbers[0], numbers[Math.floor(numbers.length / 2)], numbers.at(-1)];
    return `| ${name} | ${middle.toFixed(2)} | ${least.toFixed(2)} to ${most.toFixed(2)} |`;
  });
  const phases = totalPhases(iterations.map(({ trial, milliseconds }) => phasesOf(trial.transcript, milliseconds)));
  const spent = phases === undefined ? '' : `\n\nTime of (c): ${phaseWords(phases)}.`;
  const head = `${rounds} rounds of ${count} iterations, seed ${values.seed}, ${cores} cores`;
  return `\n### ${title}\n\n${head}\n\n| measure | median | from to |\n| --- | ---: | --- |\n${lines.join('\n')}${spent}`;
}
