import { describe, expect, it } from 'vitest';
import type { Preparation, Script } from '../../src/operations/operation.ts';
import { noCrash } from '../../src/oracles/ending.ts';
import type { CommandResult } from '../../src/sandbox/command.ts';
import type { Judgement } from '../../src/verdict/finding.ts';
import { findingsWith } from '../support/bugs.ts';
import { ABORTED, DONE, ended, GONE, KILLED, NO_ROOM, REFUSED, scriptOf, stepWith } from '../support/staged.ts';

const ours = (word: string, result: CommandResult) => ({ [`subject/step1: instar ${word}`]: result });
const theirs = (word: string, result: CommandResult) => ({ [`reference/step1: qemu-img ${word}`]: result });
const inconclusive = (reason: object) => ({ kind: 'inconclusive', reason });
const divergent = (judgement: object) => ({ kind: 'divergent', finding: { ...judgement, operation: 'x', step: 1 } });
const refusal = { kind: 'exit', type: 'exit_code_divergence', subject: REFUSED.exit, reference: DONE.exit };

describe('a step', () => {
  it('is ok where both sides do it, or both refuse it', async () => {
    expect((await stepWith({}, scriptOf('do'))).outcome).toEqual({ kind: 'ok' });
    const both = { ...ours('do', REFUSED), ...theirs('do', REFUSED) };
    expect((await stepWith(both, scriptOf('do'))).outcome).toEqual({ kind: 'ok' });
  });

  it('that only the subject refuses is a finding, also where it says that there is no room', async () => {
    const refused = await stepWith(ours('do', REFUSED), scriptOf('do'));
    expect(refused.outcome).toEqual(divergent({ ...refusal, message: 'no' }));
    const { outcome } = await stepWith(ours('do', NO_ROOM), scriptOf('do'));
    expect(outcome).toEqual(divergent({ ...refusal, message: NO_ROOM.stderr.text }));
  });

  it.each([
    ['the subject is killed', ours('do', KILLED), { kind: 'killed', side: 'subject', command: 'subject do' }],
    ['the reference is killed', theirs('do', KILLED), { kind: 'killed', side: 'reference', command: 'reference do' }],
    ['the subject is gone', ours('do', GONE), { kind: 'not_started', message: GONE.stderr.text }],
    ['the reference finds no room', theirs('do', NO_ROOM), { kind: 'scratch_full', freeBytes: 0 }],
  ])('is inconclusive where %s', async (_, answers, reason) => {
    expect((await stepWith(answers, scriptOf('do'))).outcome).toEqual(inconclusive(reason));
  });

  it.each(['processes', 'memory'] as const)('in which the limit of %s was reached has no finding', async (limit) => {
    const { outcome } = await stepWith(ours('do', REFUSED), scriptOf('do'), { reached: { [limit]: 1 } });
    expect(outcome).toEqual(inconclusive({ kind: 'limit_reached', limit }));
    expect((await stepWith({}, scriptOf('do'), { reached: { [limit]: 1 } })).outcome).toEqual({ kind: 'ok' });
  });
});

describe('a preparation of each side’s own file', () => {
  const prepare: readonly Preparation[] = [{ kind: 'each', program: 'qemu-io', args: ['-c', 'write', 'a.img'] }];
  const prepared = scriptOf('do', { prepare });
  const on = (side: string, result: CommandResult) => ({ [`${side}/step1: qemu-io -c write a.img`]: result });

  it('that fails on the subject’s side only is about what the subject made', async () => {
    const { outcome, asked } = await stepWith(on('subject', REFUSED), prepared);
    expect(outcome).toEqual(
      divergent({ kind: 'unreadable', type: 'fixture_divergence', file: 'a.img', message: 'no' }),
    );
    expect(asked).toEqual(['reference', 'subject'].map((side) => `${side}/step1: qemu-io -c write a.img`));
  });

  it.each([
    ['on both sides', { ...on('subject', REFUSED), ...on('reference', REFUSED) }],
    ['on the reference’s side only', on('reference', REFUSED)],
  ])('that fails %s leaves nothing to judge', async (_, answers) => {
    const reason = { kind: 'fixture_failed', command: 'qemu-io -c', message: 'no' };
    expect((await stepWith(answers, prepared)).outcome).toEqual(inconclusive(reason));
  });

  it.each([
    ['is killed', KILLED, { kind: 'killed', side: 'subject', command: 'qemu-io -c' }],
    ['finds no room', NO_ROOM, { kind: 'scratch_full', freeBytes: 0 }],
  ])('that %s on the subject’s side says nothing of it', async (_, result, reason) => {
    expect((await stepWith(on('subject', result), prepared)).outcome).toEqual(inconclusive(reason));
  });

  it('is followed by the step where it succeeds on both', async () => {
    const { outcome, asked } = await stepWith({}, prepared);
    expect(outcome).toEqual({ kind: 'ok' });
    expect(asked.slice(2)).toEqual(['reference/step1: qemu-img do', 'subject/step1: instar do']);
  });
});

describe('a request with a mistake in it', () => {
  const mistakenly = (...scripts: Script[]) => {
    const mistaken = scripts.map((script, at) => ({ mistake: `mistake ${at + 1}`, script }));
    return scriptOf('do', { mistaken });
  };
  const calls = (asked: readonly string[]) => asked.map((line) => line.split(' ').slice(1).join(' '));
  const both = (word: string) => [`qemu-img ${word}`, `instar ${word}`];

  it('that both refuse is followed by the next one, and then by the step', async () => {
    const refused = Object.assign(
      {},
      ...['one', 'two'].flatMap((word) => [ours(word, REFUSED), theirs(word, REFUSED)]),
    );
    const { outcome, asked } = await stepWith(refused, mistakenly(scriptOf('one'), scriptOf('two')));
    expect([outcome, calls(asked)]).toEqual([{ kind: 'ok' }, [...both('one'), ...both('two'), ...both('do')]]);
  });

  it('that both accept ends the step, of whose files nobody knows any more what they are', async () => {
    const { outcome, asked } = await stepWith(ours('do', REFUSED), mistakenly(scriptOf('one'), scriptOf('two')));
    expect([outcome, calls(asked)]).toEqual([{ kind: 'ok' }, both('one')]);
  });

  it('that both accept on a copy is followed by the next one, and then by the step', async () => {
    const spoilt = mistakenly(scriptOf('one', { spoilsCopy: true }), scriptOf('two', { spoilsCopy: true }));
    const { outcome, asked } = await stepWith(ours('do', REFUSED), spoilt);
    expect(outcome).toEqual(divergent({ ...refusal, message: 'no' }));
    expect(calls(asked)).toEqual([...both('one'), ...both('two'), ...both('do')]);
  });

  it('that one side accepts is a finding that names the mistake', async () => {
    const { outcome, asked } = await stepWith(theirs('one', REFUSED), mistakenly(scriptOf('one')));
    const accepted = { ...refusal, subject: DONE.exit, reference: REFUSED.exit, message: 'no' };
    expect(outcome).toEqual(divergent({ ...accepted, mistake: 'mistake 1' }));
    expect(calls(asked)).toEqual(both('one'));
  });

  it('that cannot be prepared on the subject’s side is not what showed that', async () => {
    const prepare: readonly Preparation[] = [{ kind: 'each', program: 'cp', args: ['a.img', 'b.img'] }];
    const answers = { 'subject/step1: cp --remove-destination a.img b.img': REFUSED };
    const { outcome } = await stepWith(answers, mistakenly(scriptOf('one', { prepare })));
    expect(outcome).toEqual(
      divergent({ kind: 'unreadable', type: 'fixture_divergence', file: 'b.img', message: 'no' }),
    );
  });
});

describe('a reference that crashes', () => {
  const crashed = theirs('do', ABORTED);
  const said = (judgement: Judgement) => [async () => judgement];
  const nobody = inconclusive({ kind: 'reference_crashed', command: 'x', message: 'Assertion failed' });
  const findings = Object.entries(findingsWith('some words'));

  it.each(findings.filter(([kind]) => kind !== 'crash'))('is no measure for a finding of %s', async (_, finding) => {
    expect((await stepWith(crashed, scriptOf('do', { oracles: said(finding) }))).outcome).toEqual(nobody);
  });

  it('is none for a subject that succeeds, nor for one that refuses', async () => {
    expect((await stepWith(crashed, scriptOf('do'))).outcome).toEqual(nobody);
    expect((await stepWith({ ...crashed, ...ours('do', REFUSED) }, scriptOf('do'))).outcome).toEqual(nobody);
  });

  it('excuses no subject that crashes too, nor what that does to its files', async () => {
    const both = { ...crashed, ...ours('do', ended({ kind: 'exited', code: 101 }, 'it panicked')) };
    const crash = { kind: 'crash', type: 'crash_divergence', subject: { kind: 'exited', code: 101 } };
    expect((await stepWith(both, scriptOf('do'))).outcome).toEqual(divergent({ ...crash, message: 'it panicked' }));
    const { 'input-modified': changed } = findingsWith('a.img');
    const { outcome } = await stepWith(both, scriptOf('do', { oracles: [noCrash, ...said(changed)] }));
    expect(outcome).toMatchObject({ kind: 'divergent', finding: { kind: 'input-modified', file: 'a.img' } });
  });

  it('excuses no subject that crashes at a question of its own', async () => {
    const { crash } = findingsWith('some words');
    expect((await stepWith(crashed, scriptOf('do', { oracles: said(crash) }))).outcome).toEqual(divergent(crash));
  });

  it('is none either where it makes an image for the step', async () => {
    const makes = { path: 'a.img', format: 'raw' };
    const prepare: readonly Preparation[] = [{ kind: 'own', args: ['create', 'a.img'], makes, readbacks: [] }];
    const { outcome, asked } = await stepWith(theirs('create a.img', ABORTED), scriptOf('do', { prepare }));
    expect(outcome).toEqual(
      inconclusive({ kind: 'reference_crashed', command: 'create', message: 'Assertion failed' }),
    );
    expect(asked).toHaveLength(2);
  });
});
