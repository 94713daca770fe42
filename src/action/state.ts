import { getState, saveState } from '@actions/core';
import type { SandboxPlan } from '../session/open.ts';

/** What the step's second process, `post`, has to know of the first. */
export interface Left {
  /** Absent where nothing is run, only told. */
  readonly sandbox?: SandboxPlan;
  readonly reportDirectory: string;
}

/** Remembers what will have to be removed; called before it exists, so that no moment of a run is uncovered. */
export function rememberTraces(left: Left): void {
  saveState('left', JSON.stringify(left));
}

/** Remembers that the run has said all that it had to say. */
export function rememberReported(): void {
  saveState('reported', 'yes');
}

/** What the first process left, and whether it reported; undefined when it never came to start anything. */
export function recall(): (Left & { readonly reported: boolean }) | undefined {
  const left = getState('left');
  return left === '' ? undefined : { ...(JSON.parse(left) as Left), reported: getState('reported') === 'yes' };
}
