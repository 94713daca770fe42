import type { Iteration } from '../execution/loop.ts';
import type { Counts } from './report.ts';

/** Counts iterations as they end, and words the state of a run in one line. */
export class Progress {
  readonly #iterations: number;
  readonly #started = performance.now();
  readonly #counts = { ok: 0, divergent: 0, inconclusive: 0 };

  #triage: { findings: number; since: number } | undefined;

  constructor(iterations: number) {
    this.#iterations = iterations;
  }

  /** Counts one finished iteration. */
  add({ verdict }: Iteration): void {
    this.#counts[verdict.kind] += 1;
  }

  /** From now on the findings are what goes on. */
  triaging(findings: number): void {
    this.#triage = { findings, since: performance.now() };
  }

  /** Iterations, rate, counts and an estimate of the time that is left. */
  line(): string {
    const { ok, divergent, inconclusive }: Counts = this.#counts;
    if (this.#triage !== undefined) {
      const seconds = Math.round((performance.now() - this.#triage.since) / 1000);
      return `${ok + divergent + inconclusive} iterations done; ${this.#triage.findings} findings are tried again, alone, and made small, for ${seconds} s`;
    }
    const done = ok + divergent + inconclusive;
    const rate = done / Math.max(0.001, (performance.now() - this.#started) / 1000);
    const left = done === 0 ? 'unknown' : `${Math.ceil((this.#iterations - done) / rate)} s`;
    return `${done}/${this.#iterations} iterations, ${rate.toFixed(1)}/s: ${ok} ok, ${divergent} divergent, ${inconclusive} inconclusive; left: ${left}`;
  }
}
