import { basename, isAbsolute, join } from 'node:path';
import { USUAL_NAMES } from '../operations/index.ts';
import { MOST_ITERATIONS } from '../plan/shard.ts';
import { shellWord } from '../sandbox/lane.ts';
import { REFERENCE } from '../sandbox/sandbox.ts';
import { inertLine } from '../trust/inert.ts';
import type { FindingLine } from './record.ts';
import type { Report } from './report.ts';

/** Where the commands of this file are to be run. */
export const IN_CLONE = 'in the root of a clone of disk-image-differential-fuzz';

/** The command that runs one plan of the record again where the record was made: a finding's as it was found, or a bug's smallest. */
export function replayCommand(report: Report, { folder }: Pick<FindingLine, 'folder'>): string {
  const { instar, gapsFile } = report.run;
  const paths = { instar, gapsFile: isAbsolute(gapsFile) ? gapsFile : yourPath(gapsFile) };
  return commandOf(['replay', join(report.directory, folder), ...subjectArguments(report, paths)]);
}

/** The same for whoever has only a copy of the record. */
export function replayOfCopy(report: Report, { folder }: Pick<FindingLine, 'folder'>): string {
  return commandOf(['replay', join('path/to/report', folder), ...subjectArguments(report)]);
}

/** The command that draws one iteration of the run once more and runs it, for whoever has nothing of the record. */
export function replayOfIteration(report: Report, index: number): string {
  const { seed, operations } = report.run;
  return commandOf(['replay', `${seed}/${index}`, ...subjectArguments(report), ...operationArguments(operations)]);
}

/** The flags without which SEED/INDEX draws another plan on any machine: its operations and gaps, where they are not the usual ones. */
export function drawingArguments({ operations, gapsFile }: Report['run']): string[] {
  return [...operationArguments(operations), ...(gapsFile === '' ? [] : ['--gaps-file', yourPath(gapsFile)])];
}

/** The flags that choose the operations, unless they are the usual ones. */
function operationArguments(operations: readonly string[]): string[] {
  const usual = operations.length === USUAL_NAMES.length && USUAL_NAMES.every((name) => operations.includes(name));
  return usual ? [] : ['--operations', operations.join(',')];
}

/** A file of the reader's own, which lies elsewhere than a clone of this project. */
function yourPath(file: string): string {
  return file === '' || file === REFERENCE ? file : join('path/to', basename(file));
}

/** Where the files that a run was given lie. */
type Paths = Pick<Report['run'], 'instar' | 'gapsFile'>;

/** The flags that name the subject and where it runs; without paths, for a reader on another machine. */
function subjectArguments({ run }: Report, paths: Paths = elsewhere(run)): string[] {
  const { containerEngine, image, liftedGaps } = run;
  const place = containerEngine === 'none' ? [] : ['--image', image];
  const lifted = liftedGaps.length === 0 ? [] : ['--lift-gaps', liftedGaps.join(',')];
  const own = paths.gapsFile === '' ? [] : ['--gaps-file', paths.gapsFile];
  return ['--instar', paths.instar, '--container-engine', containerEngine, ...place, ...lifted, ...own];
}

function elsewhere({ instar, gapsFile }: Report['run']): Paths {
  return { instar: yourPath(instar), gapsFile: yourPath(gapsFile) };
}

function commandOf(words: readonly string[]): string {
  return ['script/fuzz', ...words].map((word) => shellWord(inertLine(word, 4096))).join(' ');
}

/** No shell does anything with it. */
const NO_SAME_RUN = `# No command does this run again: it went on with a seed whose earlier iterations would come first, and they are more than ${MOST_ITERATIONS} together. Its findings are replayed one by one.`;

/**
 * The command that does the whole run again, on any machine; and before it what an earlier one had done, where it went on from there. A
 * comment that says why there is none, where both together are more than one run may do.
 */
export function sameRunCommand(report: Report): string {
  const { seed, operations, timeoutSeconds, iterations, first = 0, shard, timeBudgetSeconds } = report.run;
  if (first + iterations > MOST_ITERATIONS) return NO_SAME_RUN;
  const part = shard === undefined ? [] : ['--shard', `${shard.number}/${shard.of}`];
  const budget = timeBudgetSeconds === undefined ? [] : ['--time-budget', `${timeBudgetSeconds}s`];
  const options = [
    '--seed',
    seed,
    '--iterations',
    String(first + iterations),
    ...part,
    ...budget,
    '--timeout',
    String(timeoutSeconds),
  ];
  return commandOf([...subjectArguments(report), ...options, '--operations', operations.join(',')]);
}
