import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Inconclusive } from '../oracles/inconclusive.ts';
import type { Root } from '../oracles/observation.ts';
import { type Command, type CommandResult, isThirdReader, lastWords, type Program } from '../sandbox/command.ts';
import { limitFiles } from '../sandbox/file-limit.ts';
import { type Limited, type Reached, reachedBetween, together } from '../sandbox/limits.ts';
import { type Lanes, REFERENCE, type Sandbox } from '../sandbox/sandbox.ts';
import { wasNotStarted } from '../sandbox/status.ts';
import { entryOf, type Purpose, type TranscriptEntry } from '../sandbox/transcript.ts';
import { SIGKILL, succeeded } from '../verdict/exit.ts';
import type { Directories } from './directories.ts';
import type { Tools } from './tools.ts';

/** Seconds for the utilities that make and move fixtures; they get the same patience whatever the tools get. */
const UTILITY_SECONDS = 60;
const UTILITIES: readonly Program[] = ['cp', 'awk'];

/** What is in the way is removed, not written into: it may be a link to what the tools alone can see, such as the pipe of a shell. */
const INTO_NEW_FILES = ['--remove-destination'];

/** The words for ENOSPC, strerror(3), in the language that every command runs in. */
const NO_SPACE = 'No space left on device';

/** Does some commands in the stage's stead, as a rule without a process of their own. */
export interface Helper {
  /** Its results are those of fresh processes all the same. */
  readonly isFresh?: true;
  /** What a command did in an iteration's directory; undefined where a fresh process must do it. */
  serve(purpose: Purpose, command: Command, directory: string): Promise<CommandResult | undefined>;
}

/** What an iteration needs of the run. */
export interface StageOptions {
  readonly sandbox: Sandbox;
  readonly lanes: Lanes;
  readonly tools: Tools;
  readonly directories: Directories;
  readonly timeoutSeconds: number;
  /** What had been counted of the sandbox's limits when it began. */
  readonly reached: Reached;
  /** Absent where each command must be a process of its own. */
  readonly helper?: Helper | undefined;
}

/** How often the limits of either part of the sandbox were reached since it began. Throws LaneLost when a lane broke. */
export async function reachedIn({ tools, subject }: Lanes): Promise<Reached> {
  return together(await tools.reached(), await subject.reached());
}

/**
 * Where one iteration takes place: its directories and its lanes. Every command passes through `perform`, which records it; a
 * command that ran out of time or was killed from outside ends the step as inconclusive right there.
 */
export class Stage {
  readonly transcript: TranscriptEntry[] = [];
  readonly #options: StageOptions;

  constructor(options: StageOptions) {
    this.#options = options;
  }

  /** Runs one command and records it. Throws Inconclusive on a time-out, a kill, a missing helper or a scratch space that is full. */
  async perform(step: number, purpose: Purpose, command: Command): Promise<CommandResult> {
    const { directories, tools, helper } = this.#options;
    if (command.program === 'qemu-io' && !tools.hasQemuIo) {
      throw new Inconclusive({ kind: 'missing_helper', helper: 'qemu-io' });
    }
    const served = await helper?.serve(purpose, command, directories.all);
    const result = served ?? (await this.#run(purpose, command));
    this.transcript.push({
      ...entryOf(step, purpose, command, result),
      ...(served && !helper?.isFresh && { helped: true }),
    });
    throwUnlessJudgeable(command, result, () => this.#referenceMilliseconds(step, command));
    return result;
  }

  /** What the reference last needed, in this step, for what the subject is asked for: beside it a time-out of the subject tells more. */
  #referenceMilliseconds(step: number, { program, args }: Command): number | undefined {
    if (program !== 'subject') return undefined;
    const same = (entry: TranscriptEntry) => entry.program === 'reference' && entry.args[0] === args[0];
    return this.transcript.findLast((entry) => entry.step === step && same(entry))?.milliseconds;
  }

  #run(purpose: Purpose, command: Command): Promise<CommandResult> {
    const { lanes, directories, timeoutSeconds } = this.#options;
    const guard = command.program === 'cp' ? INTO_NEW_FILES : [];
    const argv = limited(command, [this.#pathOf(command.program), ...guard, ...command.args]);
    const patience = { timeoutSeconds: UTILITIES.includes(command.program) ? UTILITY_SECONDS : timeoutSeconds };
    if (command.program === 'subject' || copiesAmongItsOwn(purpose, command)) {
      return lanes.subject.run({ directory: join(directories.open, command.directory), argv, ...patience });
    }
    const directory = join(directories.all, command.directory);
    return lanes.tools.run({ directory, argv, ...patience, trusted: true });
  }

  /** A limit of the sandbox that was reached since the iteration began, by whomever: all lanes into a part share what there is. */
  async limitReached(): Promise<Limited | undefined> {
    return reachedBetween(this.#options.reached, await reachedIn(this.#options.lanes));
  }

  /** Whether a program is there; the tools themselves and the file utilities always are. */
  has(program: Program): boolean {
    const { thirdReaders } = this.#options.tools;
    return !isThirdReader(program) || thirdReaders.includes(program);
  }

  /** Size in bytes of a file, without following a link; undefined if it is not a regular file, or cannot be reached. */
  sizeOf(root: Root, path: string): number | undefined {
    try {
      const status = lstatSync(this.hostPath(root, path));
      return status.isFile() ? status.size : undefined;
    } catch {
      return undefined;
    }
  }

  /** Whether a path in the subject's directory leads elsewhere, by a link in the place of the file or of a directory above it. */
  leadsElsewhere(path: string): boolean {
    try {
      const own = join(this.#options.directories.open, 'subject', path);
      return realpathSync(dirname(own)) !== dirname(own) || lstatSync(own).isSymbolicLink();
    } catch {
      return false;
    }
  }

  /** The absolute path of a file on the host. */
  hostPath(root: Root, path: string): string {
    return join(this.#options.directories.all, root, path);
  }

  #pathOf(program: Program): string {
    if (program === 'subject') return this.#options.sandbox.subject;
    return program === 'reference' ? REFERENCE : program;
  }
}

/**
 * Whether a command makes files of the subject's side from others of that side. The subject may have put links in the place of either: where
 * that is all that the command can see, it carries nothing in or out.
 */
function copiesAmongItsOwn(purpose: Purpose, { side, program, directory }: Command): boolean {
  const [root] = directory.split('/');
  const copies = program === 'cp' || program === 'reference';
  return side === 'subject' && copies && purpose !== 'readback' && (root === 'subject' || root === 'twin');
}

function limited({ mostBytes }: Command, argv: readonly string[]): readonly string[] {
  return mostBytes === undefined ? argv : ['sh', '-c', `${limitFiles(mostBytes)} && exec "$@"`, 'sh', ...argv];
}

function throwUnlessJudgeable(
  { program, args, side }: Command,
  result: CommandResult,
  besideReference: () => number | undefined,
): void {
  const { exit, stderr } = result;
  const command = `${program} ${args[0] ?? ''}`.trim();
  if (program === 'subject' && wasNotStarted(result)) {
    throw new Inconclusive({ kind: 'not_started', message: lastWords(result) });
  }
  if (exit.kind === 'timed-out') {
    const { seconds } = exit;
    const referenceMilliseconds = besideReference();
    const beside = referenceMilliseconds === undefined ? {} : { referenceMilliseconds };
    throw new Inconclusive({ kind: 'inconclusive_external_timeout', side, command, seconds, ...beside });
  }
  if (program !== 'subject' && !succeeded(exit) && stderr.text.includes(NO_SPACE)) {
    throw new Inconclusive({ kind: 'scratch_full', freeBytes: 0 });
  }
  if (exit.kind === 'signalled' && exit.signal === SIGKILL) throw new Inconclusive({ kind: 'killed', side, command });
}
