import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { oneOf, optional, path, quoted } from './check.ts';
import { checkAll, define, INPUTS, type Values } from './definitions.ts';
import { checkReportDirectory, newReportDirectory } from './files.ts';
import { BadInputs, type Surroundings } from './settings.ts';

/** The inputs that only the action has about bringing the records of several jobs together. */
export const MERGING_INPUTS = {
  mode: define(
    oneOf(['fuzz', 'report']),
    'fuzz',
    'fuzz; or report, in a last job, which brings the records of all shards together, files issues once and writes one summary.',
  ),
  reports: define(
    optional(path('a directory')),
    '',
    'With mode: report, the directory below which the report directories of all shards lie, as actions/download-artifact leaves them.',
  ),
} as const;

/** The name of an input about merging. */
export type MergingInputName = keyof typeof MERGING_INPUTS;

/** What a job that brings records together is told, checked. */
export interface Merging {
  /** Below here the records lie. */
  readonly reports: string;
  readonly reportDirectory: string;
  readonly failOn: Values['fail-on'];
}

/** Reads and checks what such a job is told; undefined where the job is to fuzz. Throws BadInputs with all problems at once. */
export function readMerging(
  from: Omit<Surroundings, 'text'> & { text(name: MergingInputName | keyof Values): string },
  others: readonly string[] = [],
): Merging | undefined {
  const { values, problems } = checkAll(MERGING_INPUTS, (name) => from.text(name) || MERGING_INPUTS[name].default);
  if (values['mode'] !== 'report') {
    if (problems.length > 0) throw new BadInputs([...problems, ...others].join('\n'));
    return undefined;
  }
  const reports = String(values['reports'] ?? '');
  const directory = INPUTS['report-dir'].check(from.text('report-dir'));
  const failOn = INPUTS['fail-on'].check(from.text('fail-on') || INPUTS['fail-on'].default);
  const named = directory.ok ? directory.value : undefined;
  const unwritable = checkReportDirectory(named, from.workspace);
  const all = [
    ...problems,
    ...inputProblem('reports', problemOfReports(reports, from.workspace)),
    ...inputProblem('report-dir', directory.ok ? unwritable : directory.problem),
    ...(failOn.ok ? [] : inputProblem('fail-on', failOn.problem)),
    ...others,
  ];
  if (all.length > 0 || !failOn.ok) throw new BadInputs(all.join('\n'));
  return {
    reports: resolve(from.workspace, reports),
    reportDirectory: newReportDirectory(named, from),
    failOn: failOn.value,
  };
}

function problemOfReports(reports: string, workspace: string): string | undefined {
  if (reports === '') return 'it is required with mode: report: give the directory below which the records lie.';
  const directory = resolve(workspace, reports);
  if (existsSync(directory) && statSync(directory).isDirectory()) return undefined;
  return `${quoted(reports)} is no directory (looked for ${quoted(directory)}). Download the shards’ artifacts there in an earlier step.`;
}

function inputProblem(name: string, problem: string | undefined): string[] {
  return problem === undefined ? [] : [`Input "${name}": ${problem}`];
}
