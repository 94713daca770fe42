import { describe, expect, it } from 'vitest';
import { NO_HISTORY, type PastBug } from '../../src/history/history.ts';
import type { Report } from '../../src/report/report.ts';
import { mayReplaceAlerts } from '../../src/report/sarif.ts';
import { isWhole, mayBeTold } from '../../src/report/whole.ts';
import { findingsWith } from '../support/bugs.ts';
import { bugLineOf, reportOf } from '../support/reports.ts';

const { crash } = findingsWith('x');
const of = (changes: Partial<Report['run']>): Report => reportOf({ run: { ...reportOf().run, ...changes } });

describe('a run', () => {
  it.each<[Partial<Report['run']>, boolean, boolean]>([
    [{}, true, true],
    [{ shards: 4 }, true, true],
    [{ shards: 4, state: 'failed' }, false, true],
    [{ state: 'failed' }, false, true],
    [{ state: 'interrupted' }, false, false],
    [{ state: 'running' }, false, false],
    [{ shard: { number: 1, of: 4 } }, false, false],
    [{ instar: 'qemu-img' }, false, false],
    [{ liftedGaps: ['x'] }, false, false],
  ])('of which %j is true: whole %s, told %s', (changes, whole, told) => {
    expect([isWhole(of(changes)), mayBeTold(of(changes))]).toEqual([whole, told]);
    expect(mayReplaceAlerts(of(changes)), 'its alerts stand for all').toBe(whole);
  });
});

describe('the alerts of a run stand for all', () => {
  const { fingerprint } = bugLineOf(1, crash);
  const stands = (agrees: boolean, changes: Partial<Report>) =>
    mayReplaceAlerts(reportOf({ replays: [{ fingerprint, agrees }], ...changes }));

  it('unless a known bug still shows of which there is none', () => {
    expect(stands(true, {})).toBe(true);
    expect(stands(false, {})).toBe(false);
    expect(stands(false, { bugs: [bugLineOf(1, crash)] })).toBe(true);
    expect(stands(false, { carried: [bugLineOf(1, crash)] })).toBe(true);
    expect(stands(false, { carried: [bugLineOf(1, crash, { unfinished: 'time' })] })).toBe(false);
    expect(stands(false, { bugs: [bugLineOf(2, crash)] })).toBe(false);
  });

  it('unless a bug that waits without an issue was neither met nor tried again', () => {
    const past: PastBug = {
      scheme: 1,
      fingerprint,
      first: '2026-11-01',
      last: '2026-11-02',
      runs: 1,
      sightings: 1,
      nights: 0,
    };
    const waits = (changes: Partial<Report>, issue?: number) => {
      const bugs = [{ ...past, ...(issue && { issue }) }];
      return mayReplaceAlerts(reportOf({ history: { ...NO_HISTORY, bugs }, ...changes }));
    };
    expect(waits({})).toBe(false);
    expect(waits({ replays: [{ fingerprint: 'f'.repeat(16), agrees: true }] })).toBe(false);
    expect(waits({ replays: [{ fingerprint, agrees: true }] })).toBe(true);
    expect(waits({ bugs: [bugLineOf(1, crash)] })).toBe(true);
    expect(waits({ carried: [bugLineOf(1, crash)] })).toBe(true);
    expect(waits({}, 7), 'an issue tells of it').toBe(true);
  });
});
