import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Exit } from '../verdict/exit.ts';
import { Capture } from './capture.ts';
import type { CommandResult } from './command.ts';

/** One real command: an absolute directory and the words to run. */
export interface LaneCommand {
  readonly directory: string;
  readonly argv: readonly string[];
  readonly timeoutSeconds: number;
}

/** The lane itself broke: its shell ended, or went silent past every limit. The command's result is unknown. */
export class LaneLost extends Error {}

/** Seconds between the polite signal of a time-out and the kill, and again from there to giving up the lane. */
const KILL_AFTER_SECONDS = 2;
const GIVE_UP_AFTER_SECONDS = 10;

/** No file may grow past this many 512-byte blocks (8 GiB): a runaway writer must not fill the machine. */
const FILE_SIZE_BLOCKS = 16 * 1024 * 1024;

/** Exit statuses of `timeout` when it had to end the command, and of a shell whose child died of a signal. */
const TIMED_OUT = 124;
const TIMED_OUT_KILLED = 137;
const SIGNAL_BASE = 128;

/**
 * What every lane's shell is told first. A command is a call of `r MARK DIRECTORY SECONDS WORD…`. `timeout` makes it the
 * leader of a process group, so that whatever it leaves behind is killed with it. Its end is announced on
 * both streams by a mark that the command cannot have known.
 */
const PROLOGUE = `
ulimit -c 0
ulimit -f ${FILE_SIZE_BLOCKS}
r() {
  m=$1 d=$2 t=$3; shift 3
  if cd "$d" 2>/dev/null; then
    unset OLDPWD
    timeout -k ${KILL_AFTER_SECONDS} "$t" "$@" </dev/null &
    wait "$!"; s=$?
    kill -9 "-$!" 2>/dev/null
  else
    s=cd
  fi
  printf '\\n%s %s\\n' "$m" "$s"
  printf '\\n%s %s\\n' "$m" "$s" >&2
}
`;

/** Kills every process of the session that a lane's shell leads; run beside the lane, which may be beyond hearing. */
export const KILL_SESSION = `
for f in /proc/[0-9]*/stat; do
  { read -r s <"$f"; } 2>/dev/null || continue
  p=\${s%% *}
  set -- "$1" \${s##*) }
  [ "$5" = "$1" ] && kill -9 "$p" 2>/dev/null
done
:
`;

/**
 * A long-lived POSIX shell inside the sandbox that runs one command at a time. Entering a container costs 50 ms, a
 * command through a lane about 4: a fuzzer that entered it for each command would spend its time on the door.
 */
export class Lane {
  readonly #shell: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<string>;
  #lastStderr = '';

  constructor(shell: ChildProcessWithoutNullStreams) {
    this.#shell = shell;
    this.#ended = new Promise((resolve) => {
      shell.once('error', (error) => resolve(error.message));
      // Not 'close': what the shell started may hold its streams open long after it is gone.
      shell.once('exit', (code, signal) =>
        resolve(`its shell ended (${signal ?? `exit code ${code}`}) ${this.#lastStderr}`.trim()),
      );
    });
    // Writing to a shell that just died fails here; the death itself is reported by 'close'.
    shell.stdin.on('error', () => {});
    shell.stdin.write(PROLOGUE);
  }

  /** The id of the lane's shell, as seen inside the sandbox; it leads the session of all that the lane starts. */
  async sessionLeader(): Promise<string> {
    const { stdout } = await this.run({
      directory: '/',
      argv: ['sh', '-c', 'cut -d" " -f6 /proc/self/stat'],
      timeoutSeconds: 10,
    });
    return stdout.text.trim();
  }

  /** Runs one command to its end or its time limit. Throws LaneLost when the lane broke. */
  async run(command: LaneCommand): Promise<CommandResult> {
    const mark = randomBytes(12).toString('hex');
    const stdout = new Capture(mark);
    const stderr = new Capture(mark);
    const started = performance.now();
    const statuses = Promise.all([this.#until(this.#shell.stdout, stdout), this.#until(this.#shell.stderr, stderr)]);
    this.#shell.stdin.write(callOf(mark, command));
    const [status] = await this.#orLost(statuses, command.timeoutSeconds);
    const milliseconds = performance.now() - started;
    if (status === 'cd') throw new LaneLost(`the directory ${command.directory} cannot be entered`);
    const exit = readStatus(Number(status), milliseconds, command.timeoutSeconds);
    return { exit, stdout: stdout.result(), stderr: stderr.result(), milliseconds };
  }

  /** Ends the shell at once, and with it what it runs. */
  kill(): void {
    this.#shell.kill('SIGKILL');
    this.#shell.stdout.destroy();
    this.#shell.stderr.destroy();
  }

  #until(stream: NodeJS.ReadableStream, capture: Capture): Promise<string> {
    return new Promise((resolve) => {
      const onData = (chunk: Buffer) => {
        const status = capture.add(chunk);
        if (stream === this.#shell.stderr) this.#lastStderr = chunk.toString('utf8').slice(0, 300).trim();
        if (status === undefined) return;
        stream.off('data', onData);
        resolve(status);
      };
      stream.on('data', onData);
    });
  }

  async #orLost<T>(result: Promise<T>, timeoutSeconds: number): Promise<T> {
    const limit = timeoutSeconds + KILL_AFTER_SECONDS + GIVE_UP_AFTER_SECONDS;
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LaneLost(`no answer from it for ${limit} s`)), limit * 1000);
    });
    const dead = this.#ended.then((why) => Promise.reject(new LaneLost(why)));
    try {
      return await Promise.race([result, dead, silent]);
    } finally {
      clearTimeout(timer);
      this.#shell.stdout.removeAllListeners('data');
      this.#shell.stderr.removeAllListeners('data');
      // Without a listener the streams would stop; leftovers between two commands are nobody's output.
      this.#shell.stdout.resume();
      this.#shell.stderr.resume();
    }
  }
}

function callOf(mark: string, { directory, argv, timeoutSeconds }: LaneCommand): string {
  return `r ${[mark, directory, String(timeoutSeconds), ...argv].map(shellWord).join(' ')}\n`;
}

/** A word as a POSIX shell reads it back unchanged. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A status above 128 is read as a signal, as every POSIX shell reports it. */
function readStatus(status: number, milliseconds: number, seconds: number): Exit {
  const ranOut = milliseconds >= seconds * 1000 && (status === TIMED_OUT || status === TIMED_OUT_KILLED);
  if (ranOut) return { kind: 'timed-out', seconds };
  if (status > SIGNAL_BASE) return { kind: 'signalled', signal: status - SIGNAL_BASE };
  return { kind: 'exited', code: status };
}
