import type { Values } from './definitions.ts';

/** Which input tells the number of iterations, by the event that triggered the run. */
const BY_EVENT = {
  pull_request: 'iterations-pull-request',
  pull_request_target: 'iterations-pull-request',
  merge_group: 'iterations-pull-request',
  schedule: 'iterations-schedule',
  workflow_dispatch: 'iterations-workflow-dispatch',
} as const;

/** The iterations of this run: those given for every trigger, else those of the trigger; other events count as push. */
export function iterationsFor(event: string, values: Values): number {
  if (values.iterations !== undefined) return values.iterations;
  const known = Object.hasOwn(BY_EVENT, event) ? BY_EVENT[event as keyof typeof BY_EVENT] : 'iterations-push';
  return values[known];
}
