import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Iteration } from '../../src/execution/loop.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { Record } from '../../src/report/record.ts';
import { writeReplays } from '../../src/report/replay-line.ts';
import { readReport } from '../../src/report/report.ts';
import { plansOf } from '../../src/session/plans.ts';
import type { Ruling } from '../../src/triage/ruling.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import { judge, type StepOutcome } from '../../src/verdict/verdict.ts';
import { bug, findingsWith } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { configurationOf } from '../support/reports.ts';

const configuration = configurationOf({ seed: 's', iterations: 4, operations: USUAL_NAMES });
const finding = {
  kind: 'content',
  type: 'convert_content_divergence',
  operation: 'convert',
  step: 1,
  file: 'f',
  offset: 512,
} as const;
const timeout = {
  kind: 'inconclusive_external_timeout',
  side: 'reference',
  command: 'reference resize',
  seconds: 30,
} as const;

function iteration(index: number, outcome: StepOutcome): Iteration {
  const trial = { steps: [{ operation: 'convert', outcome }], transcript: [] };
  return { plan: plansOf('s', USUAL_NAMES)(index), trial, verdict: judge([outcome]), milliseconds: 3 };
}

/** The ruling that a finding comes down to the bug with this digit for a fingerprint, seen in these iterations. */
function bugIn(digit: string, indices: readonly number[], shown: Finding = finding): Ruling {
  const { plan } = iteration(0, { kind: 'divergent', finding: shown });
  const sightings = indices.map((index) => ({ seed: 's', index }));
  return {
    kind: 'bug',
    bug: bug(digit, { plan, finding: shown, sightings }),
    shown: { plan, finding: shown, transcript: [] },
  };
}

function record(): { directory: string; record: Record } {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  return { directory, record: new Record(directory, configuration, OPERATIONS) };
}

describe('a record', () => {
  it('gives counts that add up, findings in order and reasons by frequency', () => {
    const { directory, record: written } = record();
    written.add(iteration(3, { kind: 'divergent', finding }));
    written.add(iteration(0, { kind: 'ok' }));
    written.add(iteration(2, { kind: 'inconclusive', reason: timeout }));
    written.add(iteration(1, { kind: 'divergent', finding }));
    written.end('finished');
    const report = readReport(directory);
    expect(report.counts).toEqual({ ok: 1, divergent: 2, inconclusive: 1 });
    expect(report.finished).toBe(4);
    expect(report.verdict).toBe('divergent');
    expect(report.unexplained.map(({ index }) => index)).toEqual([1, 3]);
    expect(report.reasons).toEqual([{ reason: 'the reference ran longer than 30 s (reference resize)', times: 1 }]);
    expect(report.operations.find(({ operation }) => operation === 'convert')).toMatchObject({
      ran: 4,
      ok: 1,
      divergent: 2,
    });
  });

  it('takes nothing more once its directory is gone or another stands in its place, instead of losing it', () => {
    const { directory, record: written } = record();
    written.add(iteration(0, { kind: 'ok' }));
    const complaint = `Input "report-dir": the record in ${directory} cannot be written`;
    rmSync(directory, { recursive: true });
    expect(() => written.add(iteration(1, { kind: 'divergent', finding }))).toThrow(complaint);
    expect(existsSync(directory)).toBe(false);
    mkdirSync(directory);
    const other = new Record(directory, configuration, OPERATIONS);
    expect(() => written.add(iteration(1, { kind: 'divergent', finding }))).toThrow(complaint);
    expect(() => written.end('finished')).toThrow(complaint);
    other.add(iteration(2, { kind: 'ok' }));
    expect(readReport(directory).finished).toBe(1);
  });

  it('tells a bug once with all that showed it, and counts a flaky finding as inconclusive', () => {
    const { directory, record: written } = record();
    for (const index of [0, 1, 2, 3]) written.add(iteration(index, { kind: 'divergent', finding }));
    written.rule(bugIn('a', [0]));
    written.rule(bugIn('a', [0, 2]));
    const { plan } = iteration(3, { kind: 'divergent', finding });
    written.rule({ kind: 'flaky', suspect: { plan, finding, symptom: '' }, cameBack: 1 });
    written.end('finished');
    const report = readReport(directory);
    expect(report.bugs.map(({ indices }) => indices)).toEqual([[0, 2]]);
    expect([...report.shownBy]).toEqual([['a'.repeat(16), [{ operation: 'convert', times: 2 }]]]);
    expect(report.unexplained.map(({ index }) => index)).toEqual([1]);
    expect(report.flaky.map(({ index }) => index)).toEqual([3]);
    expect(report.counts).toEqual({ ok: 0, divergent: 3, inconclusive: 1 });
    expect(report.operations.find(({ operation }) => operation === 'convert')).toMatchObject({
      divergent: 3,
      inconclusive: 1,
    });
    const words = 'a difference came back only 1 of 3 times when it was tried again';
    expect(report.reasons).toEqual([{ reason: words, times: 1 }]);
  });

  it('gives the worst bugs first, then those seen most often: the first of them get the issues that a run may open', () => {
    const { directory, record: written } = record();
    written.rule(bugIn('a', [0, 1, 2, 3, 4], findingsWith('x').json));
    written.rule(bugIn('b', [5]));
    written.rule(bugIn('c', [6, 7]));
    expect(readReport(directory).bugs.map(({ fingerprint }) => fingerprint[0])).toEqual(['c', 'b', 'a']);
  });

  it('does not write the evidence of a bug over when it tells it again: the disk may be full by then', () => {
    const { directory, record: written } = record();
    written.rule(bugIn('a', []));
    const evidence = join(directory, `bugs/${'a'.repeat(16)}/plan.json`);
    writeFileSync(evidence, 'untouched');
    written.rule(bugIn('a', []));
    expect(readFileSync(evidence, 'utf8')).toBe('untouched');
  });

  it('keeps apart the known bugs that were tried again and those that were not', () => {
    const { directory } = record();
    const agrees = { fingerprint: 'b'.repeat(16), agrees: true };
    writeReplays(directory, [agrees, { fingerprint: 'c'.repeat(16), agrees: false, notTried: true }]);
    const { replays, untried } = readReport(directory);
    expect([replays, untried]).toEqual([[agrees], 1]);
    const many = Array.from({ length: 2000 }, () => ({ ...agrees, notTried: true }) as const);
    writeReplays(directory, [agrees, ...many]);
    expect(readReport(directory)).toMatchObject({ replays: [agrees], untried: 999, damaged: [] });
  });

  it('counts a finding that is there without its iteration', () => {
    const { directory, record: written } = record();
    written.add(iteration(0, { kind: 'ok' }));
    written.add(iteration(1, { kind: 'divergent', finding }));
    const file = join(directory, 'iterations.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').split('\n')[0] ?? '');
    const report = readReport(directory);
    expect([report.verdict, report.counts, report.unexplained.map(({ index }) => index)]).toEqual([
      'divergent',
      { ok: 1, divergent: 1, inconclusive: 0 },
      [1],
    ]);
  });

  it.each(['earlier-run', 'known-gap'] as const)(
    'takes nothing away from its own findings for one of the same number that was carried from an %s and did not come back',
    (carriedFrom) => {
      const { directory, record: written } = record();
      const { plan, ...own } = iteration(0, { kind: 'divergent', finding });
      written.add({ plan, ...own });
      written.rule({ kind: 'flaky', suspect: { plan, finding, symptom: '', carriedFrom }, cameBack: 0 });
      written.end('finished');
      expect(readReport(directory)).toMatchObject({ verdict: 'divergent', flaky: [], counts: { divergent: 1 } });
    },
  );

  it('of a killed run counts what had finished, not half a line, and is an error', () => {
    const { directory, record: written } = record();
    written.add(iteration(0, { kind: 'ok' }));
    appendFileSync(join(directory, 'iterations.jsonl'), '{"index":1,"verd');
    const report = readReport(directory);
    expect([report.finished, report.counts.ok, report.verdict]).toEqual([1, 1, 'error']);
  });

  it('of a run in which nothing could be judged is inconclusive', () => {
    const { directory, record: written } = record();
    written.add(iteration(0, { kind: 'inconclusive', reason: timeout }));
    written.end('finished');
    expect(readReport(directory).verdict).toBe('inconclusive');
  });

  it('of a run that failed stays an error however much was ok', () => {
    const { directory, record: written } = record();
    written.add(iteration(0, { kind: 'ok' }));
    written.end('failed', 'the container is gone');
    expect(readReport(directory).verdict).toBe('error');
  });
});

describe('the verdict of an iteration', () => {
  const inconclusive = { kind: 'inconclusive', reason: timeout } as const;

  it('is divergent when any step is, whatever came before', () => {
    expect(judge([inconclusive, { kind: 'divergent', finding }]).kind).toBe('divergent');
  });

  it('is inconclusive when a step is and none diverges, or when nothing was compared', () => {
    expect(judge([{ kind: 'ok' }, inconclusive])).toEqual(inconclusive);
    expect(judge([{ kind: 'skipped', gap: 'info-raw' }]).kind).toBe('inconclusive');
    expect(judge([{ kind: 'skipped', gap: 'info-raw' }, { kind: 'ok' }]).kind).toBe('ok');
  });
});
