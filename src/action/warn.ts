import { warning } from '@actions/core';
import { inertLines } from '../trust/inert.ts';

/** Annotates the run with a warning that holds words of others. */
export function warn(message: string): void {
  warning(inertLines(message));
}
