import { join } from 'node:path';
import { MiB } from '../plan/size.ts';
import type { Command, CommandResult } from '../sandbox/command.ts';
import { type Interpreter, InterpreterLost } from '../sandbox/interpreter.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Purpose } from '../sandbox/transcript.ts';
import { bothOf, lengthIn, PROMPT, writingOf } from './qemu-io.ts';

/** Seconds that an answer may take, or less where a fresh process, which does the work then, has less. */
const MOST_SECONDS = 20;

/** Larger disks are compared by a fresh process, which skips holes where this one reads zeros. */
const MOST_BYTES = 64 * MiB;

/** Bytes read at a time: a question costs as much as reading a few of them. */
const PIECE = MiB;

/** What commands say that did their work; one that fails says so. */
const SILENCE = '';

/** How often in a row it may be lost before the lane does without it. */
const MOST_LOSSES = 3;

/**
 * glibc gives a buffer of this size back to the kernel and takes it anew with each read, which costs ten times the reading; musl knows
 * none of these (mallopt(3)).
 */
const KEEPS_ITS_MEMORY = {
  MALLOC_TRIM_THRESHOLD_: '1000000000',
  MALLOC_MMAP_THRESHOLD_: '1000000000',
  MALLOC_TOP_PAD_: '67108864',
};

/**
 * A `qemu-io` that stays, one a lane, for what costs more to start than to do: it writes into images that are being made, and it tells that
 * two disks are equal. Where it fails, finds a difference or cannot say, a fresh process is asked, so no finding rests on it. It holds no
 * image between two questions.
 */
export class Assistant {
  readonly #sandbox: Sandbox;
  readonly #seconds: number;
  #interpreter: Interpreter | undefined;
  #losses = 0;

  constructor(sandbox: Sandbox, timeoutSeconds: number) {
    this.#sandbox = sandbox;
    this.#seconds = Math.min(MOST_SECONDS, timeoutSeconds);
  }

  /** What a command did, in an iteration's directory; undefined where a fresh process must do it, or do it again. */
  async serve(purpose: Purpose, command: Command, directory: string): Promise<CommandResult | undefined> {
    const { program, args } = command;
    const started = performance.now();
    const place = join(directory, command.directory);
    if (purpose === 'fixture' && program === 'qemu-io' && (await this.write(args, place))) return done('', started);
    const asks = purpose === 'readback' && program === 'reference';
    return asks && (await this.isSame(args, place)) ? done('Images are identical.\n', started) : undefined;
  }

  /** Does what a `qemu-io` with these words does; false where it failed or it is not known whether it did. */
  async write(args: readonly string[], directory: string): Promise<boolean> {
    const writing = writingOf(args, directory);
    if (writing === undefined) return false;
    return (await this.#ask(writing.commands)) === SILENCE;
  }

  /** Whether a `compare` with these words would find two disks of equal size and content; false also where that is not known. */
  async isSame(args: readonly string[], directory: string): Promise<boolean> {
    const both = bothOf(args, directory);
    if (both === undefined) return false;
    const opened = await this.#ask([`open -r -o ${both}`, 'map']);
    if (opened === undefined) return false;
    const length = lengthIn(opened) ?? Number.POSITIVE_INFINITY;
    if (length <= MOST_BYTES) return (await this.#ask([...readsOf(length), 'close'])) === SILENCE;
    await this.#ask(['close']);
    return false;
  }

  async #ask(commands: readonly string[]): Promise<string | undefined> {
    if (this.#losses >= MOST_LOSSES) return undefined;
    try {
      this.#interpreter ??= this.#sandbox.startInterpreter('qemu-io', PROMPT, KEEPS_ITS_MEMORY);
      const answer = await this.#interpreter.ask(commands, this.#seconds);
      this.#losses = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof InterpreterLost)) throw error;
      this.#losses += 1;
      await this.close();
      return undefined;
    }
  }

  /** Ends it; the next question would start another. */
  async close(): Promise<void> {
    const lost = this.#interpreter;
    this.#interpreter = undefined;
    await lost?.close();
  }
}

function readsOf(length: number): string[] {
  const pieces = Array.from({ length: Math.ceil(length / PIECE) }, (_, piece) => piece * PIECE);
  return pieces.map((offset) => `read -q ${offset} ${Math.min(PIECE, length - offset)}`);
}

function done(said: string, started: number): CommandResult {
  const stdout = { text: said, bytes: said.length, truncated: false };
  const stderr = { text: '', bytes: 0, truncated: false };
  return { exit: { kind: 'exited', code: 0 }, stdout, stderr, milliseconds: performance.now() - started };
}
