import { describe, expect, it } from 'vitest';
import { headlineOf, isMostlyUnknown } from '../../src/report/headline.ts';
import type { Report } from '../../src/report/report.ts';
import { findingsWith } from '../support/bugs.ts';
import { bugLineOf, lineOfEachKind, reportOf } from '../support/reports.ts';

describe('the headline', () => {
  it.each<[string, Partial<Report>, string]>([
    ['ok', {}, 'No divergence'],
    ['inconclusive', { run: { ...reportOf().run, state: 'interrupted' } }, 'Stopped early: no divergence so far'],
    [
      'inconclusive',
      { counts: { ok: 1, divergent: 0, inconclusive: 99 } },
      'No divergence, but 99 of 100 iterations could not be judged',
    ],
    [
      'divergent',
      { carried: [bugLineOf(1, findingsWith('x').content)] },
      'No iteration diverged, but trying known bugs and gaps again showed 1 bug',
    ],
    ['error', { verdict: 'error' }, 'The run did not finish'],
    ['inconclusive', { verdict: 'inconclusive' }, 'Nothing could be judged'],
    [
      'divergent',
      {
        verdict: 'divergent',
        bugs: [bugLineOf(1, findingsWith('x').content)],
        unexplained: lineOfEachKind('x').slice(0, 2),
      },
      'The subject diverges from the reference: 1 bug, 2 findings not reduced to bugs',
    ],
  ])('is %s for %j', (tone, changes, words) => {
    expect(headlineOf(reportOf(changes))).toEqual({ tone, words });
  });
});

describe('a run of which too little is known', () => {
  it('is one with more than a tenth inconclusive', () => {
    expect(isMostlyUnknown(reportOf({ counts: { ok: 90, divergent: 0, inconclusive: 10 } }))).toBe(false);
    expect(isMostlyUnknown(reportOf({ counts: { ok: 89, divergent: 0, inconclusive: 11 } }))).toBe(true);
  });
});
