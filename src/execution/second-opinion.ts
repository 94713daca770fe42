import { join } from 'node:path';
import { readCompared } from '../oracles/compared.ts';
import { type Command, type CommandResult, lastWords } from '../sandbox/command.ts';
import { CannotRun } from '../sandbox/host.ts';
import type { Lane } from '../sandbox/lane.ts';
import { REFERENCE } from '../sandbox/sandbox.ts';
import type { Purpose } from '../sandbox/transcript.ts';
import { succeeded } from '../verdict/exit.ts';
import type { Assistant } from './assistant.ts';
import { writingOf } from './qemu-io.ts';
import type { Helper } from './stage.ts';

/** Seconds for what is done twice. */
const SECONDS = 60;

/**
 * Does by fresh processes what an assistant does, and lets the assistant do it too: should they ever disagree, nothing that this run compared
 * can be trusted. Throws CannotRun then. One iteration in so many is run like this.
 */
export class SecondOpinion implements Helper {
  readonly isFresh = true;
  readonly #assistant: Assistant;
  readonly #lane: Lane;
  #copies = 0;

  constructor(assistant: Assistant, lane: Lane) {
    this.#assistant = assistant;
    this.#lane = lane;
  }

  /** Does a command if an assistant would; the result is always the fresh process's. */
  async serve(purpose: Purpose, command: Command, directory: string): Promise<CommandResult | undefined> {
    const place = join(directory, command.directory);
    // What the subject left running may change an image of its own between the two.
    const isAlone = command.side === 'reference';
    if (purpose === 'fixture' && command.program === 'qemu-io')
      return isAlone ? this.#writeTwice(command, place) : undefined;
    if (purpose !== 'readback' || !(await this.#assistant.serve(purpose, command, directory))) return undefined;
    const result = await this.#run([REFERENCE, ...command.args], place);
    if (isIdentical(result)) return result;
    // What a subject left running may have changed a file between the two.
    if (await this.#assistant.serve(purpose, command, directory)) {
      const again = await this.#run([REFERENCE, ...command.args], place);
      if (disagrees(again)) throw disagreement(`${REFERENCE} ${command.args.join(' ')}`, again);
    }
    return undefined;
  }

  async #writeTwice({ args }: Command, place: string): Promise<CommandResult | undefined> {
    const images = writingOf(args, '.')?.images;
    if (images === undefined) return undefined;
    this.#copies += 1;
    const copy = `${place}.again${this.#copies}`;
    const copied = await this.#run(['cp', '-R', place, copy], '/');
    const result = await this.#run(['qemu-io', ...args], place);
    if (!succeeded(copied.exit) || !succeeded(result.exit)) return result;
    if (!(await this.#assistant.write(args, copy))) return result;
    for (const { format, path } of images) {
      const compare = ['compare', '-f', format, '-F', format, join(place, path), join(copy, path)];
      const compared = await this.#run([REFERENCE, ...compare], place);
      if (disagrees(compared)) throw disagreement(`qemu-io ${args.join(' ')}`, compared);
    }
    return result;
  }

  #run(argv: readonly string[], directory: string): Promise<CommandResult> {
    return this.#lane.run({ directory, argv, timeoutSeconds: SECONDS, trusted: true });
  }
}

function isIdentical(result: CommandResult): boolean {
  return readCompared(result).kind === 'same';
}

/** A process that was ended from outside, or that found no memory or no thread to be had, has said nothing. */
function disagrees(result: CommandResult): boolean {
  return result.exit.kind === 'exited' && !isIdentical(result);
}

function disagreement(command: string, result: CommandResult): CannotRun {
  return new CannotRun(
    `A qemu-io that stays and a fresh process disagree on \`${command.slice(0, 500)}\`: ${lastWords(result)}. ` +
      'What this run compared cannot be trusted. Unless something that the subject left running changes its files again and again, please report this with the version of qemu-img.',
  );
}
