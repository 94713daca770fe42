import { basename, isAbsolute, join } from 'node:path';
import { USUAL_NAMES } from '../operations/index.ts';
import { shellWord } from '../sandbox/lane.ts';
import { inertLine } from '../trust/inert.ts';
import type { FindingLine } from './record.ts';
import type { Report } from './report.ts';

/** Where the commands of this file are to be given. */
export const IN_CLONE = 'in the root of a clone of disk-image-differential-fuzz';

/** The command that runs one plan of the record again: a finding's as it was found, or a bug's smallest. */
export function replayCommand(report: Report, { folder }: Pick<FindingLine, 'folder'>): string {
  const words = ['script/fuzz', 'replay', join(report.directory, folder), ...subjectArguments(report)];
  return words.map((word) => shellWord(inertLine(word, 4096))).join(' ');
}

/** The flags without which SEED/INDEX draws another plan on any machine: its operations and gaps, where they are not the usual ones. */
export function drawingArguments({ operations, gapsFile }: Report['run']): string[] {
  const usual = operations.length === USUAL_NAMES.length && USUAL_NAMES.every((name) => operations.includes(name));
  return [
    ...(usual ? [] : ['--operations', operations.join(',')]),
    ...(gapsFile === '' ? [] : ['--gaps-file', yourPath(gapsFile)]),
  ];
}

/** A file of the reader's own repository, which lies elsewhere than a clone of this one. */
function yourPath(file: string): string {
  return join('path/to', basename(file));
}

/** The flags that name the subject and where it runs. */
function subjectArguments({ run }: Report): string[] {
  const { instar, containerEngine, image, liftedGaps, gapsFile } = run;
  const place = containerEngine === 'none' ? [] : ['--image', image];
  const lifted = liftedGaps.length === 0 ? [] : ['--lift-gaps', liftedGaps.join(',')];
  const path = isAbsolute(gapsFile) ? gapsFile : yourPath(gapsFile);
  const own = gapsFile === '' ? [] : ['--gaps-file', path];
  return ['--instar', instar, '--container-engine', containerEngine, ...place, ...lifted, ...own];
}

/** The command that does the whole run again, on any machine; and before it what an earlier one had done, where it went on from there. */
export function sameRunCommand(report: Report): string {
  const { seed, operations, timeoutSeconds, iterations, first = 0, shard } = report.run;
  const part = shard === undefined ? [] : ['--shard', `${shard.number}/${shard.of}`];
  const options = [
    '--seed',
    seed,
    '--iterations',
    String(first + iterations),
    ...part,
    '--timeout',
    String(timeoutSeconds),
  ];
  const words = ['script/fuzz', ...subjectArguments(report), ...options, '--operations', operations.join(',')];
  return words.map(shellWord).join(' ');
}
