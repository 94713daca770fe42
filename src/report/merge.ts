/** Brings the records of a run's shards together into one, as if a single job had done all of it. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inertJson, inertLine } from '../trust/inert.ts';
import { parseOutsideJson } from '../trust/parse.ts';
import { readCanaries, writeCanaries } from './canary-line.ts';
import { type Coverage, mergeCoverage } from './coverage.ts';
import { totalsOf } from './coverage-totals.ts';
import { latestBugs, type RecordLines, readRecordLines } from './lines.ts';
import { FILES, RECORD_VERSION, type RunFile } from './record.ts';
import { readReplays, writeReplays } from './replay-line.ts';
import type { TriageLine } from './triage-line.ts';

/** Artifacts are downloaded into a directory each, in which the record may lie in a directory of its own. */
const DEPTH = 3;

/** One shard's record. */
interface Part {
  readonly directory: string;
  readonly run: RunFile;
  readonly lines: RecordLines;
}

/**
 * Writes the record of a whole run into a directory, from those that lie below another. What is missing, of another run or version, or
 * was not finished makes the whole a failed run, which says so; of a shard that is there twice the fuller record counts. Undefined where there is no record.
 */
export function mergeRecords(below: string, target: string): RunFile | undefined {
  const parts = recordsBelow(below, DEPTH).flatMap(readPart);
  const [first] = parts;
  if (first === undefined) return undefined;
  const own = parts.filter((part) => isSameRun(part.run, first.run));
  const strangers = parts.filter((part) => !own.includes(part));
  const shards = [...fullest(own).values()].toSorted((a, b) => numberOf(a.run) - numberOf(b.run));
  const problems = [...strangers.map(strangerWords), ...missingWords(shards, first.run), ...shards.flatMap(endWords)];
  mkdirSync(target, { recursive: true });
  writeLines(target, shards);
  return writeRun(target, shards, problems);
}

function recordsBelow(directory: string, depth: number): string[] {
  if (existsSync(join(directory, FILES.run))) return [directory];
  if (depth === 0) return [];
  const inside = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inside
    .map(({ name }) => name)
    .toSorted()
    .flatMap((name) => recordsBelow(join(directory, name), depth - 1));
}

function readPart(directory: string): Part[] {
  const run = parseOutsideJson(readFileSync(join(directory, FILES.run), 'utf8')) as RunFile | undefined;
  // A job that died while it wrote it left the one before.
  return run === undefined ? [] : [{ directory, run, lines: readRecordLines(directory) }];
}

/** What all shards of one run have in common. */
function isSameRun(one: RunFile, other: RunFile): boolean {
  const identity = ({ version, program, seed, iterations, operations, shard, liftedGaps }: RunFile) =>
    JSON.stringify([version, program, seed, iterations, operations, shard?.of ?? 1, liftedGaps]);
  return identity(one) === identity(other) && one.version === RECORD_VERSION;
}

function numberOf({ shard }: RunFile): number {
  return shard?.number ?? 1;
}

function fullest(parts: readonly Part[]): Map<number, Part> {
  const best = new Map<number, Part>();
  for (const part of parts) {
    const known = best.get(numberOf(part.run));
    if (known === undefined || part.lines.iterations.length > known.lines.iterations.length)
      best.set(numberOf(part.run), part);
  }
  return best;
}

function strangerWords({ directory, run }: Part): string {
  return inertLine(
    `the record in ${basename(directory)} is of another run or version (seed ${run.seed}, ${run.program})`,
  );
}

function missingWords(shards: readonly Part[], { shard }: RunFile): string[] {
  const numbers = Array.from({ length: shard?.of ?? 1 }, (_, before) => before + 1);
  const missing = numbers.filter((number) => !shards.some(({ run }) => numberOf(run) === number));
  return missing.length === 0 ? [] : [`the record of shard ${missing.join(', ')} of ${numbers.length} is missing`];
}

function endWords({ run }: Part): string[] {
  const words = {
    running: 'was killed',
    interrupted: 'was stopped',
    failed: `failed: ${run.error ?? ''}`,
    finished: '',
  };
  return run.state === 'finished' ? [] : [inertLine(`shard ${numberOf(run)} ${words[run.state]}`)];
}

function writeLines(target: string, shards: readonly Part[]): void {
  const write = (name: string, lines: readonly unknown[]) =>
    writeFileSync(join(target, name), lines.map((line) => `${inertJson(line, 0)}\n`).join(''));
  const iterations = shards.flatMap(({ lines }) => lines.iterations);
  write(
    FILES.iterations,
    iterations.toSorted((a, b) => a.index - b.index),
  );
  write(
    FILES.findings,
    shards.flatMap(({ lines }) => lines.findings),
  );
  for (const { directory, lines } of shards) {
    for (const { folder } of lines.findings) copyFolder(directory, target, folder);
  }
  write(FILES.triage, mergeTriage(shards, target));
  for (const { directory } of shards) {
    const [canaries, replays] = [readCanaries(directory), readReplays(directory)];
    if (canaries.length > 0) writeCanaries(target, canaries);
    if (replays.length > 0) writeReplays(target, replays);
  }
}

/** A bug that several shards met is one, with the smallest of its cases. */
function mergeTriage(shards: readonly Part[], target: string): TriageLine[] {
  const flaky = shards.flatMap(({ lines }) => lines.triage.filter(({ kind }) => kind === 'flaky'));
  const met = shards.flatMap(({ directory, lines }) => latestBugs(lines.triage).map((line) => ({ directory, line })));
  const fingerprints = [...new Set(met.map(({ line }) => line.fingerprint))];
  const bugs = fingerprints.flatMap((fingerprint) => {
    const same = met.filter(({ line }) => line.fingerprint === fingerprint);
    const [smallest] = same.toSorted((a, b) => planBytes(a) - planBytes(b));
    if (smallest === undefined) return [];
    copyFolder(smallest.directory, target, smallest.line.folder);
    return [{ ...smallest.line, indices: same.flatMap(({ line }) => line.indices).toSorted((a, b) => a - b) }];
  });
  return [...bugs, ...flaky];
}

function planBytes({ directory, line }: { directory: string; line: { folder: string } }): number {
  const path = join(directory, line.folder, 'plan.json');
  return existsSync(path) ? statSync(path).size : Number.POSITIVE_INFINITY;
}

/** A folder's name comes from a record: only one below the record is meant by it. */
function copyFolder(from: string, target: string, folder: string): void {
  if (!/^(findings|bugs)\/[0-9a-f]+$/.test(folder) || !existsSync(join(from, folder))) return;
  cpSync(join(from, folder), join(target, folder), { recursive: true, verbatimSymlinks: true });
}

function writeRun(target: string, shards: readonly Part[], problems: readonly string[]): RunFile | undefined {
  const [first] = shards;
  if (first === undefined) return undefined;
  const { shard: _, error: __, coverage: ___, ...common } = first.run;
  const runs = shards.map(({ run }) => run);
  const starts = runs.map(({ startedAt }) => Date.parse(startedAt));
  const start = Math.min(...starts);
  const end = Math.max(...runs.map(({ seconds }, at) => (starts[at] ?? start) + seconds * 1000));
  const coverage = mergeCoverage(shards.flatMap(({ directory }) => readCoverage(directory)));
  const run: RunFile = {
    ...common,
    shards: first.run.shard?.of ?? 1,
    state: problems.length > 0 ? 'failed' : 'finished',
    startedAt: new Date(start).toISOString(),
    seconds: Math.round((end - start) / 100) / 10,
    lanes: runs.reduce((sum, { lanes }) => sum + lanes, 0),
    ...(problems.length === 0 ? {} : { error: `Not the whole run is here: ${problems.join('; ')}.` }),
    ...(coverage === undefined ? {} : { coverage: totalsOf(coverage) }),
  };
  writeFileSync(join(target, FILES.run), `${inertJson(run, 2)}\n`);
  if (coverage !== undefined) writeFileSync(join(target, FILES.coverage), `${inertJson(coverage, 1)}\n`);
  return run;
}

function readCoverage(directory: string): Coverage[] {
  const path = join(directory, FILES.coverage);
  if (!existsSync(path)) return [];
  const coverage = parseOutsideJson(readFileSync(path, 'utf8'));
  return coverage === undefined ? [] : [coverage as Coverage];
}
