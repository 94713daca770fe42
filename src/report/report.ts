import * as v from 'valibot';
import { type History, historyText, NO_HISTORY, parseHistory } from '../history/history.ts';
import { shareOf } from '../plan/shard.ts';
import { CannotRun } from '../sandbox/host.ts';
import { severityOfBug } from '../triage/jury.ts';
import { bySeverity } from '../verdict/severity.ts';
import { isSuspicious } from '../verdict/verdict.ts';
import { describeReason } from '../verdict/words.ts';
import { Canaries, type CanaryLine } from './canary-line.ts';
import type { Coverage } from './coverage.ts';
import { CoverageForm } from './coverage-form.ts';
import { KeptFiles, keepText } from './kept.ts';
import { latestBugs, readRecordLines } from './lines.ts';
import { type Phases, totalPhases } from './phases.ts';
import { FILES, type FindingLine, type IterationLine, RECORD_VERSION, type RunFile } from './record.ts';
import { type ReplayLine, Replays } from './replay-line.ts';
import { readStandings, type Standing } from './standing.ts';
import type { TriageLine } from './triage-line.ts';

/** The three counts; they add up to the iterations that finished. */
export interface Counts {
  readonly ok: number;
  readonly divergent: number;
  readonly inconclusive: number;
}

/** How often an operation's steps ran and ended how. */
export interface OperationCounts extends Counts {
  readonly operation: string;
  readonly ran: number;
  readonly skipped: number;
}

/** The run as a whole: `error` when it could not run to its end by itself. */
export type RunVerdict = 'ok' | 'divergent' | 'inconclusive' | 'error';

/** Everything that a person or a later run is told, made from the record on disk alone. */
export interface Report {
  readonly directory: string;
  readonly run: RunFile;
  readonly verdict: RunVerdict;
  readonly finished: number;
  /** How many iterations were to be run: all, or a shard's share. */
  readonly asked: number;
  readonly counts: Counts;
  readonly operations: readonly OperationCounts[];
  /** What the findings come down to, the worst first, then the most frequent; empty where triage did not get to it. */
  readonly bugs: readonly BugLine[];
  /** Bugs that no iteration of this run met: earlier runs found them and could not file them, or a known gap is not as documented. */
  readonly carried: readonly BugLine[];
  /** Of which operations the steps were that showed each bug, by its fingerprint, the most frequent first. */
  readonly shownBy: ReadonlyMap<string, readonly { readonly operation: string; readonly times: number }[]>;
  /** What was known before the run; empty where nothing was. */
  readonly history: History;
  /** How the bugs stand with the repository's issues, by fingerprint; empty where nobody asked. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** Findings that no bug accounts for: triage had no time for them, gave up on their symptom, or was not asked. */
  readonly unexplained: readonly FindingLine[];
  /** Findings that did not come back: counted as inconclusive. */
  readonly flaky: readonly FindingLine[];
  /** Why iterations were inconclusive, the most frequent reason first. */
  readonly reasons: readonly { readonly reason: string; readonly times: number }[];
  /** Iterations in which the subject ran out of time where the reference was prompt: maybe a crash, but no finding. */
  readonly suspicious: number;
  /** Where the time of all iterations went; absent where there is none. */
  readonly phases: Phases | undefined;
  /** What came of stepping into known gaps on purpose; empty where the run did not. */
  readonly canaries: readonly CanaryLine[];
  /** What came of running known bugs again; empty where none was known, or none was tried. */
  readonly replays: readonly ReplayLine[];
  /** How many more bugs were known, for which there was no time or no place. */
  readonly untried: number;
  /** How often each known gap turned a draw away. */
  readonly gaps: readonly { readonly gap: string; readonly times: number }[];
  /** How often each option's values were drawn; absent until the run has ended. */
  readonly coverage: Coverage | undefined;
  /** The files of the record of which something is damaged, and so missing here. */
  readonly damaged: readonly string[];
}

/** A bug as the record knows it. */
export type BugLine = TriageLine & { readonly kind: 'bug' };

/**
 * Reads the record of a run, also of one that was killed or ran out of disk: what is not whole does not count, and is named. Throws
 * CannotRun where there is no whole `run.json`, without which nothing can be told.
 */
export function readReport(directory: string): Report {
  const files = new KeptFiles(directory);
  const run = readRun(files);
  const { iterations: finished, findings, triage: rulings } = readRecordLines(files);
  const accidents = new Map(rulings.flatMap((line) => (line.kind === 'flaky' ? [[line.index, line] as const] : [])));
  const iterations = finished.map((line) => withoutAccident(line, accidents.get(line.index)));
  const counted = findings.toSorted((a, b) => a.index - b.index);
  const told = latestBugs(rulings).toSorted(
    (a, b) => bySeverity(severityOfBug(a), severityOfBug(b)) || b.indices.length - a.indices.length,
  );
  const bugs = told.filter(({ indices }) => indices.length > 0);
  const explained = new Set(bugs.flatMap(({ indices }) => indices));
  const counts = countVerdicts(iterations);
  const known = files.json(FILES.replays, Replays) ?? [];
  return {
    directory,
    run,
    verdict: verdictOf(run, counts),
    finished: iterations.length,
    asked: shareOf(run.iterations, run.shard),
    counts,
    operations: run.operations.map((operation) => countOperation(operation, iterations)),
    bugs,
    carried: told.filter((bug) => !bugs.includes(bug)),
    shownBy: new Map(bugs.map(({ fingerprint, indices }) => [fingerprint, operationsIn(counted, indices)])),
    history: files.read(FILES.history, parseHistory) ?? NO_HISTORY,
    standings: readStandings(files),
    unexplained: counted.filter(({ index }) => !accidents.has(index) && !explained.has(index)),
    flaky: counted.filter(({ index }) => accidents.has(index)),
    reasons: tally(iterations.flatMap(reasonOf)).map(([reason, times]) => ({ reason, times })),
    suspicious: iterations.filter(({ verdict }) => verdict.kind === 'inconclusive' && isSuspicious(verdict.reason))
      .length,
    phases: totalPhases(iterations.map(({ phases }) => phases)),
    canaries: files.json(FILES.canaries, Canaries) ?? [],
    replays: known.filter(({ notTried }) => !notTried),
    untried: known.filter(({ notTried }) => notTried).length,
    gaps: tally(iterations.flatMap(({ avoided }) => avoided)).map(([gap, times]) => ({ gap, times })),
    coverage: files.json(FILES.coverage, CoverageForm),
    // Last: by now every file has been read.
    damaged: files.damaged,
  };
}

function operationsIn(findings: readonly FindingLine[], indices: readonly number[]) {
  const showing = new Set(indices);
  const own = findings.filter(({ index }) => showing.has(index));
  return tally(own.map(({ finding }) => finding.operation)).map(([operation, times]) => ({ operation, times }));
}

/** The bugs that the run met, and those that it carries on for earlier ones. */
export function allBugs({ bugs, carried }: Report): readonly BugLine[] {
  return [...bugs, ...carried];
}

/** Keeps what was known before the run beside its record. Throws what the file system throws. */
export function writeHistory(directory: string, history: History): void {
  keepText(directory, FILES.history, historyText(history));
}

/** The rest of it is ours, and was written at once. */
const OurRun = v.looseObject({ version: v.literal(RECORD_VERSION) });

function readRun(files: KeptFiles): RunFile {
  const run = files.json(FILES.run, OurRun);
  if (run === undefined) {
    throw new CannotRun(
      `There is no report of the record in ${files.directory}: its ${FILES.run} is missing or damaged.`,
    );
  }
  return run as unknown as RunFile;
}

/** An iteration as it counts: a difference that did not come back says nothing about the subject's correctness. */
function withoutAccident(line: IterationLine, accident: (TriageLine & { kind: 'flaky' }) | undefined): IterationLine {
  if (accident === undefined) return line;
  const { cameBack, tries } = accident;
  const steps = line.steps.map((step) =>
    step.outcome === 'divergent' ? { ...step, outcome: 'inconclusive' as const } : step,
  );
  return { ...line, steps, verdict: { kind: 'inconclusive', reason: { kind: 'flaky', cameBack, tries } } };
}

function verdictOf(run: RunFile, { ok, divergent }: Counts): RunVerdict {
  if (divergent > 0) return 'divergent';
  if (run.state === 'failed' || run.state === 'running') return 'error';
  return ok > 0 ? 'ok' : 'inconclusive';
}

function countVerdicts(iterations: readonly IterationLine[]): Counts {
  const count = (kind: string) => iterations.filter(({ verdict }) => verdict.kind === kind).length;
  return { ok: count('ok'), divergent: count('divergent'), inconclusive: count('inconclusive') };
}

function countOperation(operation: string, iterations: readonly IterationLine[]): OperationCounts {
  const outcomes = iterations.flatMap(({ steps }) =>
    steps.filter((step) => step.operation === operation).map(({ outcome }) => outcome),
  );
  const count = (kind: string) => outcomes.filter((outcome) => outcome === kind).length;
  const skipped = count('skipped');
  return {
    operation,
    ran: outcomes.length - skipped,
    ok: count('ok'),
    divergent: count('divergent'),
    inconclusive: count('inconclusive'),
    skipped,
  };
}

function reasonOf({ verdict }: IterationLine): string[] {
  return verdict.kind === 'inconclusive' ? [describeReason(verdict.reason)] : [];
}

function tally(texts: readonly string[]): [string, number][] {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return [...times].toSorted(([, a], [, b]) => b - a);
}
