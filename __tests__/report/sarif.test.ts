import { describe, expect, it } from 'vitest';
import { sarifOf } from '../../src/report/sarif.ts';
import { explain } from '../../src/verdict/explain.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import { findingsWith } from '../support/bugs.ts';
import { bugLineOf, lineOfEachKind, reportOf } from '../support/reports.ts';

const OF_KIND = findingsWith('x');
const larger = { ...OF_KIND.size, subject: 2, reference: 1 } as Finding;
const shorter = [{ pointer: '/virtual-size', subject: '1', reference: '2' }];

describe('an alert', () => {
  it('is that of one bug: two of one type in one file are told apart by the only value that code scanning looks at', () => {
    const bugs = [bugLineOf(1, OF_KIND.crash), bugLineOf(2, OF_KIND.crash)];
    const [run] = sarifOf(reportOf({ bugs }), { paths: new Map(), otherwise: 'x' }).runs;
    expect(run?.results?.map(({ ruleId }) => ruleId)).toEqual([OF_KIND.crash.type, OF_KIND.crash.type]);
    const hashes = run?.results?.map(({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash']);
    expect(hashes).toEqual(bugs.map(({ fingerprint }) => `${fingerprint}:1`));
  });
});

describe('a rule', () => {
  it('says once what each kind of bug of its type means', () => {
    const { content, size } = OF_KIND;
    const bugs = [content, size, { ...size, file: 'y' } as Finding].map((finding, at) => bugLineOf(at + 1, finding));
    const [run] = sarifOf(reportOf({ bugs }), { paths: new Map(), otherwise: 'x' }).runs;
    const text = `${explain(content)} Or: ${explain(size)}`;
    expect(run?.tool.driver.rules?.map((rule) => [rule.id, rule.help?.text])).toEqual([['x', text]]);
  });
});

describe('the level of an alert is by the severity of its bug', () => {
  it.each<[string, Finding, 'error' | 'warning']>([
    ['wrong data', OF_KIND.content, 'error'],
    ['a disk that lost its end', OF_KIND.size, 'error'],
    ['a disk that is larger', larger, 'warning'],
    ['a shorter disk by its description', { ...OF_KIND.json, differences: shorter } as Finding, 'error'],
    ['a crash', OF_KIND.crash, 'error'],
    ['damage that the reference finds', OF_KIND.inconsistent, 'error'],
    ['counts of the tools’ own checks', { ...OF_KIND.inconsistent, type: 'check_counts_divergence' }, 'warning'],
    ['a refusal', OF_KIND.exit, 'warning'],
  ])('%s', (_, finding, level) => {
    const [run] = sarifOf(reportOf({ bugs: [bugLineOf(1, finding)] }), { paths: new Map(), otherwise: 'x' }).runs;
    expect(run?.results?.map((result) => result.level)).toEqual([level]);
    expect(run?.tool.driver.rules?.map((rule) => rule.defaultConfiguration?.level)).toEqual([level]);
  });

  it('also where another version of the reference does the same', () => {
    const jury = [{ juror: 'qemu-img version 7.2.0', says: 'subject' }] as const;
    const crash = bugLineOf(1, OF_KIND.crash, { jury });
    const [run] = sarifOf(reportOf({ bugs: [crash] }), { paths: new Map(), otherwise: 'x' }).runs;
    expect(run?.results?.[0]?.level).toBe('warning');
  });
});

it('notes how many findings are no bugs, and why', () => {
  const [run] = sarifOf(reportOf({ unexplained: lineOfEachKind('x').slice(0, 2) }), {
    paths: new Map(),
    otherwise: 'x',
  }).runs;
  const text =
    '2 findings could not be reduced to bugs: the time, or the tries for the symptom, were used up. All stand in findings.jsonl.';
  const notes = run?.invocations?.[0]?.toolExecutionNotifications;
  expect(notes?.map(({ message }) => message)).toEqual([{ text }]);
});
