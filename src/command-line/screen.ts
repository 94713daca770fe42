import type { Iteration } from '../execution/loop.ts';
import { findingLine } from '../report/one-line.ts';
import { Progress, type TriageProgress } from '../report/progress.ts';

/** Milliseconds between two updates: often on a terminal, where a line is rewritten, seldom in a log. */
const LIVE_MS = 200;
const PLAIN_MS = 5000;

/** Erases the line of a terminal and returns to its start. */
const REWIND = '\r\u001b[2K';

/** Shows a run while it goes on, on standard error: one live line on a terminal, plain lines elsewhere. */
export class Screen {
  readonly #live = process.stderr.isTTY === true;
  readonly #progress: Progress;
  readonly #timer: NodeJS.Timeout;

  /** Begins to show a run of so many iterations, or of so many seconds where that is shorter. */
  constructor(iterations: number, budgetSeconds?: number) {
    this.#progress = new Progress(iterations, budgetSeconds);
    this.#timer = setInterval(() => this.#show(), this.#live ? LIVE_MS : PLAIN_MS);
  }

  /** The iterations are what goes on now. */
  fuzzing(): void {
    this.#progress.fuzzing();
  }

  /** Counts an iteration; a finding gets its line at once. */
  add(iteration: Iteration): void {
    this.#progress.add(iteration);
    const { plan, verdict } = iteration;
    if (verdict.kind !== 'divergent') return;
    this.say(findingLine({ index: plan.index, finding: verdict.finding }));
  }

  /** The findings are what goes on now. */
  triaging(triage: TriageProgress): void {
    this.#progress.triaging(triage);
  }

  /** Prints a line of inert text above the live one. */
  say(line: string): void {
    process.stderr.write(`${this.#live ? REWIND : ''}${line}\n`);
  }

  /** Shows what it came to and stops. */
  end(): void {
    clearInterval(this.#timer);
    this.say(this.#progress.lastLine());
  }

  #show(): void {
    process.stderr.write(this.#live ? `${REWIND}${this.#progress.line()}` : `${this.#progress.line()}\n`);
  }
}
