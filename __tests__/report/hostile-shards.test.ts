/** A shard's record is made where hostile code ran. What it says of its own share is taken; nothing that it says of others'. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Iteration } from '../../src/execution/loop.ts';
import { operationsNamed } from '../../src/operations/index.ts';
import { indicesOf } from '../../src/plan/shard.ts';
import { writeCanaries } from '../../src/report/canary-line.ts';
import { mergeRecords } from '../../src/report/merge/merge.ts';
import { Record } from '../../src/report/record.ts';
import { writeReplays } from '../../src/report/replay-line.ts';
import { type Report, readReport } from '../../src/report/report.ts';
import { plansOf } from '../../src/session/plans.ts';
import { judge, type StepOutcome } from '../../src/verdict/verdict.ts';
import { bug } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { configurationOf } from '../support/reports.ts';

const names = ['convert'];
const configuration = configurationOf({ seed: 's', iterations: 8, operations: names });
const { finding } = bug('a');
const planOf = plansOf('s', names);

function iteration(index: number, diverges: boolean): Iteration {
  const outcome: StepOutcome = diverges ? { kind: 'divergent', finding } : { kind: 'ok' };
  const trial = { steps: [{ operation: 'convert', outcome }], transcript: [] };
  return { plan: planOf(index), trial, verdict: judge([outcome]), milliseconds: 3 };
}

/** The record of shard `number` of 2, all of whose iterations diverge or agree. */
function write(directory: string, number: number, diverges: boolean, seed = 's'): void {
  mkdirSync(directory, { recursive: true });
  const shard = { number, of: 2 };
  const record = new Record(directory, { ...configuration, seed, shard }, operationsNamed(names));
  const indices = [...indicesOf(8, shard)];
  for (const index of indices) record.add(iteration(index, diverges));
  const sightings = indices.map((index) => ({ seed: 's', index }));
  if (diverges) {
    const shown = { plan: planOf(0), finding, transcript: [] };
    record.rule({ kind: 'bug', bug: bug('a', { sightings }), shown });
  }
  record.end('finished');
}

let below: string;
const shardIn = (number: number) => join(below, `shard-${number}`);
const merged = (): Report => {
  const target = join(newDirectory(), 'merged');
  mergeRecords(below, target);
  return readReport(target);
};
const addLine = (number: number, line: object) =>
  writeFileSync(join(shardIn(number), 'triage.jsonl'), `${JSON.stringify(line)}\n`, { flag: 'a' });

beforeEach(() => {
  below = newDirectory();
  write(shardIn(1), 1, true);
  write(shardIn(2), 2, false);
});

describe('a shard', () => {
  it('cannot take the place of another that found something', () => {
    write(join(below, 'shard-2b'), 1, false);
    const { verdict, run } = merged();
    expect(verdict).not.toBe('ok');
    expect(run.error).toContain('two records of shard 1 contradict each other');
  });

  it('that is there twice, as it was run again, counts once', () => {
    cpSync(shardIn(1), join(below, 'again'), { recursive: true });
    const { counts, run } = merged();
    expect([counts.divergent, run.state]).toEqual([4, 'finished']);
  });

  it('cannot call what another found flaky, nor add to what it saw', () => {
    for (const index of indicesOf(8, { number: 1, of: 2 })) addLine(2, { kind: 'flaky', index, cameBack: 0, tries: 3 });
    const { counts, bugs } = merged();
    expect(counts).toEqual({ ok: 4, divergent: 4, inconclusive: 0 });
    expect(bugs.map(({ indices }) => indices)).toEqual([[...indicesOf(8, { number: 1, of: 2 })]]);
  });

  it('cannot put its script into the folder of a bug that another found', () => {
    const [line = '{}'] = readFileSync(join(shardIn(1), 'triage.jsonl'), 'utf8').split('\n');
    const forged = { ...JSON.parse(line), fingerprint: 'b'.repeat(16), folder: `bugs/${'a'.repeat(16)}` };
    addLine(2, forged);
    const folder = join(shardIn(2), 'bugs', 'a'.repeat(16));
    cpSync(join(shardIn(1), 'bugs', 'a'.repeat(16)), folder, { recursive: true });
    writeFileSync(join(folder, 'repro.sh'), 'forged');
    const { bugs, directory } = merged();
    expect(bugs.map(({ fingerprint }) => fingerprint)).toEqual(['a'.repeat(16)]);
    expect(readFileSync(join(directory, 'bugs', 'a'.repeat(16), 'repro.sh'), 'utf8')).not.toBe('forged');
  });

  it('that is not the first tells nothing of known bugs and gaps, which the first tries', () => {
    const canary = { gap: 'info-raw', says: 'lifted', documented: 0, agreed: 5, other: 0 } as const;
    writeReplays(shardIn(1), [{ fingerprint: 'c'.repeat(16), agrees: false }]);
    writeReplays(shardIn(2), [{ fingerprint: 'd'.repeat(16), agrees: true }]);
    writeCanaries(shardIn(2), [canary]);
    const { replays, canaries } = merged();
    expect(replays.map(({ fingerprint }) => fingerprint)).toEqual(['c'.repeat(16)]);
    expect(canaries).toEqual([]);
  });

  it('is left out where its seed is none that a run can be given', () => {
    below = newDirectory();
    write(shardIn(1), 1, false, 'x\nshards=[9]');
    expect(mergeRecords(below, join(newDirectory(), 'merged'))).toBeUndefined();
  });
});

describe('the cases of a known gap that changed', () => {
  it('are in the report of the whole run, and missed where they are not in that of the shard', () => {
    const record = new Record(shardIn(1), { ...configuration, shard: { number: 1, of: 2 } }, operationsNamed(names));
    record.addCanary('info-raw', { plan: planOf(3), finding, transcript: [] });
    record.end('finished');
    const canary = { gap: 'info-raw', says: 'changed', documented: 0, agreed: 0, other: 1 } as const;
    writeCanaries(shardIn(1), [canary]);
    const { directory, run } = merged();
    expect(run.state).toBe('finished');
    expect(readFileSync(join(directory, 'canaries/info-raw/3/repro.sh'), 'utf8')).toContain('#!/bin/sh');
    writeCanaries(shardIn(1), [{ ...canary, other: 2 }]);
    expect(merged().run.error).toContain('the cases of known gap info-raw are damaged');
  });
});
