import { describe, expect, it } from 'vitest';
import { notLessConsistent, sameCheckCounts } from '../../src/oracles/consistency.ts';
import type { Inconclusive } from '../../src/oracles/inconclusive.ts';
import type { Oracle, Question } from '../../src/oracles/observation.ts';
import { readsTwin } from '../../src/oracles/twin.ts';
import type { CommandResult } from '../../src/sandbox/command.ts';
import { benchWith, observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

type Counters = Readonly<Record<string, number>>;

/** A `check` that reports these counters beside that of its errors. */
const report = (counters: Counters, errors = 0, code = 0) =>
  ended(code, JSON.stringify({ 'check-errors': errors, ...counters }));
const CLEAN = report({});
const REFUSED = ended(1, '', 'qemu-img: cannot open');
const UNKNOWN = ended(63, '{"check-errors": 0}', 'this format has no checks');

const file = { path: 'disk.qcow2', format: 'qcow2' };

/** What an oracle says where these are the reports on either side, after a plain `check` that ended with these codes; and which sides it asked. */
async function judged(oracle: Oracle, ours: CommandResult, theirs: CommandResult, ends = [0, 0], about = file) {
  const asked: Question[] = [];
  const bench = benchWith({
    async ask(question) {
      asked.push(question);
      return question.side === 'subject' ? ours : theirs;
    },
  });
  const [subject = 0, reference = 0] = ends;
  const files = { inputs: [about], outputs: [about] };
  const seen = observed({ operation: 'check', ...files, subject: ended(subject), reference: ended(reference), bench });
  const found = await oracle(seen).catch((error: Inconclusive) => error.reason);
  return { found, asked: asked.map(({ side, program }) => `${program} on ${side}`) };
}

const NO_ANSWER = { kind: 'reference_failed', command: 'check' };

describe('what the reference finds in the subject’s file', () => {
  const found = async (ours: CommandResult, theirs: CommandResult) =>
    (await judged(notLessConsistent, ours, theirs)).found;

  it.each([
    ['corruptions', { corruptions: 2 }, { corruptions: 1 }],
    ['leaks', { leaks: 2 }, { leaks: 1 }],
    ['errors', { 'check-errors': 2 }, { 'check-errors': 1 }],
    ['leaks, of which the reference’s has none', { leaks: 1 }, {}],
    ['leaks, where it has fewer corruptions', { corruptions: 1, leaks: 2 }, { corruptions: 2, leaks: 1 }],
  ])('may not be more %s than in its own', async (_, ours, theirs) => {
    const counted = ({ corruptions = 0, leaks = 0, 'check-errors': errors = 0 }: Counters) => ({
      ...{ corruptions, leaks, errors },
    });
    expect(await found(report(ours), report(theirs))).toEqual({
      kind: 'inconsistent',
      type: 'check_check_divergence',
      file: 'disk.qcow2',
      subject: counted(ours),
      reference: counted(theirs),
    });
  });

  it.each([
    ['corruptions', { corruptions: 1 }, { corruptions: 2 }],
    ['leaks', { leaks: 1 }, { leaks: 2 }],
    ['errors', { 'check-errors': 1 }, { 'check-errors': 2 }],
    ['of all that', { corruptions: 1, leaks: 1 }, { corruptions: 1, leaks: 1 }],
  ])('may be as much as in its own, or less: %s', async (_, ours, theirs) => {
    expect(await found(report(ours), report(theirs))).toBeUndefined();
    expect(await found(report(theirs), report(theirs))).toBeUndefined();
  });

  it('is asked of its own only where that is not nothing', async () => {
    const { found: nothing, asked } = await judged(notLessConsistent, CLEAN, REFUSED);
    expect([nothing, asked]).toEqual([undefined, ['reference on subject']]);
    const dirty = await judged(notLessConsistent, report({ leaks: 1 }), report({ leaks: 1 }));
    expect(dirty.asked).toEqual(['reference on subject', 'reference on reference']);
  });

  it('is not asked of a format that it cannot examine', async () => {
    const about = { path: 'disk.vpc', format: 'vpc' };
    const { asked } = await judged(notLessConsistent, report({ leaks: 1 }), CLEAN, [0, 0], about);
    expect(asked).toEqual([]);
  });

  it.each([
    ['it does not know the format', UNKNOWN, 'this format has no checks'],
    ['it refuses', REFUSED, 'qemu-img: cannot open'],
    ['it prints no JSON', ended(0, 'No errors were found'), 'No errors were found'],
    ['its report lacks what all have', ended(0, '{"leaks": 0}'), '{"leaks": 0}'],
  ])('is nothing that can be used where %s, and that is held against the subject', async (_, said, message) => {
    const unreadable = { kind: 'unreadable', type: 'check_check_divergence', file: 'disk.qcow2', message };
    expect(await found(said, CLEAN)).toEqual(unreadable);
    expect(await found(said, said)).toMatchObject(NO_ANSWER);
    expect(await found(report({ leaks: 1 }), said)).toMatchObject(NO_ANSWER);
  });

  it.each([1, 2, 3])('counts in a report that ends with %i too', async (code) => {
    expect(await found(report({ leaks: 2 }, 0, code), report({ leaks: 1 }, 0, code))).toMatchObject({
      kind: 'inconsistent',
    });
  });
});

describe('what both tools count in one file', () => {
  const said = async (ours: CommandResult, theirs: CommandResult, ends = [0, 0]) =>
    (await judged(sameCheckCounts, ours, theirs, ends)).found;
  const OTHER = { kind: 'inconsistent', type: 'check_counts_divergence', file: 'disk.qcow2' };

  it.each([
    ['corruptions', { corruptions: 1 }, { corruptions: 2 }],
    ['leaks', { leaks: 1 }, { leaks: 2 }],
    ['leaks that only one sees', { leaks: 1 }, {}],
  ])('may not differ in either direction: %s', async (_, few, many) => {
    expect(await said(report(few), report(many))).toMatchObject(OTHER);
    expect(await said(report(many), report(few))).toMatchObject(OTHER);
    expect(await said(report(many), report(many))).toBeUndefined();
  });

  it('are zeros also where they are left out', async () => {
    expect(await said(report({ corruptions: 0, leaks: 0 }), CLEAN)).toBeUndefined();
    expect(await said(CLEAN, report({ corruptions: 0, leaks: 0 }))).toBeUndefined();
  });

  it('are errors or none, however many', async () => {
    expect(await said(report({}, 1), report({}, 7))).toBeUndefined();
    expect(await said(report({}, 1), CLEAN)).toMatchObject(OTHER);
    expect(await said(CLEAN, report({}, 1))).toMatchObject(OTHER);
  });

  it.each([
    [0, 3, true],
    [2, 3, true],
    [1, 1, true],
    [1, 0, false],
    [0, 63, false],
  ])('are asked for where both examined the image or ended alike (%i and %i)', async (ours, theirs, isAsked) => {
    const { found, asked } = await judged(sameCheckCounts, report({ leaks: 1 }), CLEAN, [ours, theirs]);
    expect(asked).toEqual(isAsked ? ['reference on reference', 'subject on subject'] : []);
    expect(found === undefined).toBe(!isAsked);
  });

  it('are no JSON of the subject’s, which broke down or not, and none of the reference’s', async () => {
    const unparsable = { kind: 'unparsable', type: 'check_json_parse_failure', start: 'no', member: 'check-errors' };
    expect(await said(ended(0, 'no'), CLEAN)).toMatchObject(unparsable);
    expect(await said(UNKNOWN, CLEAN)).toMatchObject({ kind: 'unparsable', start: 'this format has no checks' });
    expect(await said(ended(101), CLEAN)).toMatchObject({ kind: 'crash' });
    expect(await said(CLEAN, UNKNOWN)).toMatchObject(NO_ANSWER);
    expect(await said(CLEAN, ended(0, 'no'))).toMatchObject(NO_ANSWER);
  });

  it('may not differ in what the reference made either', async () => {
    const twin = async (ours: CommandResult) => (await judged(readsTwin('examine'), ours, CLEAN)).found;
    expect(await twin(report({ leaks: 1 }, 0, 3))).toMatchObject({ ...OTHER, type: 'check_twin_check_divergence' });
    expect(await twin(CLEAN)).toBeUndefined();
  });
});
