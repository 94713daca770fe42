import { describe, expect, it } from 'vitest';
import { bugLine, findingLine } from '../../src/report/one-line.ts';
import { allBugs } from '../../src/report/report.ts';
import { summaryOf } from '../../src/report/summary.ts';
import { HOSTILE } from '../support/hostile.ts';
import { reportWith } from '../support/hostile-report.ts';
import { treeOf } from '../support/markdown.ts';
import { isCommand } from '../support/runner.ts';

const harmless = treeOf(summaryOf(reportWith('word')));

describe('the summary of a run with hostile texts', () => {
  it.each(Object.entries(HOSTILE))('is that of a harmless one around its code: %s', (_, text) => {
    const summary = summaryOf(reportWith(text));
    expect(summary).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|##\[/u);
    expect(treeOf(summary)).toEqual(harmless);
  });
});

describe('a line of the log', () => {
  it.each(Object.entries(HOSTILE))('about a hostile subject holds no command and nothing invisible: %s', (_, text) => {
    const report = reportWith(text);
    const lines = [...allBugs(report).map(bugLine), ...report.unexplained.map(findingLine)];
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      expect(isCommand(line)).toBe(false);
      expect(line).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u);
    }
  });
});
