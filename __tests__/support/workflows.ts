import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { read } from '../../script/generated.ts';
import { REPOSITORY } from './paths.ts';

/** A step, as far as the rules look at it. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A job, as far as the rules look at it. */
export interface Job {
  readonly name?: string;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: number;
}

/** A workflow with the text that it was read from. */
export interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly name?: string;
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group?: string; readonly 'cancel-in-progress'?: unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Reads a workflow out of its text. */
export function workflowOf(file: string, text: string): Workflow {
  return { file, text, ...(parse(text) as Omit<Workflow, 'file' | 'text'>) };
}

/** The workflows in a folder of the repository: those of its YAML files that have jobs. */
export function workflowsIn(folder: string): Workflow[] {
  const files = readdirSync(join(REPOSITORY, folder)).filter((name) => name.endsWith('.yml'));
  return files.map((name) => workflowOf(`${folder}/${name}`, read(`${folder}/${name}`))).filter(({ jobs }) => jobs);
}

/** How the docs name this action where its place and commit are the reader's to fill in. */
export const PLACEHOLDER = 'OWNER/disk-image-differential-fuzz@COMMIT';

/** All steps of a workflow that run this action. */
export function ownSteps({ jobs }: Workflow): Step[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  return steps.filter(({ uses }) => uses === './' || uses === PLACEHOLDER);
}
