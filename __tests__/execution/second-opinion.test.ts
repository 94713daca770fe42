import { describe, expect, it } from 'vitest';
import type { Assistant } from '../../src/execution/assistant.ts';
import { SecondOpinion } from '../../src/execution/second-opinion.ts';
import type { Command, CommandResult } from '../../src/sandbox/command.ts';
import { CannotRun } from '../../src/sandbox/host.ts';
import type { Lane, LaneCommand } from '../../src/sandbox/lane.ts';
import { ended } from '../support/ended.ts';

const DONE = ended(0);
const REFUSED = ended(1, 'no room');
const SAME = ended(0, 'Images are identical.\n');
const DIFFERENT = ended(1, 'Content mismatch at offset 512!\n');
const UNREADABLE = ended(2, 'Could not open');
const KILLED = ended({ kind: 'signalled', signal: 6 });
const LATE = ended({ kind: 'timed-out', seconds: 60 });

/** What fresh processes do, by their first word or the command of the reference, one after the other and the last one for good. */
type Answers = Readonly<Record<string, readonly [CommandResult, ...CommandResult[]]>>;

/** A second opinion over a lane in which processes do as told, and an assistant that says to each question what comes next. */
function opinionOver(answers: Answers, assistantSays: readonly boolean[]) {
  const said = [...assistantSays];
  const done: string[] = [];
  const times = new Map<string, number>();
  const run = async ({ argv, directory }: LaneCommand) => {
    const [program = '', command = ''] = argv;
    const name = program === 'qemu-img' ? command : program;
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    done.push(`${directory}: ${argv.join(' ')}`);
    const results = answers[name];
    return results?.[time] ?? results?.at(-1) ?? DONE;
  };
  const assistant = {
    serve: async () => (said.shift() ? SAME : undefined),
    write: async (args: readonly string[], directory: string) => {
      done.push(`${directory}: assistant ${args.join(' ')}`);
      return said.shift() ?? false;
    },
  };
  return { opinion: new SecondOpinion(assistant as unknown as Assistant, { run } as unknown as Lane), done };
}

const WRITE = ['-f', 'qcow2', '-c', 'write 0 512', 'disk'];
const writing: Command = { program: 'qemu-io', args: WRITE, directory: 'fixture', side: 'reference' };
const COMPARE = ['compare', '-f', 'raw', '-F', 'raw', 'a', 'b'];
const comparing: Command = { program: 'reference', args: COMPARE, directory: '.', side: 'reference' };

const WRITTEN = ['/: cp -R /it/fixture /it/fixture.again1', '/it/fixture: qemu-io -f qcow2 -c write 0 512 disk'];
const ASSISTED = '/it/fixture.again1: assistant -f qcow2 -c write 0 512 disk';
const COMPARED = '/it/fixture: qemu-img compare -f qcow2 -F qcow2 /it/fixture/disk /it/fixture.again1/disk';

describe('what is written twice', () => {
  it('is written by a fresh process in its place and by the assistant in a copy, and then compared', async () => {
    const { opinion, done } = opinionOver({ compare: [SAME] }, [true]);
    expect(await opinion.serve('fixture', writing, '/it')).toBe(DONE);
    expect(done).toEqual([...WRITTEN, ASSISTED, COMPARED]);
  });

  it('has a copy of its own each time', async () => {
    const { opinion, done } = opinionOver({ compare: [SAME] }, [true, true]);
    for (const _ of [1, 2]) await opinion.serve('fixture', writing, '/it');
    expect(done.filter((one) => one.includes(' cp '))).toEqual(
      [1, 2].map((copy) => `/: cp -R /it/fixture /it/fixture.again${copy}`),
    );
  });

  it.each([
    ['differs', DIFFERENT],
    ['cannot be compared', UNREADABLE],
  ])('ends the run where it %s, and names the command', async (_, compared) => {
    const { opinion } = opinionOver({ compare: [compared] }, [true]);
    const served = opinion.serve('fixture', writing, '/it');
    await expect(served).rejects.toThrow(CannotRun);
    await expect(served).rejects.toThrow('disagree on `qemu-io -f qcow2 -c write 0 512 disk`');
  });

  it.each([
    ['was killed', KILLED],
    ['found no end', LATE],
  ])('is as a fresh process wrote it where the comparison %s', async (_, compared) => {
    const { opinion, done } = opinionOver({ compare: [compared] }, [true]);
    expect(await opinion.serve('fixture', writing, '/it')).toBe(DONE);
    expect(done).toContain(COMPARED);
  });

  it('is compared only where all three could be done', async () => {
    const failures = [
      [{ cp: [REFUSED] }, [true], DONE],
      [{ 'qemu-io': [REFUSED] }, [true], REFUSED],
      [{}, [false], DONE],
    ] as const;
    for (const [answers, says, result] of failures) {
      const { opinion, done } = opinionOver({ compare: [DIFFERENT], ...answers }, says);
      expect(await opinion.serve('fixture', writing, '/it')).toBe(result);
      expect(done).not.toContain(COMPARED);
    }
  });

  it('is neither what a subject may still be changing, nor what the assistant cannot be told', async () => {
    for (const command of [
      { ...writing, side: 'subject' },
      { ...writing, args: ['-f', 'qcow2', '-c', 'write 0 512', 'a disk'] },
    ] as const) {
      const { opinion, done } = opinionOver({}, [true]);
      expect(await opinion.serve('fixture', command, '/it')).toBeUndefined();
      expect(done).toEqual([]);
    }
  });
});

describe('what is compared twice', () => {
  const compare = (answers: Answers, says: readonly boolean[]) => {
    const { opinion, done } = opinionOver(answers, says);
    return { served: opinion.serve('readback', comparing, '/it'), done };
  };

  it('is what a fresh process says where the assistant says the same', async () => {
    const { served, done } = compare({ compare: [SAME] }, [true]);
    expect(await served).toBe(SAME);
    expect(done).toEqual(['/it: qemu-img compare -f raw -F raw a b']);
  });

  it('is left to the loop where the assistant finds a difference, or does not say', async () => {
    const { served, done } = compare({ compare: [DIFFERENT] }, [false]);
    expect(await served).toBeUndefined();
    expect(done).toEqual([]);
  });

  it('ends the run where the assistant calls it equal again and a fresh process does not', async () => {
    const { served } = compare({ compare: [DIFFERENT] }, [true, true]);
    await expect(served).rejects.toThrow('disagree on `qemu-img compare -f raw -F raw a b`: Content mismatch');
  });

  it.each([
    ['a file was changed in between', [DIFFERENT, DIFFERENT], [true, false]],
    ['a file was changed and changed back', [DIFFERENT, SAME], [true, true]],
    ['the fresh process was killed', [KILLED, KILLED], [true, true]],
  ] as const)('is left to the loop where %s', async (_, fresh, says) => {
    const { served } = compare({ compare: fresh }, says);
    expect(await served).toBeUndefined();
  });

  it('is nothing that is only done for a test', async () => {
    const { opinion, done } = opinionOver({}, [true]);
    expect(await opinion.serve('test', comparing, '/it')).toBeUndefined();
    expect(done).toEqual([]);
  });
});
