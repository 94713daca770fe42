import { describe, expect, it } from 'vitest';
import { Inconclusive } from '../../src/oracles/inconclusive.ts';
import type { Command, CommandResult, Program } from '../../src/sandbox/command.ts';
import type { Purpose } from '../../src/sandbox/transcript.ts';
import type { Side } from '../../src/verdict/finding.ts';
import { ABORTED, DONE, ended, GONE, KILLED, LATE, NO_ROOM, REFUSED, stageOver } from '../support/staged.ts';

const CALLED = { subject: 'instar', reference: 'qemu-img', cp: 'cp --remove-destination' } as Readonly<
  Partial<Record<Program, string>>
>;

/** What becomes of a command of this program that ends so, on this side: its result, or the reason why nothing can be judged. */
async function judged(program: Program, side: Side, result: CommandResult) {
  const { stage } = stageOver({ [`${side}/step1: ${CALLED[program] ?? program} convert a b`]: result });
  const command: Command = { program, side, args: ['convert', 'a', 'b'], directory: `${side}/step1` };
  const outcome = await stage.perform(1, 'test', command).catch(reasonOf);
  expect(stage.transcript.map(({ exit }) => exit)).toEqual([result.exit]);
  return outcome;
}

function reasonOf(error: unknown) {
  if (error instanceof Inconclusive) return error.reason;
  throw error;
}

const OWN = [
  ['subject', 'subject'],
  ['reference', 'reference'],
] as const;
const TOOLS = [
  ['reference', 'reference'],
  ['qemu-io', 'reference'],
  ['qemu-io', 'subject'],
  ['cp', 'subject'],
] as const;

describe('a command', () => {
  it.each([...OWN, ...TOOLS])('of %s that is killed on the side of the %s says nothing', async (program, side) => {
    expect(await judged(program, side, KILLED)).toEqual({ kind: 'killed', side, command: `${program} convert` });
  });

  it.each(OWN)('of the %s that breaks down by itself is for whoever asked to judge', async (program, side) => {
    expect(await judged(program, side, ABORTED)).toBe(ABORTED);
  });

  it.each([...OWN, ...TOOLS])('of %s without an end, on the side of the %s, says nothing', async (program, side) => {
    const command = `${program} convert`;
    const reason = { kind: 'inconclusive_external_timeout', side, command, seconds: 30 };
    expect(await judged(program, side, LATE)).toEqual(reason);
  });
});

describe('the container that a command is run in', () => {
  const laneOf = async (purpose: Purpose, command: Omit<Command, 'args'>) => {
    const { stage, lanes } = stageOver({});
    await stage.perform(1, purpose, { args: ['a', 'b'], ...command });
    return lanes[0];
  };
  const own = { side: 'subject', directory: 'subject/step1' } as const;

  it.each([
    ['fixture', 'cp', own],
    ['fixture', 'reference', own],
    ['twin', 'cp', own],
    ['twin', 'reference', own],
    ['twin', 'reference', { ...own, directory: 'twin/step1' }],
    ['test', 'subject', own],
  ] as const)('is the subject’s for a %s of %s that makes files among its own', async (purpose, program, place) => {
    expect(await laneOf(purpose, { program, ...place })).toBe('subject');
  });

  it.each([
    ['readback', 'reference', own],
    ['fixture', 'qemu-io', own],
    ['fixture', 'cp', { ...own, directory: '.' }],
    ['fixture', 'cp', { side: 'reference', directory: 'reference/step1' }],
    ['test', 'reference', { side: 'reference', directory: 'reference/step1' }],
  ] as const)('is the tools’ for a %s of %s that reads, or needs what is closed', async (purpose, program, place) => {
    expect(await laneOf(purpose, { program, ...place })).toBe('tools');
  });
});

describe('a program that cannot be started', () => {
  const cannotBeExecuted = ended({ kind: 'exited', code: 126 }, 'timeout: failed to run command: Permission denied');

  it.each([GONE, cannotBeExecuted])('says nothing of the subject that it was ($stderr.text)', async (result) => {
    const message = result.stderr.text;
    expect(await judged('subject', 'subject', result)).toEqual({ kind: 'not_started', message });
  });

  it('is told from a subject that ends with the same status', async () => {
    const own = ended({ kind: 'exited', code: 127 }, 'instar: no such image');
    expect(await judged('subject', 'subject', own)).toBe(own);
  });

  it('is a failure like any other where it is one of the tools', async () => {
    expect(await judged('reference', 'reference', GONE)).toBe(GONE);
  });
});

describe('a scratch space without room', () => {
  it.each(TOOLS)('that %s came upon, on the side of the %s, is no failure of anybody’s', async (program, side) => {
    expect(await judged(program, side, NO_ROOM)).toEqual({ kind: 'scratch_full', freeBytes: 0 });
  });

  it('that the subject speaks of is its own word', async () => {
    expect(await judged('subject', 'subject', NO_ROOM)).toBe(NO_ROOM);
  });

  it('is none where a tool warns of it and succeeds', async () => {
    const warned = { ...NO_ROOM, exit: DONE.exit };
    expect(await judged('reference', 'reference', warned)).toBe(warned);
  });
});

describe('a subject without an end', () => {
  const ask = (program: 'subject' | 'reference', args: readonly string[]): Command => ({
    ...{ program, side: program, args },
    directory: `${program}/step1`,
  });

  it.each([
    ['beside the reference, which did the same in that step', 1, 'info', { referenceMilliseconds: 7 }],
    ['alone where the reference did the same in another step', 2, 'info', {}],
    ['alone where the reference did something else', 1, 'check', {}],
  ])('is told %s', async (_, step, word, beside) => {
    const { stage } = stageOver({ 'subject/step1: instar info a': LATE });
    await stage.perform(step, 'test', ask('reference', [word, 'a']));
    const reason = await stage.perform(1, 'test', ask('subject', ['info', 'a'])).catch(reasonOf);
    expect(reason).toEqual({
      ...{ kind: 'inconclusive_external_timeout', side: 'subject', command: 'subject info', seconds: 30 },
      ...beside,
    });
  });
});

describe('qemu-io', () => {
  const write: Command = { program: 'qemu-io', side: 'reference', args: ['a'], directory: 'reference/step1' };

  it('is not tried where there is none', async () => {
    const { stage, asked } = stageOver({}, { tools: { hasQemuIo: false } });
    const reason = await stage.perform(1, 'fixture', write).catch(reasonOf);
    expect(reason).toEqual({ kind: 'missing_helper', helper: 'qemu-io' });
    expect([asked, stage.transcript]).toEqual([[], []]);
  });

  it('is judged by the same rules where a helper did its work', async () => {
    const serve = async (_: string, { args }: Command) => (args.includes('a') ? NO_ROOM : REFUSED);
    const { stage, asked } = stageOver({}, { helper: { serve } });
    expect(await stage.perform(1, 'fixture', write).catch(reasonOf)).toEqual({ kind: 'scratch_full', freeBytes: 0 });
    expect(await stage.perform(1, 'fixture', { ...write, args: ['b'] })).toBe(REFUSED);
    expect([asked, stage.transcript.map(({ helped }) => helped)]).toEqual([[], [true, true]]);
  });
});
