import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Report, readReport } from '../../src/report/report.ts';
import { severityOfBug } from '../../src/triage/jury.ts';
import { fuzz } from '../support/cli.ts';
import { subjectWithGaps } from '../support/gaps.ts';

describe('canaries', () => {
  let report: Report;
  let code: number | null;
  beforeAll(async () => {
    const instar = subjectWithGaps({ 'rebase-compressed-member': 'lifted', 'commit-large-cluster': 'worse' });
    const subject = ['--instar', instar, '--seed', 'canary', '--shrink-timeout', '60'];
    const run = await fuzz(
      ...subject,
      '--canaries',
      'always',
      '--iterations',
      '2',
      '--operations',
      'commit,rebase,resize',
    );
    code = run.code;
    report = readReport(run.directory);
  });
  const lineOf = (gap: string) => report.canaries.find((line) => line.gap === gap);

  it('find a gap as it is documented', () => {
    expect(lineOf('resize-large-cluster')).toMatchObject({ says: 'as documented', documented: 5, agreed: 0, other: 0 });
  });

  it('find a gap that has closed, and say how to open it', () => {
    expect(lineOf('rebase-compressed-member')).toMatchObject({ says: 'lifted', agreed: 5, documented: 0, other: 0 });
    const summary = readFileSync(join(report.directory, 'summary.md'), 'utf8');
    expect(summary).toContain('`rebase-compressed-member` shows no difference any more, in 5 of 5 tries.');
    expect(summary).toContain('`- { id: rebase-compressed-member, state: lifted }`');
  });

  it('find a gap that became worse, which is a bug', () => {
    expect(lineOf('commit-large-cluster')).toMatchObject({ says: 'changed', other: 5 });
    const told = report.carried.map((bug) => `${bug.finding.operation}: ${severityOfBug(bug)}`);
    expect(new Set(told)).toEqual(new Set(['commit: crash']));
    const kept = readdirSync(join(report.directory, 'canaries', 'commit-large-cluster'));
    expect(kept).toHaveLength(5);
    expect(readdirSync(join(report.directory, 'canaries'))).toEqual(['commit-large-cluster']);
  });

  it('find every other gap of these operations as it is documented', () => {
    const others = report.canaries.filter(({ says }) => says !== 'as documented').map(({ gap }) => gap);
    expect(others.toSorted()).toEqual(['commit-large-cluster', 'rebase-compressed-member']);
    expect(report.canaries.length).toBeGreaterThan(12);
  });

  it('leave the verdict to what the iterations show, and fail the run for what became worse', () => {
    expect([report.verdict, code]).toEqual(['ok', 1]);
  });
});
