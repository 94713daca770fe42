import { describe, expect, it } from 'vitest';
import { type Addition, historyAfter } from '../../src/history/advance.ts';
import {
  HISTORY_CHARACTERS,
  type History,
  historyText,
  MOST_BUGS,
  MOST_RUNS,
  MOST_SEEDS,
  NO_HISTORY,
  type PastBug,
  type PastRun,
  PLAN_CHARACTERS,
  parseHistory,
} from '../../src/history/history.ts';
import { nextAfter, nextOf, sourceDigest } from '../../src/history/progress.ts';
import { plan } from '../support/bugs.ts';
import { HOSTILE } from '../support/hostile.ts';

const night = (day: number): PastRun => ({
  id: `${day}`,
  date: `2026-11-${`${day}`.padStart(2, '0')}`,
  seconds: 600.5,
  ok: 998,
  divergent: 1,
  inconclusive: 1,
  bugs: 1,
});
const FINGERPRINT = 'a'.repeat(16);
const seen = { fingerprint: FINGERPRINT, sightings: 3, plan };
const progress = { of: 'b'.repeat(16), next: 1000 };
type Changes = Partial<NonNullable<Addition['whole']> & Pick<Addition, 'seen'>>;
function following(history: History, day: number, { seen = [], ...changes }: Changes = {}): History {
  const whole = { run: night(day), replays: [], progress, ...changes };
  return historyAfter(history, { date: whole.run.date, seen, whole });
}
const known = following(NO_HISTORY, 1, { seen: [seen] });
const [bug] = known.bugs as [PastBug];

describe('the history', () => {
  it('is read as it was written', () => {
    expect(parseHistory(historyText(known))).toEqual(known);
    expect(parseHistory(historyText(NO_HISTORY))).toEqual(NO_HISTORY);
  });

  it('is none where a plan in it is nested so deeply that nobody could write it again', () => {
    const deep = `${'['.repeat(12_000)}${']'.repeat(12_000)}`;
    const text = historyText({ ...known, bugs: [{ ...bug, plan: 'here' }] });
    expect(parseHistory(text)).toBeDefined();
    expect(parseHistory(text.replace('"here"', deep))).toBeUndefined();
  });

  it('forgets a case that was told under another fingerprint once it was made smaller, and no other', () => {
    const smaller = { ...seen, fingerprint: 'c'.repeat(16) };
    const fingerprints = ({ bugs }: History) => bugs.map(({ fingerprint }) => fingerprint);
    expect(fingerprints(following(known, 2, { seen: [smaller] }))).toEqual([smaller.fingerprint]);
    for (const other of [{ index: plan.index + 1 }, { seed: 'of another run' }]) {
      const seenToo = { ...smaller, plan: { ...plan, ...other } };
      expect(fingerprints(following(known, 2, { seen: [seenToo] }))).toEqual([FINGERPRINT, smaller.fingerprint]);
    }
  });

  it('counts a bug in each run that sees it, and keeps its plan until there is an issue', () => {
    expect(bug).toMatchObject({ first: '2026-11-01', last: '2026-11-01', runs: 1, sightings: 3, plan });
    const filed = following(known, 2, { seen: [{ ...seen, sightings: 2, issue: 17 }] });
    expect(filed.bugs[0]).toEqual({
      scheme: 1,
      fingerprint: FINGERPRINT,
      first: '2026-11-01',
      last: '2026-11-02',
      runs: 2,
      sightings: 5,
      nights: 0,
      issue: 17,
    });
    const [unasked] = following(filed, 3, { seen: [seen] }).bugs;
    expect(unasked, 'a run that asks for no issues').toMatchObject({ runs: 3, issue: 17 });
    expect(unasked).not.toHaveProperty('plan');
  });

  it('forgets a bug whose plan shows nothing in two runs in a row', () => {
    const agrees = { replays: [{ fingerprint: FINGERPRINT, agrees: true }] };
    const differs = { replays: [{ fingerprint: FINGERPRINT, agrees: false }] };
    expect(following(known, 2, { replays: [...agrees.replays, ...differs.replays] }).bugs).toMatchObject([
      { nights: 0 },
    ]);
    const once = following(known, 2, agrees);
    expect(once.bugs).toMatchObject([{ nights: 1 }]);
    expect(following(once, 3, agrees).bugs).toEqual([]);
    expect(following(following(once, 3, differs), 4, agrees).bugs).toMatchObject([{ nights: 1 }]);
    expect(following(once, 3).bugs, 'a run that did not try says nothing').toMatchObject([{ nights: 1 }]);
  });

  it('counts a run once, however many jobs it has and however often they are run again', () => {
    const replayed = (agrees: boolean) => ({ replays: [{ fingerprint: FINGERPRINT, agrees }] });
    const twice = following(following(known, 2, replayed(true)), 2, replayed(true));
    expect(twice.bugs).toMatchObject([{ nights: 1 }]);
    expect(following(twice, 3, replayed(true)).bugs).toEqual([]);
    expect(following(twice, 2, replayed(false)).bugs, 'whichever job ends last').toMatchObject([{ nights: 0 }]);
    expect(following(following(known, 2, replayed(false)), 2, replayed(true)).bugs).toMatchObject([{ nights: 0 }]);
    const again = following(following(known, 2, { seen: [seen] }), 2, { seen: [seen] });
    expect(again.bugs).toMatchObject([{ runs: 2, sightings: 9 }]);
    expect(following(following(known, 2), 2, { seen: [seen] }).bugs, 'only the other job saw it').toMatchObject([
      { runs: 2 },
    ]);
  });

  it('takes from a run that is not whole what it saw, and nothing else', () => {
    const once = following(known, 2, { replays: [{ fingerprint: FINGERPRINT, agrees: true }] });
    const other = { ...seen, fingerprint: 'c'.repeat(16), plan: { ...plan, index: plan.index + 1 } };
    const { runs, progress, bugs } = historyAfter(once, { date: '2026-11-03', seen: [other] });
    expect({ runs, progress }).toEqual({ runs: once.runs, progress: once.progress });
    expect(bugs).toEqual([...once.bugs, expect.objectContaining({ fingerprint: other.fingerprint, plan: other.plan })]);
  });

  it('forgets what no run has seen for 90 days', () => {
    const later = (date: string) => following(known, 1, { run: { ...night(1), date } }).bugs;
    expect(later('2027-01-30')).toHaveLength(1);
    expect(later('2027-01-31')).toEqual([]);
  });

  it('stays within its bounds, and keeps the latest', () => {
    let history = NO_HISTORY;
    for (let run = 0; run < MOST_RUNS + 5; run += 1) history = following(history, 1 + (run % 28));
    expect(history.runs).toHaveLength(MOST_RUNS);
    const many = Array.from({ length: MOST_BUGS + 5 }, (_, at) => ({
      ...seen,
      fingerprint: at.toString(16).padStart(16, '0'),
      plan: 'x'.repeat(PLAN_CHARACTERS - 2),
    }));
    const full = following(following(history, 1, { seen: many }), 2, { seen: [seen] });
    expect(full.bugs).toHaveLength(MOST_BUGS);
    expect(full.bugs.at(-1)?.fingerprint).toBe(FINGERPRINT);
    expect(historyText(full).length).toBeLessThan(HISTORY_CHARACTERS);
    expect(parseHistory(historyText(full))?.bugs).toHaveLength(MOST_BUGS);
  });

  it('keeps no plan that is too long', () => {
    const [large] = following(NO_HISTORY, 1, { seen: [{ ...seen, plan: 'x'.repeat(PLAN_CHARACTERS) }] }).bugs;
    expect(large).not.toHaveProperty('plan');
  });
});

describe('how far a seed has come', () => {
  const source = { seed: 'nightly', operations: ['info', 'convert'] };
  const advanced = (history: History, next: number, of = sourceDigest(source)) =>
    following(history, 1, { progress: { of, next } });

  it('is the first iteration that no run has done, and what a run left out comes again', () => {
    expect(nextOf(source, NO_HISTORY)).toBe(0);
    expect(nextAfter(0, new Set([0, 1, 2]))).toBe(3);
    expect(nextAfter(0, new Set([0, 2, 3]))).toBe(1);
    expect(nextAfter(3, new Set([4, 3]))).toBe(5);
    expect(nextOf(source, advanced(NO_HISTORY, 300))).toBe(300);
  });

  it('is that of the same operations, in whatever order', () => {
    const history = advanced(NO_HISTORY, 300);
    expect(nextOf({ ...source, operations: ['convert', 'info'] }, history)).toBe(300);
    expect(nextOf({ ...source, operations: ['info'] }, history)).toBe(0);
    expect(nextOf({ ...source, seed: 'another' }, history)).toBe(0);
  });

  it('is not taken back by a run that began again', () => {
    expect(nextOf(source, advanced(advanced(NO_HISTORY, 300), 100))).toBe(300);
  });

  it('is kept for the latest seeds', () => {
    let history = advanced(NO_HISTORY, 300);
    for (let seed = 1; seed < MOST_SEEDS; seed += 1)
      history = advanced(history, 7, sourceDigest({ ...source, seed: `${seed}` }));
    expect(nextOf(source, history)).toBe(300);
    expect(nextOf(source, advanced(history, 7, sourceDigest({ ...source, seed: 'one more' })))).toBe(0);
    expect(parseHistory(historyText(history))).toEqual(history);
  });
});

describe('a history that this program did not write', () => {
  const written = { version: 1, ...known };
  const WRONG: Readonly<Record<string, unknown>> = {
    'no object': [],
    'another version': { ...written, version: 2 },
    'no version': known,
    'an unknown member': { ...written, extra: 1 },
    'no bugs': { version: 1, runs: [] },
    'too many runs': { ...written, runs: Array.from({ length: MOST_RUNS + 1 }, () => night(1)) },
    'too many bugs': { ...written, bugs: Array.from({ length: MOST_BUGS + 1 }, () => bug) },
    'a short fingerprint': { ...written, bugs: [{ ...bug, fingerprint: 'abc' }] },
    'no such day': { ...written, bugs: [{ ...bug, last: '2026-13-01' }] },
    'a negative count': { ...written, bugs: [{ ...bug, sightings: -1 }] },
    'half a run': { ...written, bugs: [{ ...bug, runs: 1.5 }] },
    'an endless run': { ...written, runs: [{ ...night(1), seconds: 1e99 }] },
    'a word for a number': { ...written, runs: [{ ...night(1), ok: '998' }] },
    'progress of no seed': { ...written, progress: [{ of: 'nightly', next: 3 }] },
    'progress back to front': { ...written, progress: [{ ...progress, next: -1 }] },
    'too much progress': { ...written, progress: Array.from({ length: MOST_SEEDS + 1 }, () => progress) },
    'an issue without a number': { ...written, bugs: [{ ...bug, issue: 0 }] },
    'an id that is no number': { ...written, runs: [{ ...night(1), id: '1; x' }] },
  };

  it.each(Object.entries(WRONG))('counts as none: %s', (_, value) => {
    expect(parseHistory(JSON.stringify(value))).toBeUndefined();
  });

  it.each(['', '{', 'null', '"x"', '\u0000', 'x'.repeat(HISTORY_CHARACTERS + 1)])('counts as none: text %#', (text) => {
    expect(parseHistory(text)).toBeUndefined();
  });

  it.each(Object.entries(HOSTILE))('brings no text to where it is shown: %s', (_, text) => {
    const members = ['fingerprint', 'first', 'last'].map((name) => ({ ...written, bugs: [{ ...bug, [name]: text }] }));
    const runs = ['id', 'date'].map((name) => ({ ...written, runs: [{ ...night(1), [name]: text }] }));
    for (const value of [...members, ...runs]) expect(parseHistory(JSON.stringify(value))).toBeUndefined();
    const inPlan = historyText({ ...NO_HISTORY, bugs: [{ ...bug, plan: { seed: text } }] });
    expect(inPlan).not.toMatch(/(?!\n$)[^\x20-\x7e]|##\[|[<>`@&]/);
    expect(parseHistory(inPlan)?.bugs[0]?.plan).toEqual({ seed: JSON.parse(JSON.stringify(text)) });
  });

  it('has no word on fingerprints that were made in another way', () => {
    expect(parseHistory(JSON.stringify({ ...written, bugs: [{ ...bug, scheme: 2 }] }))?.bugs).toEqual([]);
  });
});
