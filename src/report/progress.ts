import type { Iteration } from '../execution/loop.ts';
import { counted } from '../verdict/counted.ts';
import type { Counts } from './report.ts';

/** How far the triage of a run's findings has come. */
export interface TriageProgress {
  readonly findings: number;
  /** The bugs that are known so far. */
  readonly bugs: number;
  /** How often a plan was run for it. */
  readonly tries: number;
  /** Seconds from its start on after which nothing more is begun. */
  readonly mostSeconds: number;
}

/** Counts iterations as they end, and words the state of a run in one line. */
export class Progress {
  readonly #iterations: number;
  readonly #budgetSeconds: number;
  readonly #started = performance.now();
  readonly #counts = { ok: 0, divergent: 0, inconclusive: 0 };

  #triage: (TriageProgress & { readonly since: number }) | undefined;

  /** When the iterations began, after all that comes before them. */
  #fuzzingSince: number | undefined;

  /** `budgetSeconds` is the time after which no further iteration is begun; without it all are run. */
  constructor(iterations: number, budgetSeconds = Number.POSITIVE_INFINITY) {
    this.#iterations = iterations;
    this.#budgetSeconds = budgetSeconds;
  }

  /** From now on the iterations are what goes on. */
  fuzzing(): void {
    this.#fuzzingSince = performance.now();
  }

  /** Counts one finished iteration. */
  add({ verdict }: Iteration): void {
    this.#counts[verdict.kind] += 1;
  }

  /** From now on the findings are what goes on. Told again each time that something has changed. */
  triaging(triage: TriageProgress): void {
    this.#triage = { since: this.#triage?.since ?? performance.now(), ...triage };
  }

  /** What goes on: iterations or findings, how fast, and an estimate of the time that is left for it. */
  line(): string {
    return this.#triage === undefined ? this.#fuzzingLine() : triageLine(this.#done, this.#triage);
  }

  /** What the whole of it came to, once it is over. */
  lastLine(): string {
    const { findings, bugs, tries } = this.#triage ?? { findings: 0, bugs: 0, tries: 0 };
    const triage =
      findings === 0 ? '' : `; ${counted(bugs, 'bug')} in ${counted(findings, 'finding')} after ${tries} tries`;
    return `${this.#done}/${this.#iterations} iterations: ${this.#countWords}${triage}; ${secondsSince(this.#started)} s in all`;
  }

  get #done(): number {
    const { ok, divergent, inconclusive }: Counts = this.#counts;
    return ok + divergent + inconclusive;
  }

  get #countWords(): string {
    const { ok, divergent, inconclusive } = this.#counts;
    return `${ok} ok, ${divergent} divergent, ${inconclusive} inconclusive`;
  }

  #fuzzingLine(): string {
    const done = this.#done;
    const since = this.#fuzzingSince;
    if (since === undefined) return `${done}/${this.#iterations} iterations: not begun yet`;
    const rate = done / Math.max(0.001, (performance.now() - since) / 1000);
    const left = done === 0 ? 'unknown' : `${this.#secondsLeft(rate, since)} s`;
    const then = this.#counts.divergent === 0 ? '' : ', then the findings are confirmed and shrunk';
    return `${done}/${this.#iterations} iterations, ${rate.toFixed(1)}/s: ${this.#countWords}; left: ${left}${then}`;
  }

  /** Until all iterations are done at this rate a second, or the budget is used up, whichever comes first. */
  #secondsLeft(rate: number, since: number): number {
    const budget = this.#budgetSeconds - (performance.now() - since) / 1000;
    return Math.max(0, Math.ceil(Math.min((this.#iterations - this.#done) / rate, budget)));
  }
}

function triageLine(
  done: number,
  { findings, bugs, tries, mostSeconds, since }: TriageProgress & { since: number },
): string {
  const seconds = secondsSince(since);
  const left = Math.max(0, Math.ceil(mostSeconds) - seconds);
  const known = `${counted(bugs, 'bug')} so far, ${tries} tries in ${seconds} s`;
  return `${counted(done, 'iteration')} done; confirming and shrinking ${counted(findings, 'finding')}: ${known}; left: at most ${left} s`;
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}
