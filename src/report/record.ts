import { closeSync, fstatSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Iteration } from '../execution/loop.ts';
import type { Operation } from '../operations/operation.ts';
import { CannotRun } from '../sandbox/host.ts';
import type { Shown } from '../triage/fingerprint.ts';
import { reproducerOf } from '../triage/reproducer.ts';
import type { Ruling } from '../triage/ruling.ts';
import { inertJson } from '../trust/inert.ts';
import type { Finding } from '../verdict/finding.ts';
import type { StepOutcome, Verdict } from '../verdict/verdict.ts';
import type { Configuration } from './configuration.ts';
import { CoverageCounter } from './coverage.ts';
import { type CoverageTotals, totalsOf } from './coverage-totals.ts';
import { writeEvidence } from './evidence.ts';
import { keepJson } from './kept.ts';
import { type Phases, phasesOf } from './phases.ts';
import { flakyLineOf, type TriageLine } from './triage-line.ts';

/** The version of the record's form. */
export const RECORD_VERSION = 1;

/** How the run stands: `running` in a record means that the run was killed before it could say more. */
export type RunState = 'running' | 'finished' | 'interrupted' | 'failed';

/** `run.json`: what a run was, and how it ended. */
export interface RunFile extends Configuration {
  readonly version: typeof RECORD_VERSION;
  readonly state: RunState;
  readonly startedAt: string;
  readonly seconds: number;
  /** Of how many shards the record was brought together; absent where one job did the run. */
  readonly shards?: number;
  /** Why a failed run failed. */
  readonly error?: string;
  /** How much of what can be drawn was drawn; absent until the run has ended. */
  readonly coverage?: CoverageTotals;
}

/** One line of `iterations.jsonl`. */
export interface IterationLine {
  readonly index: number;
  readonly verdict: Exclude<Verdict, { kind: 'divergent' }> | { readonly kind: 'divergent' };
  readonly steps: readonly { readonly operation: string; readonly outcome: StepOutcome['kind'] }[];
  readonly avoided: readonly string[];
  readonly milliseconds: number;
  readonly phases: Phases;
}

/** One line of `findings.jsonl`. `folder` is relative to the report directory. */
export interface FindingLine {
  readonly version: typeof RECORD_VERSION;
  readonly seed: string;
  readonly index: number;
  readonly folder: string;
  readonly finding: Finding;
}

/** The names of the record's files in the report directory. */
export const FILES = {
  run: 'run.json',
  iterations: 'iterations.jsonl',
  findings: 'findings.jsonl',
  triage: 'triage.jsonl',
  coverage: 'coverage.json',
  canaries: 'canaries.json',
  replays: 'replays.json',
  history: 'history.json',
  issues: 'issues.json',
  sarif: 'findings.sarif',
  summary: 'summary.md',
  page: 'report.html',
} as const;

/** The folder of the cases that a known gap showed, relative to the report directory. */
export function canaryFolder(gap: string): string {
  return join('canaries', gap);
}

/** The run's memory on disk. Whatever happens to this process, what was added is there. */
export class Record {
  readonly directory: string;
  readonly #configuration: Configuration;
  readonly #startedAt = new Date();
  /** The clock of the machine may be set while a run goes on; this one only goes forward. */
  readonly #started = performance.now();
  readonly #iterations: number;
  readonly #findings: number;
  readonly #triage: number;
  readonly #coverage: CoverageCounter;
  /** The bugs whose evidence is there: what is whole is not written over, as the disk may be full by now. */
  readonly #told = new Set<string>();

  /** Begins the record in an existing, writable directory. */
  constructor(directory: string, configuration: Configuration, operations: readonly Operation[]) {
    this.#coverage = new CoverageCounter(operations);
    this.directory = directory;
    this.#configuration = configuration;
    this.#iterations = openSync(join(directory, FILES.iterations), 'a');
    this.#findings = openSync(join(directory, FILES.findings), 'a');
    this.#triage = openSync(join(directory, FILES.triage), 'a');
    this.#writeRun('running');
  }

  /** Keeps one finished iteration; a finding is flushed to the disk before this returns. Throws CannotRun when it cannot. */
  add(iteration: Iteration): void {
    this.#keep(() => {
      if (iteration.verdict.kind === 'divergent') this.#addFinding(iteration, iteration.verdict.finding);
      writeSync(this.#iterations, `${inertJson(lineOf(iteration), 0)}\n`);
      this.#coverage.add(iteration.plan);
    });
  }

  /** Keeps the case of a step into a known gap that showed something else than is documented. Throws CannotRun when it cannot. */
  addCanary(gap: string, { plan, finding, transcript }: Shown): void {
    const folder = join(this.directory, canaryFolder(gap), String(plan.index));
    this.#keep(() => writeEvidence(folder, { plan, transcript, reproducer: reproducerOf(finding, transcript) }));
  }

  /** Keeps what triage found out; it is flushed to the disk before this returns. Throws CannotRun when it cannot. */
  rule(ruling: Ruling): void {
    // What is on trial for an earlier run, or for a known gap, is none of our iterations, whose numbers it may share.
    if (ruling.kind === 'flaky' && ruling.suspect.carriedFrom !== undefined) return;
    const lineOf = () => (ruling.kind === 'bug' ? this.#addBug(ruling) : flakyLineOf(ruling));
    this.#keep(() => writeFlushed(this.#triage, lineOf()));
  }

  /** Writes how the run ended. Throws CannotRun when it cannot. */
  end(state: RunState, error?: string): void {
    const coverage = this.#coverage.coverage();
    this.#keep(() => {
      this.#writeRun(state, error, totalsOf(coverage));
      keepJson(this.directory, FILES.coverage, coverage);
    });
    closeSync(this.#iterations);
    closeSync(this.#findings);
    closeSync(this.#triage);
  }

  #keep(write: () => void): void {
    try {
      this.#requireFiles();
      write();
    } catch (error) {
      throw new CannotRun(`Input "report-dir": the record in ${this.directory} cannot be written: ${String(error)}`);
    }
  }

  /** What is written to a file that has lost its name is lost with it, and nothing else says so. */
  #requireFiles(): void {
    const files = [
      [FILES.iterations, this.#iterations],
      [FILES.findings, this.#findings],
      [FILES.triage, this.#triage],
    ] as const;
    for (const [name, file] of files) {
      const { ino } = statSync(join(this.directory, name));
      if (ino !== fstatSync(file).ino) throw new Error(`another ${name} stands in its place`);
    }
  }

  #addBug({ bug, shown }: Ruling & { kind: 'bug' }): TriageLine {
    const { plan, reproducer, sightings, ...told } = bug;
    const folder = join('bugs', bug.fingerprint);
    if (!this.#told.has(bug.fingerprint)) {
      writeEvidence(join(this.directory, folder), { plan, transcript: shown.transcript, reproducer });
      this.#told.add(bug.fingerprint);
    }
    const indices = [...new Set(sightings.map(({ index }) => index))].toSorted((a, b) => a - b);
    return { kind: 'bug', ...told, folder, indices };
  }

  #addFinding({ plan, trial }: Iteration, finding: Finding): void {
    const folder = join('findings', String(plan.index));
    const { transcript } = trial;
    writeEvidence(join(this.directory, folder), { plan, transcript, reproducer: reproducerOf(finding, transcript) });
    const line: FindingLine = { version: RECORD_VERSION, seed: plan.seed, index: plan.index, folder, finding };
    writeFlushed(this.#findings, line);
  }

  #writeRun(state: RunState, error?: string, coverage?: CoverageTotals): void {
    const run: RunFile = {
      version: RECORD_VERSION,
      ...this.#configuration,
      state,
      startedAt: this.#startedAt.toISOString(),
      seconds: Math.round((performance.now() - this.#started) / 100) / 10,
      ...(error === undefined ? {} : { error }),
      ...(coverage === undefined ? {} : { coverage }),
    };
    keepJson(this.directory, FILES.run, run, 2);
  }
}

function writeFlushed(file: number, line: FindingLine | TriageLine): void {
  writeSync(file, `${inertJson(line, 0)}\n`);
  fsyncSync(file);
}

function lineOf({ plan, trial, verdict, milliseconds }: Iteration): IterationLine {
  return {
    index: plan.index,
    verdict: verdict.kind === 'divergent' ? { kind: 'divergent' } : verdict,
    steps: trial.steps.map(({ operation, outcome }) => ({ operation, outcome: outcome.kind })),
    avoided: plan.avoided,
    milliseconds: Math.round(milliseconds),
    phases: phasesOf(trial.transcript, milliseconds),
  };
}
