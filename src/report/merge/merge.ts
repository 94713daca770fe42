/** Brings the records of a run's shards together into one, as if a single job had done all of it. */
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { REFERENCE } from '../../sandbox/sandbox.ts';
import { inertJson, inertLine } from '../../trust/inert.ts';
import { writeCanaries } from '../canary-line.ts';
import { mergeCoverage } from '../coverage.ts';
import { totalsOf } from '../coverage-totals.ts';
import { keepJson, keepText } from '../kept.ts';
import { latestBugs } from '../lines.ts';
import { FILES, type RunFile } from '../record.ts';
import { writeReplays } from '../replay-line.ts';
import type { TriageLine } from '../triage-line.ts';
import { copyCanaries, copyFolder, planBytes } from './folders.ts';
import { type OutsideRecord, readOutside } from './outside.ts';
import { contradictions, endWords, fullest, missingWords, withOwnLines } from './shards.ts';

/** Artifacts are downloaded into a directory each, in which the record may lie in a directory of its own. */
const DEPTH = 3;

/**
 * Writes the record of a whole run into a directory, from those that lie below another. What is missing, damaged, of another run, or
 * was not finished makes the whole a failed run, which says so; of a shard that is there twice the fuller record counts. Undefined where
 * no record is of this version.
 */
export function mergeRecords(below: string, target: string): RunFile | undefined {
  const directories = recordsBelow(below, DEPTH);
  const records = directories.flatMap((directory) => readOutside(directory) ?? []);
  const run = mostFrequent(records.map((record) => record.run));
  if (run === undefined) return undefined;
  const own = records.filter((record) => identityOf(record.run) === identityOf(run));
  const candidates = own.map(withOwnLines);
  const shards = fullest(candidates);
  mkdirSync(target, { recursive: true });
  const { problems } = writeLines(target, shards);
  const others = directories.filter((directory) => !own.some((record) => record.directory === directory));
  const all = [
    ...others.map((directory) =>
      inertLine(
        `the record in ${basename(directory)} is damaged, or of another run, subject or version (did all shards test the same build?)`,
      ),
    ),
    ...missingWords(shards, run),
    ...contradictions(candidates, shards),
    ...shards.flatMap(endWords),
    ...problems,
  ];
  return writeRun(target, shards, { run, problems: all });
}

function recordsBelow(directory: string, depth: number): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (entries.some((entry) => entry.name === FILES.run && entry.isFile())) return [directory];
  if (depth === 0) return [];
  const inside = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return inside.toSorted().flatMap((name) => recordsBelow(join(directory, name), depth - 1));
}

/** What all shards of one run have in common: what was asked for, and of what; where the subject lies may differ from machine to machine. */
function identityOf(run: RunFile): string {
  const { program, seed, first = 0, iterations, operations, shard, liftedGaps, gapsFile, timeoutSeconds } = run;
  const asked = [program, seed, first, iterations, operations, shard?.of ?? 1, liftedGaps, gapsFile, timeoutSeconds];
  const isCalibration = run.instar === REFERENCE;
  return JSON.stringify([asked, isCalibration, run.subjectVersion, run.referenceVersion, run.juryVersions]);
}

function mostFrequent(runs: readonly RunFile[]): RunFile | undefined {
  const times = (run: RunFile) => runs.filter((other) => identityOf(other) === identityOf(run)).length;
  return runs.toSorted((a, b) => times(b) - times(a))[0];
}

function writeLines(target: string, shards: readonly OutsideRecord[]): { problems: string[] } {
  const write = (name: string, lines: readonly unknown[]) =>
    keepText(target, name, lines.map((line) => `${inertJson(line, 0)}\n`).join(''));
  const iterations = shards.flatMap((record) => record.iterations);
  write(
    FILES.iterations,
    iterations.toSorted((a, b) => a.index - b.index),
  );
  const findings = shards.flatMap(({ directory, findings: own }) => own.map((line) => ({ directory, line })));
  write(
    FILES.findings,
    findings.map(({ line }) => line),
  );
  const lost = findings.filter(({ directory, line }) => !copyFolder(directory, target, line.folder));
  const { lines, problems } = mergeTriage(shards, target);
  write(FILES.triage, lines);
  const [canaries, replays] = [shards.flatMap((record) => record.canaries), shards.flatMap((record) => record.replays)];
  if (canaries.length > 0) writeCanaries(target, canaries);
  if (replays.length > 0) writeReplays(target, replays);
  return {
    problems: [
      ...lost.map(({ line }) => `the folder of finding ${line.index} is damaged`),
      ...shards.flatMap((record) => copyCanaries(record, target)),
      ...problems,
    ],
  };
}

/** A bug that several shards met is one, with the smallest of its cases. */
function mergeTriage(shards: readonly OutsideRecord[], target: string): { lines: TriageLine[]; problems: string[] } {
  const flaky = shards.flatMap(({ triage }) => triage.filter(({ kind }) => kind === 'flaky'));
  const met = shards.flatMap(({ directory, triage }) => latestBugs(triage).map((line) => ({ directory, line })));
  const fingerprints = [...new Set(met.map(({ line }) => line.fingerprint))];
  const bugs = fingerprints.flatMap((fingerprint) => {
    const same = met.filter(({ line }) => line.fingerprint === fingerprint);
    const smallest = same
      .toSorted((a, b) => planBytes(a) - planBytes(b))
      .find(({ directory, line }) => copyFolder(directory, target, line.folder));
    const indices = same.flatMap(({ line }) => line.indices).toSorted((a, b) => a - b);
    return smallest === undefined ? [] : [{ ...smallest.line, indices }];
  });
  const lost = fingerprints.filter((fingerprint) => !bugs.some((bug) => bug.fingerprint === fingerprint));
  return {
    lines: [...bugs, ...flaky],
    problems: lost.map((fingerprint) => `the folder of bug ${fingerprint} is damaged`),
  };
}

/** The seconds are those of the shard that took longest: between them a queue may lie. */
function writeRun(
  target: string,
  shards: readonly OutsideRecord[],
  { run: { shard, error: _, coverage: __, ...common }, problems }: { run: RunFile; problems: readonly string[] },
): RunFile {
  const runs = shards.map((record) => record.run);
  const coverage = mergeCoverage(shards.flatMap((record) => (record.coverage ? [record.coverage] : [])));
  const run: RunFile = {
    ...common,
    shards: shard?.of ?? 1,
    state: problems.length > 0 ? 'failed' : 'finished',
    startedAt: runs.map(({ startedAt }) => startedAt).toSorted()[0] ?? common.startedAt,
    seconds: Math.max(...runs.map(({ seconds }) => seconds)),
    lanes: runs.reduce((sum, { lanes }) => sum + lanes, 0),
    ...(problems.length === 0 ? {} : { error: `The run is incomplete: ${problems.join('; ')}.` }),
    ...(coverage === undefined ? {} : { coverage: totalsOf(coverage) }),
  };
  if (coverage !== undefined) keepJson(target, FILES.coverage, coverage);
  // Last: where it is, all the rest is.
  keepJson(target, FILES.run, run, 2);
  return run;
}
