import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Capture } from './capture.ts';
import type { CommandResult } from './command.ts';
import { DEFINE_REACHED, type Reached, readReached, TELL_REACHED } from './limits.ts';
import type { Resident } from './resident.ts';
import { guardFailed, readStatus } from './status.ts';
import { watchOver } from './watch.ts';

/** One real command: an absolute directory and the words to run. */
export interface LaneCommand {
  readonly directory: string;
  readonly argv: readonly string[];
  readonly timeoutSeconds: number;
  /**
   * It is no subject's: it leaves nothing running behind and does not fight its end. So it is started without a guard beside it, which
   * costs as much again as a small program, and only watched from outside.
   */
  readonly trusted?: boolean;
}

/** The lane itself broke: its shell ended, or went silent past every limit. The command's result is unknown. */
export class LaneLost extends Error {}

/** Kills, from beside the lane, what its shell runs, but not the shell, which `leader` names. Never throws. */
export type Interrupt = (leader: string) => Promise<void>;

/** Seconds between the polite signal of a time-out and the kill, and again from there to giving up the lane. */
const KILL_AFTER_SECONDS = 2;
const GIVE_UP_AFTER_SECONDS = 10;

/** Seconds for reading some small files of the kernel's. */
const REACHED_SECONDS = 10;

/** No file may grow past this many 512-byte blocks (8 GiB): a runaway writer must not fill the machine. */
const FILE_SIZE_BLOCKS = 16 * 1024 * 1024;

/** The status of a command as a shell has it, 0 to 255. */
const STATUS = /^\d{1,3}$/;

/** A process id has at most seven digits, proc(5) on `pid_max`. */
const PROCESS_ID = /^\d{1,7}$/;

/** In the place of the seconds of a command that needs no guard. */
const UNGUARDED = '-';

/**
 * What every lane's shell is told first. A command is a call of `r MARK DIRECTORY SECONDS WORD…`. `timeout` makes it the
 * leader of a process group, so that whatever it leaves behind is killed with it; one without a guard is run as it is. The end is
 * announced on both streams by a mark that the command is not told.
 */
const PROLOGUE = `
ulimit -c 0
ulimit -f ${FILE_SIZE_BLOCKS}
r() {
  m=$1 d=$2 t=$3; shift 3
  if cd "$d" 2>/dev/null; then
    unset OLDPWD
    if [ "$t" = ${UNGUARDED} ]; then
      "$@" </dev/null
      s=$?
    else
      timeout -k ${KILL_AFTER_SECONDS} "$t" "$@" </dev/null &
      wait "$!"; s=$?
      kill -9 "-$!" 2>/dev/null
    fi
  else
    s=cd
  fi
  printf '\\n%s %s\\n' "$m" "$s"
  printf '\\n%s %s\\n' "$m" "$s" >&2
}
${DEFINE_REACHED}`;

/**
 * A long-lived POSIX shell inside the sandbox that runs one command at a time. Entering a container costs 50 ms, a
 * command through a lane about 1 beside its own time: a fuzzer that entered it for each command would spend its time on the door.
 */
export class Lane {
  readonly #shell: Resident;
  readonly #interrupt: Interrupt;
  #leader: Promise<string> | undefined;
  #lastStderr = '';
  /** Why there is no shell any more. */
  #gone: string | undefined;
  /** Tells the command in flight that its shell is gone. */
  #lose: (why: string) => void = () => {};
  #isBusy = false;

  constructor(shell: Resident, interrupt: Interrupt) {
    this.#shell = shell;
    this.#interrupt = interrupt;
    void shell.ended.then((how) => {
      this.#gone = `its shell ${how} ${this.#lastStderr}`.trim();
      this.#lose(this.#gone);
    });
    shell.stdin.write(PROLOGUE);
    this.#ignoreOutput();
  }

  /** The id of the lane's shell, as seen inside the sandbox; it leads the session of all that the lane starts. */
  sessionLeader(): Promise<string> {
    this.#leader ??= this.#askLeader();
    return this.#leader;
  }

  async #askLeader(): Promise<string> {
    const { stdout } = await this.run({
      directory: '/',
      argv: ['sh', '-c', 'cut -d" " -f6 /proc/self/stat'],
      timeoutSeconds: 10,
    });
    const leader = stdout.text.trim();
    // What kills the shell may answer in its place; the answer becomes a word of other commands.
    if (!PROCESS_ID.test(leader)) throw new LaneLost('its shell does not tell its process id');
    return leader;
  }

  /** Runs one command to its end or its time limit, and no other at the same time. Throws LaneLost when the lane broke. */
  async run(command: LaneCommand): Promise<CommandResult> {
    const leader = command.trusted ? await this.sessionLeader() : undefined;
    if (this.#isBusy) throw new Error('a lane does one command at a time');
    this.#isBusy = true;
    try {
      return await this.#run(command, leader);
    } finally {
      this.#isBusy = false;
    }
  }

  async #run(command: LaneCommand, leader: string | undefined): Promise<CommandResult> {
    const mark = randomUUID();
    const stdout = new Capture(mark);
    const stderr = new Capture(mark);
    this.#lastStderr = '';
    const started = performance.now();
    const answer = this.#answer(stdout, stderr, command.timeoutSeconds);
    const watch = leader === undefined ? undefined : watchOver(() => this.#interrupt(leader), command.timeoutSeconds);
    this.#shell.stdin.write(callOf(mark, command));
    const status = await answer.finally(() => {
      watch?.stop();
      this.#ignoreOutput();
    });
    const milliseconds = performance.now() - started;
    if (watch && !(await watch.isOver(GIVE_UP_AFTER_SECONDS)))
      throw new LaneLost('what ends its commands does not come back');
    if (status === 'cd') throw new LaneLost(`the directory ${command.directory} cannot be entered`);
    // A subject may listen to its lane, and answer in its place.
    if (!STATUS.test(status)) throw new LaneLost('its shell tells no status');
    const exit = readStatus(Number(status), milliseconds, command.timeoutSeconds);
    const result = { exit, stdout: stdout.result(), stderr: stderr.result(), milliseconds };
    if (!command.trusted && guardFailed(result)) throw new LaneLost(result.stderr.text.slice(0, 300).trim());
    return result;
  }

  /** How often the sandbox's limits were reached since it began. Throws LaneLost when the lane broke. */
  async reached(): Promise<Reached> {
    const command = { directory: '/', argv: [TELL_REACHED], timeoutSeconds: REACHED_SECONDS, trusted: true };
    return readReached((await this.run(command)).stdout);
  }

  /** Ends the shell at once, and with it what it runs. */
  kill(): void {
    this.#shell.kill();
  }

  /** The status behind the mark, once it has come on both streams. */
  #answer(stdout: Capture, stderr: Capture, timeoutSeconds: number): Promise<string> {
    const limit = timeoutSeconds + KILL_AFTER_SECONDS + GIVE_UP_AFTER_SECONDS;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(`no answer from it for ${limit} s`), limit * 1000);
      this.#lose = (why) => {
        clearTimeout(timer);
        reject(new LaneLost(why));
      };
      if (this.#gone !== undefined) this.#lose(this.#gone);
      const statuses: { out?: string | undefined; err?: string | undefined } = {};
      const settle = () => {
        if (statuses.out === undefined || statuses.err === undefined) return;
        clearTimeout(timer);
        resolve(statuses.out);
      };
      this.#shell.stdout.on('data', (chunk: Buffer) => {
        statuses.out ??= stdout.add(chunk);
        settle();
      });
      this.#shell.stderr.on('data', (chunk: Buffer) => {
        this.#lastStderr = chunk.toString('utf8').slice(0, 300).trim();
        statuses.err ??= stderr.add(chunk);
        settle();
      });
    });
  }

  /** Between two commands output is nobody's; without a reader the streams would stop. */
  #ignoreOutput(): void {
    this.#lose = () => {};
    for (const stream of [this.#shell.stdout, this.#shell.stderr]) {
      stream.removeAllListeners('data');
      stream.resume();
    }
  }
}

function callOf(mark: string, { directory, argv, timeoutSeconds, trusted }: LaneCommand): string {
  const words = [mark, directory, trusted ? UNGUARDED : String(timeoutSeconds), ...argv];
  return `r ${words.map(shellWord).join(' ')}\n`;
}

/** A word as a POSIX shell reads it back unchanged. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
