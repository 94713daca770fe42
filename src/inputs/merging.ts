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
    'fuzz, or report for the last job of a sharded run: it merges the records of all shards, files issues once and writes one summary.',
  ),
  reports: define(
    optional(path('a directory')),
    '',
    'With mode: report, the directory that holds the report directories of all shards, as actions/download-artifact leaves them.',
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

/** Where its inputs come from. */
export type MergingSurroundings = Omit<Surroundings, 'text'> & { text(name: MergingInputName | keyof Values): string };

/** Whether a job is to fuzz or to bring records together; the problem where neither is said. */
export function readMode({ text }: MergingSurroundings): {
  readonly mode?: 'fuzz' | 'report';
  readonly problems: readonly string[];
} {
  const { check, default: byDefault } = MERGING_INPUTS.mode;
  const checked = check(text('mode') || byDefault);
  return checked.ok ? { mode: checked.value, problems: [] } : { problems: inputProblem('mode', checked.problem) };
}

const CHECKED = {
  reports: MERGING_INPUTS.reports,
  'report-dir': INPUTS['report-dir'],
  'fail-on': INPUTS['fail-on'],
} as const;

/** Reads and checks what a job is told that brings records together. Throws BadInputs with all problems at once, also those that others found. */
export function readMerging(from: MergingSurroundings, others: readonly string[] = []): Merging {
  const checked = checkAll(CHECKED, (name) => from.text(name) || CHECKED[name].default);
  const {
    reports,
    'report-dir': directory,
    'fail-on': failOn,
  } = checked.values as Partial<Pick<Values, 'report-dir' | 'fail-on'> & { reports: string }>;
  const problems = [
    ...checked.problems,
    ...inputProblem('reports', problemOfReports(reports ?? '', from.workspace)),
    ...inputProblem('report-dir', checkReportDirectory(directory, from.workspace)),
    ...others,
  ];
  if (problems.length > 0 || reports === undefined || failOn === undefined) throw new BadInputs(problems.join('\n'));
  return {
    reports: resolve(from.workspace, reports),
    reportDirectory: newReportDirectory(directory, from),
    failOn,
  };
}

function problemOfReports(reports: string, workspace: string): string | undefined {
  if (reports === '') return 'it is required with mode: report: give the directory below which the records lie.';
  const directory = resolve(workspace, reports);
  if (existsSync(directory) && statSync(directory).isDirectory()) return undefined;
  return `${quoted(reports)} is not a directory (looked for ${quoted(directory)}). Download the shards’ artifacts there in an earlier step.`;
}

function inputProblem(name: string, problem: string | undefined): string[] {
  return problem === undefined ? [] : [`Input "${name}": ${problem}`];
}
