/**
 * Watches what grows in a long run of the reference against itself: npm run soak [-- --iterations N --seed TEXT --shard 3/10 --every SECONDS --report-dir DIRECTORY]
 * A row a minute while it goes on, then what the run says and the most of each; ends as the run does. Shards of one soak may run on different
 * days or machines: `script/fuzz report` makes one record of theirs.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MiB } from '../src/plan/size.ts';
import { FILES } from '../src/report/record.ts';
import { ownerOf } from '../src/sandbox/owner.ts';
import { scratchParents } from '../src/sandbox/scratch.ts';

const { values } = parseArgs({
  options: {
    iterations: { type: 'string', default: '100000' },
    seed: { type: 'string', default: 'soak' },
    shard: { type: 'string', default: '' },
    every: { type: 'string', default: '60' },
    'report-dir': { type: 'string', default: 'soak' },
  },
});
const directory = values['report-dir'];

/** What is looked at: iterations that are done, and MiB. */
const COLUMNS = ['iterations', 'our process', 'scratch space', 'containers', 'record'] as const;
type Row = readonly number[];

const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const flags = ['--iterations', values.iterations, '--seed', values.seed, '--canaries', 'never'];
const shard = values.shard === '' ? [] : ['--shard', values.shard];
const child = spawn(process.execPath, [command, ...flags, ...shard, '--report-dir', directory], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let said = '';
child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
// What stops us has stopped it too, and it tells of what it has.
process.once('SIGINT', () => {});

console.log(`| minutes | ${COLUMNS.join(' | ')} |\n| ---: ${'| ---: '.repeat(COLUMNS.length)}|`);
const started = performance.now();
const most = await watch(child);
const code = await ended;
console.log(lineOf('at most', most));
console.log(`\n${said.trim()}`);
process.exitCode = code;

/** Looks again and again until the run has ended, and gives the most of each. */
async function watch({ pid = 0 }: ChildProcess): Promise<Row> {
  let highest: Row = COLUMNS.map(() => 0);
  const isOver = ended.then(() => true);
  while (!(await Promise.race([isOver, sleep(Number(values.every) * 1000, false)]))) {
    const row = look(pid);
    highest = highest.map((value, at) => Math.max(value, row[at] ?? 0));
    console.log(lineOf(String(Math.round((performance.now() - started) / 60_000)), row));
  }
  return highest;
}

function look(pid: number): Row {
  const owner = ownerOf(pid);
  if (owner === undefined) return [];
  const scratch = scratchParents().flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));
  const own = scratch.filter((path) => path.includes(owner));
  return [
    linesIn(join(directory, FILES.iterations)),
    residentMiB(pid),
    own.reduce((sum, path) => sum + usedMiB(path), 0),
    containersMiB(owner),
    usedMiB(directory),
  ];
}

function linesIn(path: string): number {
  return existsSync(path) ? readFileSync(path).reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0) : 0;
}

function residentMiB(pid: number): number {
  const status = `/proc/${pid}/status`;
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(existsSync(status) ? readFileSync(status, 'utf8') : '') ?? [];
  return Number(kibibytes) / 1024;
}

/** What a directory takes of its disk; files come and go while it is looked at. */
function usedMiB(path: string): number {
  try {
    const status = statSync(path);
    const below = status.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
    return (status.blocks * 512) / MiB + below.reduce((sum, one) => sum + usedMiB(one), 0);
  } catch {
    return 0;
  }
}

/** The memory of the run's containers, of each of which the engine tells a line: `123.4MiB / 5GiB`. */
function containersMiB(owner: string): number {
  const name = `differential-fuzz-${owner.replaceAll('.', '-')}`;
  const ask = (...words: string[]) => execFileSync('docker', words, { encoding: 'utf8' }).trim();
  const listed = ask('ps', '-q', '--filter', `name=${name}`);
  if (listed === '') return 0;
  const used = ask('stats', '--no-stream', '--format', '{{.MemUsage}}', ...listed.split('\n'));
  const units: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB, GiB: 1024 * MiB };
  const each = [...used.matchAll(/^([\d.]+)(\w+)/gm)];
  return each.reduce((sum, [, amount, unit = '']) => sum + (Number(amount) * (units[unit] ?? 0)) / MiB, 0);
}

function lineOf(name: string, row: Row): string {
  const told = row.map((value, at) => (COLUMNS[at] === 'record' ? value.toFixed(1) : value.toFixed(0)));
  return `| ${name} | ${told.join(' | ')} |`;
}
