import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { additionOf } from '../../src/action/addition.ts';
import { bugOf } from '../../src/action/bugs.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { Record, type RunState } from '../../src/report/record.ts';
import { allBugs, type Report, readReport } from '../../src/report/report.ts';
import { plansOf } from '../../src/session/plans.ts';
import { bug } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { BYTES, reportOf } from '../support/reports.ts';

const plan = plansOf('42', USUAL_NAMES)(7);
const sightings = [{ seed: '42', index: 7 }];
const ruled = bug('a', { plan, sightings, bytes: BYTES, unfinished: 'seldom', traits: ['format=qcow2'] });

/** The report of a run that ruled on this bug and ended so. */
function reportOn(bugs: readonly (typeof ruled)[], state: RunState): Report {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  const record = new Record(directory, reportOf().run, OPERATIONS);
  for (const one of bugs) record.rule({ kind: 'bug', bug: one, shown: { plan, finding: one.finding, transcript: [] } });
  record.end(state);
  return readReport(directory);
}

it('a bug comes back from the record as it was ruled', () => {
  const report = reportOn([ruled], 'finished');
  expect(allBugs(report).map((line) => bugOf(report, line))).toEqual([ruled]);
});

it('a bug that no iteration of the run met is given none', () => {
  const carried = { ...ruled, sightings: [] };
  const report = reportOn([carried], 'finished');
  expect(allBugs(report).map((line) => bugOf(report, line))).toEqual([carried]);
});

it('a bug whose script is lost is left out, and the others are told', () => {
  const other = bug('b', { plan, sightings });
  const report = reportOn([ruled, other], 'finished');
  const [first] = allBugs(report);
  rmSync(join(report.directory, first?.folder ?? '', 'repro.sh'));
  expect(allBugs(report).map((line) => bugOf(report, line)?.fingerprint)).toEqual([undefined, other.fingerprint]);
});

describe('a run adds to the history', () => {
  const day = { id: '1', date: '2026-11-01' };
  const seen = [{ fingerprint: ruled.fingerprint, sightings: 1, plan }];
  const addition = (bugs: readonly (typeof ruled)[], state: RunState) =>
    additionOf(reportOn(bugs, state), day, { resume: true });

  it('what it saw and how it went, where it got to its end', () => {
    const whole = { run: { ...day, bugs: 1 }, replays: [], progress: { next: 0 } };
    expect(addition([ruled], 'finished')).toMatchObject({ date: day.date, seen, whole });
    expect(addition([], 'finished')).toMatchObject({ seen: [], whole: { run: { bugs: 0 } } });
  });

  it('how far it has come with its seed, where it resumes it: seeds that are drawn never come back', () => {
    const report = reportOn([], 'finished');
    expect(additionOf(report, day, { resume: true })?.whole).toHaveProperty('progress');
    expect(additionOf(report, day, { resume: false })?.whole).not.toHaveProperty('progress');
  });

  it('what it saw and could not file, where it failed', () => {
    expect(addition([ruled], 'failed')).toEqual({ date: day.date, seen });
    expect(addition([], 'failed')).toBeUndefined();
  });

  it('nothing, where somebody stopped it', () => {
    expect(addition([ruled], 'interrupted')).toBeUndefined();
  });
});
