import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bugSection } from '../../src/report/bug-section.ts';
import type { BugLine, Report } from '../../src/report/report.ts';
import type { StandingState } from '../../src/report/standing.ts';
import { findingsWith } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { BYTES, bugLineOf, HISTORY, reportOf } from '../support/reports.ts';

const { content } = findingsWith('text');
const { fingerprint } = bugLineOf(1, content);

/** The lines that a bug's section lists. */
function listed(bug: Partial<BugLine>, report: Partial<Report> = {}): string[] {
  const section = bugSection(reportOf(report), bugLineOf(1, content, { origin: 'unknown', jury: [], ...bug }));
  return section.split('\n').filter((line) => line.startsWith('- '));
}

const issue = { number: 7, url: 'https://github.example/o/r/issues/7' };
const standing = (state: StandingState) => ({ standings: new Map([[fingerprint, { fingerprint, state, issue }]]) });
const past = { scheme: 1, fingerprint, first: '2026-11-21', last: '2026-11-22', sightings: 3, nights: 0 };
const knowing = { history: { ...HISTORY, bugs: [{ ...past, runs: 2 }] } };

describe('a bug of the summary', () => {
  it.each([
    ['the baseline', { origin: 'introduced' }, {}, 'introduced here: the baseline does not show it'],
    ['an old baseline', { origin: 'before' }, {}, 'it was there before: the baseline shows it too'],
    ['its issue', {}, standing('known'), `known: it has an issue ([#7](${issue.url}))`],
    [
      'an issue of another branch',
      {},
      standing('elsewhere'),
      `new to the default branch: it has an issue, but no run there has seen it ([#7](${issue.url}))`,
    ],
    ['earlier runs', {}, knowing, 'known to 2 earlier runs, first on 2026-11-21'],
    ['runs that did not meet it', {}, { history: HISTORY }, 'new to the history: not met by the 3 earlier runs in it'],
    ['nothing', {}, {}, 'counts as new: no baseline, issue or earlier run that could be consulted knows it'],
  ] as const)('says whether it is new by %s', (_, bug, report, words) => {
    expect(listed(bug, report)).toContain(`- ${words}`);
    expect(listed(bug, report).filter((line) => /known|new|introduced|before/.test(line))).toHaveLength(1);
  });

  it('says why its smallest case is not known', () => {
    const why = (unfinished: 'time' | 'seldom') =>
      listed({ unfinished }).filter((line) => line.includes('smaller case'));
    expect(why('time')).toEqual([expect.stringContaining('the time to make it small was used up (`shrink-timeout`)')]);
    expect(why('seldom')).toEqual([expect.stringContaining('smaller cases show it only now and then')]);
  });

  it('says of a regression what its issue was, as this run need not have opened it again', () => {
    const words = `a regression: its issue had been closed as completed ([#7](${issue.url}))`;
    expect(listed({}, standing('regression'))).toContain(`- ${words}`);
  });

  it('is new to no history where its issue or the baseline is older', () => {
    expect(listed({}, { ...standing('known'), history: HISTORY }).join()).not.toContain('new to the history');
    expect(listed({ origin: 'before' }, { history: HISTORY }).join()).not.toContain('new to the history');
  });

  it('says which operations showed it, and how often', () => {
    const shownBy = new Map([
      [
        fingerprint,
        [
          { operation: 'convert', times: 8 },
          { operation: 'commit', times: 1 },
        ],
      ],
    ]);
    const [line] = listed({ indices: [3, 4] }, { shownBy }).filter((one) => one.includes('seen in'));
    expect(line).toContain(
      '- seen in 2 of 100 iterations, first in iteration 3, shown by convert 8 times, commit once; type',
    );
  });

  it('says which bytes differ and what they are, where that was read', () => {
    const lines = (bytes: BugLine['bytes']) =>
      listed(bytes ? { bytes } : {}).filter((line) => /data differs|from 0x/.test(line));
    expect(lines(BYTES)).toEqual([
      '- data differs only in bytes 524288 to 1048575 (0x80000 to 0xfffff) of a disk of 1048576 bytes',
      `- from 0x80000 on expected \`${'ab '.repeat(16).trim()}\`, got \`${'00 '.repeat(16).trim()}\``,
    ]);
    const several = {
      ...BYTES,
      ranges: [
        [0, 512],
        [1024, 2048],
      ] as const,
      window: [0, 4096] as const,
      start: 0,
    };
    expect(lines(several)[0]).toBe(
      '- data differs in 2 ranges, the first of them bytes 0 to 511 (0x0 to 0x1ff) of a disk of 1048576 bytes; only bytes 0 to 4095 (0x0 to 0xfff) were compared',
    );
    expect(lines({ ...several, more: true })[0]).toContain('data differs in more than 2 ranges, the first');
    expect(lines({ ...BYTES, expected: '', got: '' })).toHaveLength(1);
    expect(lines(undefined)).toEqual([]);
  });

  it('gives the script and the command that runs it only where that showed it', () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'bugs', fingerprint), { recursive: true });
    writeFileSync(join(directory, 'bugs', fingerprint, 'repro.sh'), 'the script');
    const text = (reproduced: boolean) => bugSection(reportOf({ directory }), bugLineOf(1, content, { reproduced }));
    expect(text(true)).toContain('\n```sh\ndocker run --rm ');
    expect(text(true)).toContain('\n```sh\nthe script\n```');
    expect(text(false)).not.toContain('docker run');
    for (const section of [text(true), text(false)]) {
      expect(section).toContain(`- smallest case: \`bugs/${fingerprint}\` in the report`);
      expect(section).toContain('in the root of a clone of disk-image-differential-fuzz:');
    }
  });

  it('says why it prints no script: that shows nothing by itself, or the record lost it', () => {
    const why = (reproduced: boolean) =>
      /^Its script .*$/m.exec(bugSection(reportOf(), bugLineOf(1, content, { reproduced })))?.[0];
    expect(why(false)).toContain('did not show the difference');
    expect(why(true)).toContain('is missing from the record');
  });
});
