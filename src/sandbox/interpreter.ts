import { randomUUID } from 'node:crypto';
import type { Resident } from './resident.ts';

/** The program ended, or did not answer in time. What it had done of its commands by then is unknown. */
export class InterpreterLost extends Error {}

/** Characters of an answer that are kept; what a program has to say more of than this is no answer. */
const MOST_CHARACTERS = 64 * 1024;

/**
 * A shell script that first tells the session that it leads, by which it can be killed, and then becomes the program `$@`. Both streams
 * are one, so that a complaint stands where it was made. proc(5) describes the fields of `stat`.
 */
export const BECOME_INTERPRETER = 'read -r a b c d e session rest </proc/$$/stat; echo "$session"; exec "$@" 2>&1';

/**
 * Blank lines behind each question, more than the buffer of a program's input, which is a page or two (fstat(3) of a pipe, BUFSIZ). A program that first waits
 * for input and then reads through that buffer goes on only while there is more to read: the last of what it is told stays undone.
 */
const BLANK_LINES = `${' '.repeat(999)}\n`.repeat(9);

/**
 * A program inside the sandbox that stays and takes its commands by its standard input, a line of less than 1,000 characters each. It must
 * name a command that it does not know in its complaint: by that the end of an answer is told. Serves one question at a time.
 */
export class Interpreter {
  readonly #program: Resident;
  readonly #prompt: string;
  readonly #kill: (leader: string) => Promise<void>;
  #heard = '';
  /** The session that it leads, once it has told. */
  #leader: string | undefined;
  #gone: string | undefined;
  /** Looks at what was heard so far, or at the end of the program. */
  #look: () => void = () => {};

  constructor(program: Resident, prompt: string, kill: (leader: string) => Promise<void>) {
    this.#program = program;
    this.#prompt = prompt;
    this.#kill = kill;
    void program.ended.then((how) => this.#end(`it ${how}`));
    program.stderr.resume();
    program.stdout.on('data', (chunk: Buffer) => this.#hear(chunk.toString('latin1')));
  }

  /** Gives it commands and gives all that it said to them but prompts. Throws InterpreterLost. */
  async ask(commands: readonly string[], seconds: number): Promise<string> {
    const mark = randomUUID();
    const timer = setTimeout(() => this.#end(`no answer from it for ${seconds} s`), seconds * 1000);
    this.#program.stdin.write(`${[...commands, mark].join('\n')}\n${BLANK_LINES}`);
    try {
      return await this.#answerBefore(mark);
    } finally {
      clearTimeout(timer);
      this.#look = () => {};
    }
  }

  #answerBefore(mark: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#look = () => {
        const at = this.#heard.indexOf(mark);
        const end = at < 0 ? -1 : this.#heard.indexOf('\n', at);
        if (end >= 0) resolve(this.#take(at, end));
        else if (this.#gone !== undefined) reject(new InterpreterLost(this.#gone));
      };
      this.#look();
    });
  }

  /** What was said up to the complaint of the mark, which ends a line; what comes behind it are prompts. */
  #take(mark: number, end: number): string {
    const before = this.#heard.slice(0, mark);
    this.#heard = this.#heard.slice(end + 1);
    return before.slice(0, Math.max(0, before.lastIndexOf(this.#prompt))).replaceAll(this.#prompt, '');
  }

  #hear(text: string): void {
    if (this.#gone !== undefined) return;
    this.#heard += text;
    if (this.#heard.length > MOST_CHARACTERS) {
      this.#program.kill();
      this.#end('it said too much');
    }
    const end = this.#heard.indexOf('\n');
    if (this.#leader === undefined && end >= 0) {
      this.#leader = this.#heard.slice(0, end);
      this.#heard = this.#heard.slice(end + 1);
    }
    this.#look();
  }

  #end(why: string): void {
    this.#gone ??= why;
    this.#look();
  }

  /** Ends it, though it be in the middle of something. */
  async close(): Promise<void> {
    const leader = this.#leader ?? '';
    // Its number may be another's soon.
    this.#leader = '';
    this.#end('it was closed');
    this.#program.kill();
    if (/^\d+$/.test(leader)) await this.#kill(leader);
  }
}
