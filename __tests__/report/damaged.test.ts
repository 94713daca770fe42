import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { additionOf } from '../../src/action/addition.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { writeCanaries } from '../../src/report/canary-line.ts';
import { keepText } from '../../src/report/kept.ts';
import { FILES, Record } from '../../src/report/record.ts';
import { writeReplays } from '../../src/report/replay-line.ts';
import { type Report, readReport, writeHistory } from '../../src/report/report.ts';
import { writeStandings } from '../../src/report/standing.ts';
import { plansOf } from '../../src/session/plans.ts';
import { reportOn } from '../../src/session/session.ts';
import { judge, type StepOutcome } from '../../src/verdict/verdict.ts';
import { bug } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { HISTORY, reportOf } from '../support/reports.ts';

const planOf = plansOf('42', USUAL_NAMES);
const ruled = bug('a', { plan: planOf(1), sightings: [{ seed: '42', index: 1 }], traits: ['format=qcow2'] });
const { finding, fingerprint } = ruled;

/** The record of a run of two iterations, one with a bug, in which each file holds something. */
function written(): string {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  const record = new Record(directory, reportOf().run, OPERATIONS);
  writeHistory(directory, HISTORY);
  writeReplays(directory, [{ fingerprint: 'b'.repeat(16), agrees: true }]);
  writeCanaries(directory, [{ gap: 'qcow2-zstd', says: 'lifted', documented: 0, agreed: 5, other: 0 }]);
  const outcomes: readonly StepOutcome[] = [{ kind: 'ok' }, { kind: 'divergent', finding }];
  for (const [index, outcome] of outcomes.entries()) {
    const trial = { steps: [{ operation: finding.operation, outcome }], transcript: [] };
    record.add({ plan: planOf(index), trial, verdict: judge([outcome]), milliseconds: 3 });
  }
  record.rule({ kind: 'bug', bug: ruled, shown: { plan: planOf(1), finding, transcript: [] } });
  record.end('finished');
  const issue = { number: 3, url: 'https://github.example/o/r/issues/3' };
  writeStandings(directory, [{ fingerprint, state: 'accepted', issue }]);
  reported(directory);
  return directory;
}

/** The report, its summary and its page. Fails where one of them cannot be made. */
function reported(directory: string): { report: Report; summary: string; page: string } {
  const warnings: string[] = [];
  const report = reportOn(directory, { warn: (words) => warnings.push(words) });
  expect(warnings).toEqual([]);
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  return { report, summary: read(FILES.summary), page: read(FILES.page) };
}

/** What a report tells by each file that is read: gone where the file is. */
const told = ({ finished, unexplained, bugs, coverage, canaries, replays, history, standings }: Report) => ({
  iterations: finished,
  findings: unexplained.length + bugs.length,
  triage: bugs.length,
  coverage: Object.keys(coverage ?? {}).length > 0,
  canaries: canaries.length,
  replays: replays.length,
  history: history.runs.length,
  issues: standings.size,
});

const { run, summary, page, sarif, ...READ } = FILES;
const readNames = Object.values(READ);
const half = (path: string) => truncateSync(path, Math.floor(readFileSync(path).length / 2));
const ways = { half, 'of another form': (path: string) => writeFileSync(path, 'null\n') };
const cases = readNames.flatMap((name) => Object.entries(ways).map(([way, damage]) => ({ name, way, damage })));

describe('a record', () => {
  it('that is whole has nothing damaged, and no file that is not named', () => {
    const directory = written();
    const { report, summary: words } = reported(directory);
    expect(report.damaged).toEqual([]);
    expect(words).not.toContain('Damaged');
    expect(told(report)).toMatchObject({
      iterations: 2,
      triage: 1,
      coverage: true,
      canaries: 1,
      history: 3,
      issues: 1,
    });
    const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
    const expected = Object.values(FILES).filter((name) => name !== sarif);
    expect(files.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  });

  it.each(cases)('with $name $way says so, and the rest is reported', ({ name, damage }) => {
    const directory = written();
    const before = told(readReport(directory));
    damage(join(directory, name));
    const { report, summary: words, page: shown } = reported(directory);
    expect(report.damaged).toEqual([name]);
    expect(report.verdict).toBe('divergent');
    for (const text of [words, shown])
      expect(text).toContain(`Damaged in the record, and so not all told here: ${name}.`);
    // The lines before the damage count, and what only triage knew of is a finding again.
    const own = Object.entries(READ).find(([, file]) => file === name)?.[0] ?? '';
    const touched = ['iterations', 'findings', 'triage'].includes(own) ? ['iterations', 'findings', 'triage'] : [own];
    for (const [part, value] of Object.entries(before)) {
      if (!touched.includes(part)) expect(told(report)[part as keyof typeof before], part).toEqual(value);
    }
    if (touched.length === 1) expect(told(report)[own as keyof typeof before]).toBeFalsy();
  });

  it.each([summary, page, sarif])('takes no harm from a damaged %s, which nothing is read from', (name) => {
    const directory = written();
    writeFileSync(join(directory, name), '{');
    expect(reported(directory).report.damaged).toEqual([]);
  });

  it.each(Object.entries(ways))('with run.json %s is refused in words', (_, damage) => {
    const directory = written();
    damage(join(directory, run));
    const complaint = `There is no report of the record in ${directory}: its run.json is missing or damaged.`;
    expect(() => readReport(directory)).toThrow(complaint);
    rmSync(join(directory, run));
    expect(() => readReport(directory)).toThrow(complaint);
  });

  it('with half a plan in the folder of an accepted bug is reported without an entry for it', () => {
    const directory = written();
    const entry = 'keeps it from being drawn';
    expect(reported(directory).summary).toContain(entry);
    half(join(directory, 'bugs', fingerprint, 'plan.json'));
    const { summary: words } = reported(directory);
    expect(words).not.toContain(entry);
    expect(words).toContain('accepted');
  });

  it('adds only what it saw to the history', () => {
    const about = { id: '24', date: '2026-11-24' };
    const damaged = (name: string) => {
      const directory = written();
      half(join(directory, name));
      return additionOf(readReport(directory), about, { resume: false });
    };
    expect(additionOf(readReport(written()), about, { resume: false })).toHaveProperty('whole');
    for (const name of [FILES.history, FILES.replays]) {
      expect(damaged(name)?.seen).toHaveLength(1);
      expect(damaged(name)).not.toHaveProperty('whole');
    }
  });
});

describe('a file that cannot be kept', () => {
  it('leaves the one before it as it was, and no half of itself', () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'taken.json'), { recursive: true });
    expect(() => keepText(directory, 'taken.json', '{}')).toThrow();
    expect(readdirSync(directory)).toEqual(['taken.json']);
    expect(existsSync(join(directory, 'taken.json'))).toBe(true);
  });
});
