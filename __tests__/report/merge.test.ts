import { appendFileSync, cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GAPS } from '../../src/gaps/ledger.ts';
import { indicesOf, shareOf } from '../../src/plan/shard.ts';
import { KeptFiles } from '../../src/report/kept.ts';
import { readRecordLines } from '../../src/report/lines.ts';
import { readOutside } from '../../src/report/merge/outside.ts';
import { type Report, readReport } from '../../src/report/report.ts';
import { bug } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { below, finding, ITERATIONS, merged, OF, shardIn, useShards, writeRecord } from '../support/shards.ts';

useShards();

describe('shards', () => {
  it.each([1, 2, 3, 7, 10, 12])('of %d have each iteration once', (of) => {
    const shards = Array.from({ length: of }, (_, before) => ({ number: before + 1, of }));
    const dealt = shards.map((shard) => [...indicesOf(ITERATIONS, shard)]);
    expect(dealt.flat().toSorted((a, b) => a - b)).toEqual([...indicesOf(ITERATIONS)]);
    expect(dealt.map(({ length }) => length)).toEqual(shards.map((shard) => shareOf(ITERATIONS, shard)));
  });
});

describe('the records of all shards', () => {
  it('are together what one job would have recorded', () => {
    const alone = newDirectory();
    writeRecord(alone, undefined);
    const [whole, parts] = [readReport(alone), merged()];
    const same = ({ verdict, finished, asked, counts, operations, bugs, unexplained, gaps }: Report) => ({
      verdict,
      finished,
      asked,
      counts,
      operations,
      bugs,
      unexplained,
      gaps,
    });
    expect(same(parts)).toEqual(same(whole));
    expect(parts.run.error).toBeUndefined();
    expect(parts.run.coverage?.['convert']?.values[1]).toBe(whole.run.coverage?.['convert']?.values[1]);
  });

  it('have one bug, with the sightings of all of them and its folder', () => {
    const report = merged();
    expect(report.bugs.map(({ indices }) => indices)).toEqual([[0, 3, 6, 9]]);
    const folder = join(report.directory, report.bugs[0]?.folder ?? '');
    expect(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))).toEqual(bug('a').plan);
  });

  it('take a bug from another shard where the disk of one was full', () => {
    const planIn = (number: number) => join(shardIn(number), 'bugs', bug('a').fingerprint, 'plan.json');
    writeFileSync(planIn(1), '');
    truncateSync(planIn(2), 10);
    const report = merged();
    expect(report.bugs.map(({ indices }) => indices)).toEqual([[0, 3, 6, 9]]);
    const folder = join(report.directory, report.bugs[0]?.folder ?? '');
    expect(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))).toEqual(bug('a').plan);
    expect(report.run.error).toBeUndefined();
  });

  it('count a finding whose iteration was not written any more', () => {
    const file = join(shardIn(1), 'iterations.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines[0]).toContain('"divergent"');
    writeFileSync(file, lines.slice(1).join('\n'));
    const report = merged();
    expect([report.finished, report.counts.divergent]).toEqual([ITERATIONS, 4]);
    expect(report.run.error).toContain('of shard 1 only');
  });

  it('count once where one is there twice, the fuller of them', () => {
    const again = join(below, 'a-first-attempt');
    cpSync(shardIn(3), again, { recursive: true });
    writeFileSync(join(again, 'iterations.jsonl'), '');
    const report = merged();
    expect([report.finished, report.run.error]).toEqual([ITERATIONS, undefined]);
  });
});

describe('the record of a run that went on with its seed', () => {
  it.each([300, 7_000_000])('counts from iteration %d on', (first) => {
    const alone = newDirectory();
    writeRecord(join(alone, 'report'), undefined, { first });
    const report = merged(alone);
    expect([report.finished, report.run.first, report.run.error]).toEqual([ITERATIONS, first, undefined]);
    const showing = [...indicesOf(ITERATIONS, undefined, first)].filter((index) => index % 3 === 0);
    expect(report.bugs.map(({ indices }) => indices)).toEqual([showing]);
    expect(report.shownBy.get(bug('a').fingerprint)).toEqual([{ operation: 'commit', times: showing.length }]);
  });

  it('is none of the run that began the seed', () => {
    writeRecord(join(below, 'another-night'), { number: 1, of: OF }, { first: ITERATIONS });
    const report = merged();
    expect(report.run.error).toContain(
      'the record in another-night is damaged, or of another run, subject or version (did all shards test the same build?)',
    );
  });
});

/** What is read of the second shard where its first iteration is changed so, and stands alone. */
function firstLineWith(changes: object) {
  const path = join(shardIn(2), 'iterations.jsonl');
  const [first = '{}'] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${JSON.stringify({ ...(JSON.parse(first) as object), ...changes })}\n`);
  return readOutside(shardIn(2))?.iterations;
}

describe('lines of a record', () => {
  it.each(['many-findings', 'one-bug', 'nothing'])('of a real run all count: %s', (name) => {
    const directory = fileURLToPath(new URL(`../fixtures/records/${name}`, import.meta.url));
    const { iterations, findings, triage } = readOutside(directory) ?? {};
    expect({ iterations, findings, triage }).toEqual(readRecordLines(new KeptFiles(directory)));
    expect(iterations?.length).toBeGreaterThan(0);
  });

  it('count whatever known gaps turned away, as long as a plan may', () => {
    const path = join(shardIn(2), 'iterations.jsonl');
    const [first = '{}', ...rest] = readFileSync(path, 'utf8').split('\n');
    const often = { ...(JSON.parse(first) as object), avoided: Array(1500).fill('measure-size') };
    writeFileSync(path, [JSON.stringify(often), ...rest].join('\n'));
    const report = merged();
    expect([report.finished, report.run.error]).toEqual([ITERATIONS, undefined]);
  });

  it('do not count where the name of a gap is longer than any', () => {
    expect(firstLineWith({ avoided: ['a'.repeat(61)] })).toEqual([]);
    expect(firstLineWith({ avoided: ['a'.repeat(60)] })).toHaveLength(1);
  });

  it('do not count where more gaps turned draws away than there can be', () => {
    const gaps = (count: number) => Array.from({ length: count }, (_, at) => `own-${at}`);
    expect(firstLineWith({ avoided: gaps(GAPS.length + 500) })).toHaveLength(1);
    expect(firstLineWith({ avoided: gaps(GAPS.length + 501) })).toEqual([]);
  });

  it('count once, and only where the iteration is the shard’s own', () => {
    const path = join(shardIn(1), 'iterations.jsonl');
    const [first = '{}'] = readFileSync(path, 'utf8').split('\n');
    const foreign = { ...(JSON.parse(first) as object), verdict: { kind: 'inconclusive', reason: finding } };
    const lines = [first, ...[5, 1000].map((index) => JSON.stringify({ ...foreign, index }))];
    appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
    const report = merged();
    expect([report.finished, report.counts.inconclusive, report.run.error]).toEqual([ITERATIONS, 0, undefined]);
  });
});
