import { appendFileSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GAPS } from '../../src/gaps/ledger.ts';
import { KeptFiles } from '../../src/report/kept.ts';
import { readRecordLines } from '../../src/report/lines.ts';
import { mergeRecords } from '../../src/report/merge/merge.ts';
import { readOutside } from '../../src/report/merge/outside.ts';
import type { Report } from '../../src/report/report.ts';
import { newDirectory } from '../support/cli.ts';
import { below, finding, ITERATIONS, merged, OF, shardIn, useShards, writeRecord } from '../support/shards.ts';

useShards();

describe('the records of a run with something wrong', () => {
  const errorOf = (report: Report) => [report.run.state, report.run.error];

  it('name the shard that is missing, and keep what the others found', () => {
    rmSync(shardIn(2), { recursive: true });
    const report = merged();
    expect(errorOf(report)).toEqual(['failed', 'The run is incomplete: the record of shard 2 of 4 is missing.']);
    expect([report.finished, report.bugs.length]).toEqual([7, 1]);
  });

  it('leave out a record of another version, or of another seed', () => {
    rmSync(shardIn(2), { recursive: true });
    writeRecord(shardIn(2), { number: 2, of: OF }, { program: 'other' });
    writeRecord(join(below, 'stray'), { number: 3, of: OF }, { seed: 'other' });
    const [state, error] = errorOf(merged());
    expect(state).toBe('failed');
    expect(error).toContain(
      'the record in stray is damaged, or of another run, subject or version (did all shards test the same build?)',
    );
    expect(error).toContain('shard 2 of 4 is missing');
  });

  it('count without what was not written whole, and say so where no time ended it', () => {
    const path = join(shardIn(1), 'iterations.jsonl');
    truncateSync(path, readFileSync(path).length - 20);
    const report = merged();
    expect(report.finished).toBe(ITERATIONS - 1);
    expect(errorOf(report)[1]).toBe('The run is incomplete: of shard 1 only 2 iterations are whole.');
    for (let number = 1; number <= OF; number += 1) {
      const file = join(shardIn(number), 'run.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('{', '{"timeBudgetSeconds":5,'));
    }
    expect(errorOf(merged())).toEqual(['finished', undefined]);
  });

  it.each([{ image: '--privileged' }, { containerEngine: '/tmp/evil' }, { image: 'x y' }])(
    'leave out one with which nothing could be run again: %j',
    (changes) => {
      rmSync(shardIn(2), { recursive: true });
      writeRecord(shardIn(2), { number: 2, of: OF }, changes);
      expect(errorOf(merged())[1]).toContain('shard 2 of 4 is missing');
    },
  );

  it.each([
    { timeBudgetSeconds: '1 s)\n\n## No divergence\n\n[Sign in](https://evil.example) @octocat <!--' },
    { failFast: 'no' },
  ])('leave out one whose %j would come up where it is told', (changes) => {
    const path = join(shardIn(2), 'run.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }));
    expect(errorOf(merged())[1]).toContain('shard 2 of 4 is missing');
  });

  it.each([
    { kind: 'content', file: 'a.raw', offset: null },
    { kind: 'exit', message: 'x', subject: { kind: 'exited', code: 0 } },
    { kind: 'nothing' },
    { kind: 'size', file: 'a.raw', subject: '1', reference: 2 },
  ])('leave out a finding that cannot be told: %j', (difference) => {
    const { type, operation, step } = finding;
    const line = {
      version: 1,
      seed: 's',
      index: 4,
      folder: 'findings/4',
      finding: { type, operation, step, ...difference },
    };
    appendFileSync(join(shardIn(1), 'findings.jsonl'), `${JSON.stringify(line)}\n`);
    expect(readOutside(shardIn(1))?.findings.map(({ index }) => index)).not.toContain(4);
  });

  it('leave out an iteration whose reason cannot be told', () => {
    const path = join(shardIn(2), 'iterations.jsonl');
    const [first = '{}'] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${JSON.stringify({ ...JSON.parse(first), verdict: { kind: 'inconclusive' } })}\n`);
    expect(readOutside(shardIn(2))?.iterations).toEqual([]);
  });

  it.each([
    [
      'run.json',
      'null',
      'the record in report is damaged, or of another run, subject or version (did all shards test the same build?)',
    ],
    [
      'run.json',
      '{"version":1}',
      'the record in report is damaged, or of another run, subject or version (did all shards test the same build?)',
    ],
    ['iterations.jsonl', 'null\n{"index":"1"}\n', 'of shard 2 only 0 iterations are whole'],
    ['iterations.jsonl', '', 'of shard 2 only 0 iterations are whole'],
    ['coverage.json', '[null', undefined],
    ['canaries.json', '[{"gap":"x"', undefined],
    ['replays.json', 'null', undefined],
  ])('bear a damaged %s: %s', (name, text, problem) => {
    writeFileSync(join(shardIn(2), name), text);
    const [state, error] = errorOf(merged());
    expect(state).toBe(problem === undefined ? 'finished' : 'failed');
    if (problem !== undefined) expect(error).toContain(problem);
  });

  it('leave out a bug whose folder is not whole, a link among its files included', () => {
    for (let number = 1; number <= OF; number += 1) {
      const path = join(shardIn(number), 'bugs/aaaaaaaaaaaaaaaa/repro.sh');
      rmSync(path, { force: true });
      if (number === 1) symlinkSync('/etc/hostname', path);
    }
    const report = merged();
    expect(report.bugs).toEqual([]);
    expect(errorOf(report)[1]).toContain('the folder of bug aaaaaaaaaaaaaaaa is damaged');
  });

  it('keep a finding whose folder is not whole, and say so', () => {
    rmSync(join(shardIn(1), 'findings/0'), { recursive: true });
    const report = merged();
    expect(errorOf(report)).toEqual(['failed', 'The run is incomplete: the folder of finding 0 is damaged.']);
    expect(readRecordLines(new KeptFiles(report.directory)).findings.map(({ index }) => index)).toContain(0);
  });

  it('leave out a bug of which a vote cannot be told', () => {
    const path = join(shardIn(1), 'triage.jsonl');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"jury":[]', '"jury":[{"juror":"qemu-img 7","says":"maybe"}]'),
    );
    expect(readOutside(shardIn(1))?.triage).toEqual([]);
  });

  it('leave out a bug with more votes than a run can ask for: its issue would have no room for them', () => {
    const path = join(shardIn(1), 'triage.jsonl');
    const line = readFileSync(path, 'utf8');
    const withVotes = (count: number) => {
      const jury = Array.from({ length: count }, (_, at) => ({ juror: `qemu-img ${at}`, says: 'subject' }));
      writeFileSync(path, line.replace('"jury":[]', `"jury":${JSON.stringify(jury)}`));
      return readOutside(shardIn(1))?.triage.map((one) => one.kind === 'bug' && one.jury.length);
    };
    // Twenty other versions of the reference, and three readers.
    expect(withVotes(23)).toEqual([23]);
    expect(withVotes(24)).toEqual([]);
  });

  it.each([
    { juryVersions: Array(21).fill('qemu-img version 9') },
    { liftedGaps: Array(GAPS.length + 1).fill('info-raw') },
  ])('leave out one that says more of itself than a run can', (changes) => {
    rmSync(shardIn(2), { recursive: true });
    writeRecord(shardIn(2), { number: 2, of: OF }, changes);
    expect(readOutside(shardIn(2))).toBeUndefined();
  });

  it('leave out canaries of more gaps than there are', () => {
    const canary = { gap: 'info-raw', says: 'lifted', documented: 0, agreed: 5, other: 0 };
    const read = (count: number) => {
      writeFileSync(join(shardIn(1), 'canaries.json'), JSON.stringify(Array(count).fill(canary)));
      return readOutside(shardIn(1))?.canaries.length;
    };
    expect([read(GAPS.length), read(GAPS.length + 1)]).toEqual([GAPS.length, 0]);
  });

  it('are not led astray by strangers that come first', () => {
    writeRecord(join(below, 'a-stranger'), { number: 1, of: 2 }, { seed: 'other' });
    const report = merged();
    expect([report.run.seed, report.finished]).toEqual(['s', ITERATIONS]);
    expect(errorOf(report)[1]).toContain(
      'the record in a-stranger is damaged, or of another run, subject or version (did all shards test the same build?)',
    );
  });

  it('are told apart by what was tested', () => {
    rmSync(shardIn(2), { recursive: true });
    writeRecord(shardIn(2), { number: 2, of: OF }, { referenceVersion: 'qemu-img version 11' });
    expect(errorOf(merged())[1]).toContain('shard 2 of 4 is missing');
  });

  it('may be of a subject that lies elsewhere on each machine', () => {
    rmSync(shardIn(2), { recursive: true });
    writeRecord(shardIn(2), { number: 2, of: OF }, { instar: '/elsewhere/instar' });
    expect(errorOf(merged())).toEqual(['finished', undefined]);
  });

  it('say which shard was killed', () => {
    const path = join(shardIn(4), 'run.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"finished"', '"running"'));
    expect(errorOf(merged())[1]).toBe('The run is incomplete: shard 4 was killed.');
  });

  it('take no folder from outside a record', () => {
    const line = { version: 1, seed: 's', index: 4, folder: 'findings/../../../fuzz-shard-1', finding };
    appendFileSync(join(shardIn(1), 'findings.jsonl'), `${JSON.stringify(line)}\n`);
    const report = merged();
    expect(report.run.error).toBeUndefined();
    expect(readFileSync(join(report.directory, 'findings.jsonl'), 'utf8')).not.toContain('..');
  });

  it('are no run at all where there is none', () => {
    expect(mergeRecords(newDirectory(), newDirectory())).toBeUndefined();
  });
});
