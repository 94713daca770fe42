import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Gap } from '../gaps/gap.ts';
import { type GapOf, gapsWithout } from '../gaps/ledger.ts';
import type { Subject } from '../sandbox/sandbox.ts';
import { checkAll, INPUTS, type InputName, MOST_LANES, type Values } from './definitions.ts';
import { checkReportDirectory, findSubject, newReportDirectory, readLedger } from './files.ts';
import { iterationsFor } from './iterations.ts';

/** Everything that a run is told, checked. */
export interface Settings extends Omit<Values, 'iterations' | 'report-dir' | 'baseline'> {
  readonly iterations: number;
  readonly reportDirectory: string;
  readonly subject: Subject;
  /** The subject as it was before; absent when none was given. */
  readonly baseline?: Subject;
  /** Tells the known gap that a choice steps into: those that are shipped and the user's own, but for the lifted ones. */
  readonly gapOf: GapOf;
  /** All known gaps, those of the user's file among them. */
  readonly ledger: readonly Gap[];
  /** The first iteration: 0, unless the run goes on where an earlier one ended. */
  readonly first: number;
  /** Whether the run steps into known gaps on purpose, to see whether they still are. */
  readonly sendsCanaries: boolean;
}

/** The inputs are wrong. The message has a line for each of them. */
export class BadInputs extends Error {}

/** Where the inputs come from. */
export interface Surroundings {
  /** The text of an input; empty text where none was given. */
  text(name: InputName): string;
  /** The name of the event that triggered the run. */
  readonly event: string;
  /** Relative paths start here. */
  readonly workspace: string;
  /** A new report directory is made here when none is named. */
  readonly temporary: string;
}

/**
 * Reads and checks every input, and the files that they name. Throws BadInputs with all problems at once, also those that others
 * found, before anything is started or written.
 */
export function readSettings(from: Surroundings, others: readonly string[] = []): Settings {
  const checked = checkAll(INPUTS, (name) => from.text(name) || INPUTS[name].default);
  const values = checked.values as Partial<Values>;
  const subject = values.instar === undefined ? undefined : findSubject(values.instar, from.workspace);
  const baseline = values.baseline === undefined ? undefined : findSubject(values.baseline, from.workspace);
  const ledger = readLedger(values['gaps-file'], from.workspace);
  const reportProblem = checkReportDirectory(values['report-dir'], from.workspace);
  const problems = [
    ...checked.problems,
    ...(typeof subject === 'string' ? [`Input "instar": ${subject}`] : []),
    ...(typeof baseline === 'string' ? [`Input "baseline": ${baseline}`] : []),
    ...('problems' in ledger ? ledger.problems.map((problem) => `Input "gaps-file": ${problem}`) : []),
    ...seedProblem(values),
    ...(reportProblem === undefined ? [] : [`Input "report-dir": ${reportProblem}`]),
    ...others,
  ];
  const isBad = problems.length > 0 || 'problems' in ledger;
  if (isBad || subject === undefined || typeof subject === 'string' || typeof baseline === 'string') {
    throw new BadInputs(problems.join('\n'));
  }
  const gapOf = gapsWithout(values['lift-gaps'] ?? [], ledger.gaps);
  const known = { gapOf, ledger: ledger.gaps, sendsCanaries: sendsCanaries(values, from) };
  return { ...complete(values as Values, subject, from), ...known, ...(baseline === undefined ? {} : { baseline }) };
}

function seedProblem({ shard, seed }: Partial<Values>): string[] {
  const lacks = shard !== undefined && seed === '';
  return lacks
    ? ['Input "shard": all shards need the same seed, and none is given. Give one, such as the run’s id.']
    : [];
}

/** Nobody waits for a nightly run. */
function sendsCanaries({ canaries }: Partial<Values>, { event }: Surroundings): boolean {
  return canaries === 'always' || (canaries === 'auto' && event === 'schedule');
}

function complete(
  values: Values,
  subject: Subject,
  from: Surroundings,
): Omit<Settings, 'gapOf' | 'ledger' | 'sendsCanaries'> {
  const { 'report-dir': reportDirectory, baseline: _, ...others } = values;
  return {
    ...others,
    subject,
    iterations: iterationsFor(from.event, values),
    first: 0,
    seed: values.seed === '' ? randomBytes(6).toString('hex') : values.seed,
    lanes: values.lanes === 0 ? lanesOf(availableParallelism()) : values.lanes,
    reportDirectory: newReportDirectory(reportDirectory, from),
  };
}

/** Lanes for a machine with so many cores where no number is given: while one waits for an answer, another uses the core (docs/speed.md). */
export function lanesOf(cores: number): number {
  return Math.min(2 * cores, MOST_LANES);
}
