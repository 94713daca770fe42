import { beforeAll, describe, expect, it } from 'vitest';
import { GAPS } from '../../src/gaps/ledger.ts';
import { type Report, readReport } from '../../src/report/report.ts';
import { severityOfBug } from '../../src/triage/jury.ts';
import { fuzz } from '../support/cli.ts';
import { PLANTED_GAPS, subjectWithGaps } from '../support/gaps.ts';

const tried = GAPS.filter(({ handling }) => handling.kind === 'avoid' && handling.shows).map(({ id }) => id);
const halves = [0, 1].map((half) => tried.filter((_, at) => at % 2 === half));

/** One night with a subject of which these gaps are otherwise. */
async function night(seed: string, gaps: readonly string[], mode: 'lifted' | 'worse'): Promise<Report> {
  const instar = subjectWithGaps(Object.fromEntries(gaps.map((gap) => [gap, mode])));
  const subject = ['--instar', instar, '--operations', 'all'];
  const words = [...subject, '--seed', seed, '--canaries', 'always', '--iterations', '20', '--shrink', 'false'];
  return readReport((await fuzz(...words)).directory);
}

const saying = (report: Report, word: string) =>
  report.canaries.filter(({ says }) => says === word).map(({ gap }) => gap);

describe('the stand-in subject', () => {
  it('has every gap that canaries try, at least fifteen of them', () => {
    expect([...PLANTED_GAPS].toSorted()).toEqual([...tried].toSorted());
    expect(tried.length).toBeGreaterThanOrEqual(15);
  });
});

describe('two thousand iterations of a subject with all gaps as documented', () => {
  let report: Report;
  beforeAll(async () => {
    const subject = ['--instar', subjectWithGaps({}), '--operations', 'all'];
    const words = [...subject, '--seed', 'gaps', '--canaries', 'always', '--iterations', '2000'];
    report = readReport((await fuzz(...words)).directory);
  }, 7_200_000);

  it('show no difference', () => {
    expect([report.counts.divergent, report.bugs]).toEqual([0, []]);
  });

  it('have every canary say so', () => {
    expect(saying(report, 'as documented').toSorted()).toEqual(tried.toSorted());
  });
});

describe.each(halves.map((gaps, half) => ({ half, gaps })))('half $half of the gaps', ({ half, gaps }) => {
  const others = tried.filter((gap) => !gaps.includes(gap));

  it('is told to be lifted in one night where it is, and no other is', async () => {
    const report = await night(`lifted-${half}`, gaps, 'lifted');
    expect(saying(report, 'lifted').toSorted()).toEqual(gaps.toSorted());
    expect(saying(report, 'as documented').toSorted()).toEqual(others.toSorted());
  });

  it('is told to be worse in one night where it is, by bugs, and no other is', async () => {
    const report = await night(`worse-${half}`, gaps, 'worse');
    expect(saying(report, 'changed').toSorted()).toEqual(gaps.toSorted());
    expect(saying(report, 'as documented').toSorted()).toEqual(others.toSorted());
    const severities = report.carried.map((bug) => severityOfBug(bug));
    expect(severities).not.toEqual([]);
    for (const severity of severities) expect(['crash', 'data-loss']).toContain(severity);
  });
});
