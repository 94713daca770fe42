import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import type { Iteration } from '../../src/execution/loop.ts';
import { operationsNamed, USUAL_NAMES } from '../../src/operations/index.ts';
import { indicesOf, type Shard } from '../../src/plan/shard.ts';
import type { Configuration } from '../../src/report/configuration.ts';
import { mergeRecords } from '../../src/report/merge/merge.ts';
import { Record } from '../../src/report/record.ts';
import { type Report, readReport } from '../../src/report/report.ts';
import { plansOf } from '../../src/session/plans.ts';
import { judge, type StepOutcome } from '../../src/verdict/verdict.ts';
import { bug } from './bugs.ts';
import { newDirectory } from './cli.ts';
import { configurationOf } from './reports.ts';

/** How many iterations the run has, over all shards. */
export const ITERATIONS = 10;
const configuration = configurationOf({
  seed: 's',
  iterations: ITERATIONS,
  operations: USUAL_NAMES,
  instar: '/instar',
});
/** What every third iteration shows. */
export const finding = bug('a').finding;
const planOf = plansOf('s', USUAL_NAMES);

function iteration(index: number): Iteration {
  const outcome: StepOutcome = index % 3 === 0 ? { kind: 'divergent', finding } : { kind: 'ok' };
  const trial = { steps: [{ operation: 'convert', outcome }], transcript: [] };
  return { plan: planOf(index), trial, verdict: judge([outcome]), milliseconds: 3 };
}

/** Writes the record of a shard, or of a run that has none, with this asked otherwise. */
export function writeRecord(directory: string, shard: Shard | undefined, changes: Partial<Configuration> = {}): void {
  mkdirSync(directory, { recursive: true });
  const record = new Record(
    directory,
    { ...configuration, ...changes, ...(shard && { shard }) },
    operationsNamed(USUAL_NAMES),
  );
  const indices = [...indicesOf(ITERATIONS, shard, changes.first)];
  for (const index of indices) record.add(iteration(index));
  const sightings = indices.filter((index) => index % 3 === 0).map((index) => ({ seed: 's', index }));
  const shown = { plan: planOf(0), finding, transcript: [] };
  if (sightings.length > 0) record.rule({ kind: 'bug', bug: bug('a', { sightings }), shown });
  record.end('finished');
}

/** How many shards there are. */
export const OF = 4;

/** Where their records lie, those of the test that runs, and that of one of them. */
export let below: string;
export const shardIn = (number: number) => join(below, `fuzz-shard-${number}`, 'report');

/** What is told of all records below a directory together. */
export const merged = (directory = below): Report => {
  const target = join(newDirectory(), 'merged');
  mergeRecords(directory, target);
  return readReport(target);
};

/** Writes the records of all shards anew for each test of a file. */
export function useShards(): void {
  beforeEach(() => {
    below = newDirectory();
    for (let number = 1; number <= OF; number += 1) writeRecord(shardIn(number), { number, of: OF });
  });
}
