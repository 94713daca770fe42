/** The bugs of a record as they are filed and remembered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { warning } from '@actions/core';
import { OPERATIONS } from '../operations/index.ts';
import type { Plan } from '../plan/plan.ts';
import { readText } from '../report/evidence.ts';
import type { BugLine, Report } from '../report/report.ts';
import type { Bug } from '../triage/bug.ts';
import { parsePlan } from '../triage/stored-plan.ts';
import { inertLine } from '../trust/inert.ts';
import { parseOutsideJson } from '../trust/parse.ts';

/** The smallest plan of a bug; undefined, with a warning, where it cannot be read: the other bugs are told all the same. */
export function planOf({ directory }: Report, { folder }: BugLine): Plan | undefined {
  try {
    return parsePlan(parseOutsideJson(readFileSync(join(directory, folder, 'plan.json'), 'utf8')), OPERATIONS, folder);
  } catch (error) {
    warning(inertLine(`The bug in ${folder} is left out: its plan cannot be read: ${String(error)}`, 500));
    return undefined;
  }
}

/** A bug with what lies in its folder; undefined, with a warning, where its plan or its script cannot be read. */
export function bugOf(report: Report, line: BugLine): Bug | undefined {
  const plan = planOf(report, line);
  if (plan === undefined) return undefined;
  const reproducer = readText(join(report.directory, line.folder, 'repro.sh'));
  if (reproducer === undefined) {
    warning(inertLine(`The bug in ${line.folder} is left out: its script cannot be read.`, 500));
    return undefined;
  }
  const { kind: _, folder: __, indices, ...told } = line;
  const { seed } = report.run;
  return { ...told, reproducer, plan, sightings: indices.map((index) => ({ seed, index })) };
}
