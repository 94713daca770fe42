import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { MOST_PLAN_SEED } from '../gaps/canary-seed.ts';
import type { Operation } from '../operations/operation.ts';
import { CALLED_FROM, PLAN_VERSION, type Plan, type Step, TWIN_CHECKS } from '../plan/plan.ts';
import { Source } from '../plan/source.ts';
import { Swarm } from '../plan/swarm.ts';

/** A stored plan is not one that this version can execute. */
export class BadPlan extends Error {}

/** How often known gaps may turn draws of one plan away: of 6,000 plans that measure alone, the most was 1,441. */
export const MOST_AVOIDED = 10_000;

/** The last iteration that a seed may come to, run after run. */
export const MOST_INDEX = 1_000_000_000;

const position = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99));
const name = v.pipe(v.string(), v.maxLength(100));

const StoredPlan = v.strictObject({
  version: v.literal(PLAN_VERSION),
  seed: v.pipe(v.string(), v.maxLength(MOST_PLAN_SEED)),
  index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_INDEX)),
  swarm: Swarm,
  source: Source,
  steps: v.pipe(
    v.array(
      v.variant('kind', [
        v.strictObject({
          kind: v.literal('run'),
          position,
          operation: name,
          options: v.record(name, v.unknown()),
          twin: v.picklist(TWIN_CHECKS),
          mistakes: v.optional(v.pipe(v.array(name), v.minLength(1), v.maxLength(16))),
          calledFrom: v.optional(v.picklist(CALLED_FROM)),
        }),
        v.strictObject({ kind: v.literal('skipped'), position, operation: name, gap: name }),
      ]),
    ),
    v.minLength(1),
    v.maxLength(16),
    v.check(
      (steps) => new Set(steps.map(({ position: one }) => one)).size === steps.length,
      'two steps have one position',
    ),
  ),
  avoided: v.pipe(v.array(name), v.maxLength(MOST_AVOIDED)),
});

/** Reads a plan from `plan.json` or from a finding's folder that holds one. Throws BadPlan that says what is wrong. */
export function readStoredPlan(path: string, operations: readonly Operation[]): Plan {
  const file = statSync(path).isDirectory() ? join(path, 'plan.json') : path;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BadPlan(`${file} cannot be read as JSON: ${String(error)}`);
  }
  return parsePlan(json, operations, file);
}

/** Checks a plan that came from outside against its schema and bounds, down to every option of every step. */
export function parsePlan(json: unknown, operations: readonly Operation[], file: string): Plan {
  const plan = v.safeParse(StoredPlan, json);
  if (!plan.success) throw new BadPlan(`${file} is no plan of version ${PLAN_VERSION}: ${problemOf(plan.issues)}`);
  for (const step of plan.output.steps) checkStep(step, operations, file);
  return plan.output;
}

/** Whether a plan is well-formed and within its bounds. */
export function isStored(plan: Plan, operations: readonly Operation[]): boolean {
  try {
    parsePlan(plan, operations, 'plan');
    return true;
  } catch (error) {
    if (error instanceof BadPlan) return false;
    throw error;
  }
}

function checkStep(step: Step, operations: readonly Operation[], file: string): void {
  if (step.kind === 'skipped') return;
  const operation = operations.find((candidate) => candidate.name === step.operation);
  if (operation === undefined) throw new BadPlan(`${file}: step ${step.position} is of no known operation.`);
  const known = operation.mistakes.flat();
  if (step.mistakes?.some((mistake) => !known.includes(mistake))) {
    throw new BadPlan(`${file}: step ${step.position}: no such mistake can be made there.`);
  }
  const options = v.safeParse(operation.schema, step.options);
  if (!options.success) throw new BadPlan(`${file}: step ${step.position}: ${problemOf(options.issues)}`);
}

function problemOf([issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  return `${v.getDotPath(issue) ?? 'the document'}: ${issue.message}`;
}
