import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Stage, type StageOptions } from '../../src/execution/stage.ts';
import { runStep } from '../../src/execution/step.ts';
import type { Script } from '../../src/operations/operation.ts';
import { noCrash, sameSuccess } from '../../src/oracles/ending.ts';
import type { CommandResult } from '../../src/sandbox/command.ts';
import type { Lane, LaneCommand } from '../../src/sandbox/lane.ts';
import type { Reached } from '../../src/sandbox/limits.ts';
import type { Part } from '../../src/sandbox/scratch.ts';
import type { Exit } from '../../src/verdict/exit.ts';
import { newDirectory } from './cli.ts';

/** A command that ended so, with this on its error stream. */
export function ended(exit: Exit, complaint = ''): CommandResult {
  const nothing = { text: '', bytes: 0, truncated: false };
  return { exit, stdout: nothing, stderr: { ...nothing, text: complaint, bytes: complaint.length }, milliseconds: 7 };
}

export const DONE = ended({ kind: 'exited', code: 0 });
export const REFUSED = ended({ kind: 'exited', code: 1 }, 'no');
export const ABORTED = ended({ kind: 'signalled', signal: 6 }, 'Assertion failed');
export const KILLED = ended({ kind: 'signalled', signal: 9 });
export const LATE = ended({ kind: 'timed-out', seconds: 30 });
/** What timeout(1) says where the program is gone. */
export const GONE = ended({ kind: 'exited', code: 127 }, "timeout: failed to run command 'instar': No such file");
export const NO_ROOM = ended({ kind: 'exited', code: 1 }, 'error while writing: No space left on device');

/** What commands do that are not simply done: by the directory they run in, below the iteration's, and their words, as in `subject/step1: instar info a`. */
export type Answers = Readonly<Record<string, CommandResult>>;

/** What else a stage may be like. */
interface Circumstances {
  readonly tools?: Partial<StageOptions['tools']>;
  /** The limits of the sandbox that were reached by the time that somebody asks. */
  readonly reached?: Partial<Reached>;
  readonly helper?: StageOptions['helper'];
}

/**
 * A stage for the first step over lanes that answer on demand: no real tool can be made to be killed, to vanish or to find the disk full at just
 * the command that a test is about. The directories are real. `asked` is what came through the lanes, and `lanes`
 * through which of them.
 */
export function stageOver(answers: Answers, { tools, reached, helper }: Circumstances = {}) {
  const all = newDirectory();
  for (const root of ['fixture', 'reference', 'subject']) mkdirSync(join(all, root, 'step1'), { recursive: true });
  const asked: string[] = [];
  const lanes: Part[] = [];
  const run = async (part: Part, { argv, directory }: LaneCommand) => {
    lanes.push(part);
    const command = `${relative(all, directory) || '.'}: ${argv.join(' ')}`;
    asked.push(command);
    return answers[command] ?? DONE;
  };
  const never = { processes: 0, memory: 0 };
  const laneOf = (part: Part) =>
    ({
      run: (command: LaneCommand) => run(part, command),
      reached: async () => ({ ...never, ...reached }),
    }) as unknown as Lane;
  const stage = new Stage({
    sandbox: { subject: 'instar' },
    lanes: { tools: laneOf('tools'), subject: laneOf('subject') },
    tools: { hasQemuIo: true, thirdReaders: [], ...tools },
    directories: { all, open: all },
    timeoutSeconds: 30,
    reached: never,
    helper,
  } as unknown as StageOptions);
  return { stage, asked, lanes };
}

/** A command of both sides, called like this, whose ends are compared. */
export function scriptOf(word: string, changes: Partial<Script> = {}): Script {
  const empty = { usesSource: false, prepare: [], inputs: [], outputs: [], invariants: [], readbacks: [] };
  return { ...empty, subject: [word], reference: [word], oracles: [noCrash, sameSuccess], ...changes };
}

/** How a step with this script ends, what it asked for and what is kept of that, where commands do as told. */
export async function stepWith(answers: Answers, script: Script, circumstances: Circumstances = {}) {
  const { stage, asked } = stageOver(answers, circumstances);
  const place = { step: 1, directory: 'step1' };
  const outcome = await runStep({ stage, place, operation: 'x', script, twin: 'none', largestDisk: 0 });
  return { outcome, asked, transcript: stage.transcript };
}
