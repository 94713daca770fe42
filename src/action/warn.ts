import { debug, warning } from '@actions/core';
import { stackOf } from '../session/session.ts';
import { inertLine, inertLines } from '../trust/inert.ts';

/** Annotates the run with a warning that holds words of others. */
export function warn(message: string): void {
  warning(inertLines(message));
}

/** Annotates the run with what went wrong beside it, by the error's message alone: where it came from is for the debug log. */
export function warnOfError(what: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  warning(`${what}: ${inertLine(message.replace(/\.$/, ''), 500)}; the run itself is not affected.`);
  debug(inertLines(stackOf(error)));
}
