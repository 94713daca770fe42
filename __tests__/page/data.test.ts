import { describe, expect, it } from 'vitest';
import { pageDataOf } from '../../src/report/page/data.ts';
import type { ScriptOf } from '../../src/report/page/finding.ts';
import { pageWith } from '../../src/report/page/page.ts';
import type { Report } from '../../src/report/report.ts';
import { findingsWith } from '../support/bugs.ts';
import { HOSTILE } from '../support/hostile.ts';
import { BYTES, bugLineOf, COVERAGE, HISTORY, lineOfEachKind, reportOf } from '../support/reports.ts';

const SCRIPT = '#!/bin/sh\n"$QEMU_IMG" create -f qcow2 a.qcow2 1M\n';
const dataOf = (changes: Partial<Report> = {}, scriptOf: ScriptOf = () => SCRIPT) =>
  pageDataOf(reportOf({ coverage: COVERAGE, ...changes }), scriptOf);

const { content, json, exit, crash } = findingsWith('text');

describe('the findings of the page', () => {
  it('are the worst first, whether bugs or not, and at the end what did not come back', () => {
    const [flaky] = lineOfEachKind('x', 50);
    const data = dataOf({
      bugs: [bugLineOf(1, content), bugLineOf(2, exit)],
      unexplained: lineOfEachKind('x').filter(({ finding }) => ['json', 'crash'].includes(finding.kind)),
      flaky: flaky ? [flaky] : [],
    });
    expect(data.findings.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual([
      'bug data-loss',
      'finding crash',
      'bug refusal',
      'finding metadata',
      'flaky refusal',
    ]);
  });

  it('tell what each side did, member by member, and the bytes where they are known', () => {
    const { findings } = dataOf({ bugs: [bugLineOf(1, content, { bytes: BYTES }), bugLineOf(2, json)] });
    expect(findings[1]?.details?.rows).toEqual([{ name: '/text', reference: 'text', subject: 'text' }]);
    expect(findings[0]?.details?.bytes).toEqual(BYTES);
    expect(findings[1]?.details?.jury).toEqual([{ juror: 'qemu-img version 7.2.0', says: 'like the reference' }]);
  });

  it('stand as their issues do, and where nobody asked those, as earlier runs know them', () => {
    const standings = new Map([[bugLineOf(1, exit).fingerprint, standing('regression')]]);
    const bugs = [bugLineOf(2, crash), bugLineOf(1, exit)];
    expect(dataOf({ bugs, standings, history: HISTORY }).findings.map((finding) => finding.standing)).toEqual([
      'new',
      'regression',
    ]);
    expect(dataOf({ bugs }).findings.map((finding) => finding.standing)).toEqual(['', '']);
  });

  it('link to an issue by an address of the web and by no other', () => {
    const linked = (url: string) => {
      const standings = new Map([
        [bugLineOf(1, exit).fingerprint, { ...standing('known'), issue: { number: 3, url } }],
      ]);
      return dataOf({ bugs: [bugLineOf(1, exit)], standings }).findings[0]?.details?.issue;
    };
    expect(linked('https://github.example/o/r/issues/3')).toMatchObject({ number: 3 });
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'https://x y', ''])
      expect(linked(url)).toBeUndefined();
  });

  it('have no script where it did not show the difference, where it is lost and where it is too long, and say so', () => {
    const scriptOf = (script: string | undefined, reproduced = true) =>
      dataOf({ bugs: [bugLineOf(1, exit, { reproduced })] }, () => script).findings[0]?.details;
    expect(scriptOf(SCRIPT)).toMatchObject({ script: SCRIPT, scriptNote: '' });
    for (const details of [scriptOf(SCRIPT, false), scriptOf(undefined), scriptOf('x'.repeat(20_000))]) {
      expect(details?.script).toBeUndefined();
      expect(details?.scriptNote).not.toBe('');
    }
    expect(scriptOf('echo \u202e')?.scriptNote).toContain('escapes');
  });
});

describe('the trend of the page', () => {
  it('counts the bugs of this run as the history counts those of others: without what was only carried on', () => {
    const { runs } = dataOf({ history: HISTORY, bugs: [bugLineOf(1, exit)], carried: [bugLineOf(2, crash)] });
    expect(runs.map(({ bugs }) => bugs)).toEqual([0, 1, 2, 1]);
  });
});

function standing(state: 'regression' | 'known') {
  return { fingerprint: bugLineOf(1, exit).fingerprint, state };
}

describe('the coverage of the page', () => {
  it('tells every pair by two places in one list, in which an option has its values together', () => {
    const [convert] = dataOf().coverage;
    expect(convert?.values.map(({ option, value }) => `${option} ${value}`)).toEqual([
      'format raw',
      'format qcow2',
      'size whole MiB',
      'size odd',
    ]);
    expect(convert?.pairs).toEqual([
      [0, 2, 2],
      [0, 3, 1],
      [1, 2, 0],
      [1, 3, 0],
    ]);
  });

  it('of another job may hold anything, and is bounded', () => {
    const values = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`${at}=${'v'.repeat(500)}`, at]));
    const hostile = { values, pairs: values, neverValues: [], neverPairs: [] };
    const data = dataOf({ coverage: { convert: hostile, info: COVERAGE['convert'] ?? hostile } });
    expect(data.coverage.map(({ operation }) => operation)).toEqual(['info']);
  });
});

describe('the trend', () => {
  it('ends with this run, and is not there where no earlier one is known', () => {
    expect(dataOf({ history: HISTORY }).runs.map(({ date }) => date)).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-23',
      '2026-11-24',
    ]);
    expect(dataOf().runs).toEqual([]);
  });
});

describe('what is hostile', () => {
  it.each(Object.entries(HOSTILE))(
    '%s leaves nothing that could steer or hide, and the page holds it as ASCII',
    (_, text) => {
      const run = { ...reportOf().run, instar: text, subjectVersion: text, error: text, juryVersions: [text] };
      const bugs = Object.values(findingsWith(text)).map((finding, at) =>
        bugLineOf(at, finding, { traits: [text], jury: [{ juror: text, says: 'subject' }] }),
      );
      const reasons = [{ reason: text, times: 1 }];
      const data = dataOf({ run, bugs, unexplained: lineOfEachKind(text), reasons }, () => text);
      const texts: string[] = [];
      JSON.stringify(data, (_key, value) => (typeof value === 'string' ? texts.push(value) && value : value));
      for (const one of texts) expect(one).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|##\[/u);
      const [, json = ''] = pageWith(data).match(/<script type="application\/json" id="data">(.*?)<\/script>/s) ?? [];
      expect(json).toMatch(/^[\n\x20-\x7e]*$/);
      expect(json).not.toMatch(/[<>&]/);
      expect(JSON.parse(json)).toEqual(data);
    },
  );
});

describe('the size', () => {
  it('stays below 2 MB whatever is in the record, and says what was left out', () => {
    const long = '\u00e9<'.repeat(20_000);
    const bugs = Array.from({ length: 1500 }, (_, at) =>
      bugLineOf(at, findingsWith(long).json, { bytes: BYTES, traits: Array.from({ length: 100 }, () => long) }),
    );
    const reasons = Array.from({ length: 100 }, () => ({ reason: long, times: 1 }));
    const data = dataOf({ bugs, reasons }, () => long);
    expect(pageWith(data).length).toBeLessThan(2_000_000);
    expect(data.findings.length + data.left).toBe(1500);
    expect(data.findings[0]?.details).toBeDefined();
    expect(data.findings.at(-1)?.details).toBeUndefined();
  });
});
