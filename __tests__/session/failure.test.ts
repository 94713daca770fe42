import { describe, expect, it } from 'vitest';
import { NO_HISTORY } from '../../src/history/history.ts';
import { failOn } from '../../src/inputs/fail-on.ts';
import type { BugLine, Report } from '../../src/report/report.ts';
import { failureOf, isMeant, isMeantAlone } from '../../src/session/failure.ts';
import type { Vote } from '../../src/triage/jury.ts';
import { findingsWith } from '../support/bugs.ts';

const OF_KIND = findingsWith('x');
const like = (says: Vote['says']): Vote => ({ juror: 'qemu-img version 7.2', says });

function bug(kind: keyof typeof OF_KIND, changes: Partial<BugLine> = {}): BugLine {
  const base = { kind: 'bug', folder: '', traits: [], reproduced: true, origin: 'unknown', indices: [1] } as const;
  return { ...base, fingerprint: 'a'.repeat(16), finding: OF_KIND[kind], jury: [], ...changes };
}

function report(bugs: readonly BugLine[], changes: Partial<Report> = {}): Report {
  const counts = { ok: 1, divergent: 3, inconclusive: 0 };
  return {
    bugs,
    counts,
    carried: [],
    unexplained: [],
    standings: new Map(),
    history: NO_HISTORY,
    ...changes,
  } as unknown as Report;
}

function judged(text: string, of: Report, proposed = false) {
  const checked = failOn(text);
  if (!checked.ok) throw new Error(checked.problem);
  return failureOf(of, checked.value, proposed)?.kind;
}

const depends = bug('json', { jury: [like('reference'), like('subject')] });
const unexplained = [{ finding: OF_KIND.crash }] as unknown as Report['unexplained'];
const fingerprint = 'a'.repeat(16);
const known = { standings: new Map([[fingerprint, { fingerprint, state: 'known' as const }]]) };

const onlyElsewhere = { standings: new Map([[fingerprint, { fingerprint, state: 'elsewhere' as const }]]) };

describe('fail-on', () => {
  it('divergence is red for any finding, on a pull request not for what depends on the version alone', () => {
    expect(judged('divergence', report([bug('json')]))).toBe('failed');
    expect(judged('divergence', report([depends]))).toBe('failed');
    expect(judged('divergence', report([depends]), true)).toBeUndefined();
    expect(judged('divergence', report([depends, bug('json')]), true)).toBe('failed');
    expect(judged('divergence', report([depends], { unexplained }), true)).toBe('failed');
    expect(judged('divergence', report([], { unexplained }), true)).toBe('failed');
  });

  it('is red for what trying known bugs and gaps showed, but not on a pull request', () => {
    const none = { counts: { ok: 3, divergent: 0, inconclusive: 0 } };
    const worse = report([], { ...none, carried: [bug('content', { indices: [] })] });
    expect(judged('divergence', worse)).toBe('failed');
    expect(judged('data-loss', worse)).toBe('failed');
    expect(judged('new', worse)).toBe('failed');
    expect(judged('crash', worse)).toBeUndefined();
    for (const words of ['divergence', 'data-loss', 'new']) expect(judged(words, worse, true)).toBeUndefined();
    expect(judged('divergence', report([], none))).toBeUndefined();
  });

  it('never is never red', () => {
    expect(judged('never', report([bug('content')]))).toBeUndefined();
  });

  it('a severity is red for that alone, also in findings that there was no time for', () => {
    expect(judged('data-loss, crash', report([bug('content')]))).toBe('failed');
    expect(judged('data-loss, crash', report([bug('json'), depends]))).toBeUndefined();
    expect(judged('crash', report([bug('json')], { unexplained }))).toBe('failed');
    expect(judged('data-loss', report([bug('json')], { unexplained }))).toBeUndefined();
    expect(judged('version-dependent', report([depends]))).toBe('failed');
  });

  it('new is red for what nobody knew, with a severity for those of it that are new', () => {
    expect(judged('new', report([bug('json')]))).toBe('failed');
    expect(judged('new', report([bug('json')], known))).toBeUndefined();
    expect(judged('new,data-loss', report([bug('json')]))).toBeUndefined();
    expect(judged('new,data-loss', report([bug('content')]))).toBe('failed');
    expect(judged('new,data-loss', report([bug('content')], known))).toBeUndefined();
    expect(judged('new', report([bug('json')], onlyElsewhere))).toBe('failed');
    expect(judged('new', report([bug('json')], { ...known, unexplained }))).toBe('unsure');
    expect(judged('new', report([bug('json', { unfinished: 'time' })]))).toBe('unsure');
    expect(judged('new', report([bug('json', { unfinished: 'time' })], known))).toBeUndefined();
    expect(judged('new', report([bug('json', { unfinished: 'time', origin: 'introduced' })]))).toBe('failed');
    expect(judged('metadata', report([bug('json', { unfinished: 'time' })]))).toBe('failed');
  });

  it('new says why it is not known whether a bug is', () => {
    const words = (...bugs: BugLine[]) =>
      failureOf(report(bugs), { kind: 'bugs', onlyNew: true, severities: [] }, false);
    const [time, seldom] = [bug('json', { unfinished: 'time' }), bug('json', { unfinished: 'seldom' })];
    expect(words(time, time)?.words).toMatch(/^Shrinking 2 bugs took longer than shrink-timeout, /);
    expect(words(seldom)).toEqual({
      kind: 'unsure',
      words: 'Smaller cases of 1 bug show the difference only now and then, so it is not known whether it is new.',
    });
  });

  it.each([
    ['divergence', '3 iterations diverged.'],
    ['new', '1 bug matched fail-on (new): aaaaaaaaaaaaaaaa.'],
    ['new, data-loss, crash', '1 bug matched fail-on (new and data-loss or crash): aaaaaaaaaaaaaaaa.'],
    ['data-loss', '1 bug matched fail-on (data-loss): aaaaaaaaaaaaaaaa.'],
  ])('%s says what was red, and by what', (text, words) => {
    const checked = failOn(text);
    if (!checked.ok) throw new Error(checked.problem);
    expect(failureOf(report([bug('content')]), checked.value, false)).toEqual({ kind: 'failed', words });
  });

  it('means a bug, or tells it beside what is meant', () => {
    const [before, introduced] = [bug('json', { origin: 'before' }), bug('json', { origin: 'introduced' })];
    const both = report([before, introduced]);
    const meant = (text: string) => {
      const checked = failOn(text);
      if (!checked.ok) throw new Error(checked.problem);
      return both.bugs.map((one) => isMeant(one, both, checked.value));
    };
    expect(meant('new')).toEqual([false, true]);
    expect(meant('metadata')).toEqual([true, true]);
    expect(meant('data-loss')).toEqual([false, false]);
    expect(meant('divergence')).toEqual([true, true]);
    expect(meant('never')).toEqual([false, false]);
  });

  it('means a finding that is no bug by its severity, but never as new', () => {
    const [one] = unexplained;
    const meant = (text: string) => {
      const checked = failOn(text);
      if (!checked.ok || one === undefined) throw new Error(text);
      return isMeantAlone(one, checked.value);
    };
    expect(['divergence', 'crash', 'data-loss', 'new', 'new, crash', 'never'].map(meant)).toEqual([
      ...[true, true, false],
      ...[false, false, false],
    ]);
  });

  it('counts one finding as one', () => {
    const words = '1 finding could not be reduced to bugs: the time, or the tries for the symptom, were used up.';
    expect(failureOf(report([], { unexplained }), { kind: 'bugs', onlyNew: true, severities: [] }, false)).toEqual({
      kind: 'unsure',
      words,
    });
  });

  it.each([
    ['', '"" is not one of divergence, never, new, data-loss,'],
    ['always', '"always" is not one of'],
    ['new,', '"" is not one of'],
    ['new,new', '"new" is listed twice.'],
    ['divergence,new', 'names more than divergence, which stands alone.'],
    ['crash,never', 'divergence and never stand alone.'],
    ['Data-Loss', '"Data-Loss" is not one of'],
  ])('%j is refused', (text, words) => {
    expect(failOn(text)).toEqual({ ok: false, problem: expect.stringContaining(words) });
  });
});
