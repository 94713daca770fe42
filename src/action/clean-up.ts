import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFailed } from '@actions/core';
import { FILES } from '../report/record.ts';
import { CannotRun } from '../sandbox/host.ts';
import { removeTraces } from '../session/open.ts';
import { reportOn } from '../session/session.ts';
import { runOnHost } from '../shell/run-on-host.ts';
import { inertLines } from '../trust/inert.ts';
import { showSummary } from './present.ts';
import { recall } from './state.ts';
import { warn } from './warn.ts';

/** The action's post step: removes what the run left, and reports for a run that was killed before it could. */
export async function cleanUp(): Promise<void> {
  try {
    const left = recall();
    if (left === undefined) return;
    if (left.sandbox) await removeTraces(left.sandbox, runOnHost);
    const recorded = existsSync(join(left.reportDirectory, FILES.run));
    if (!left.reported && recorded) await showSummary(reportOn(left.reportDirectory, { warn }));
  } catch (error) {
    setFailed(inertLines(error instanceof CannotRun ? error.message : `Cleaning up failed: ${String(error)}`));
  }
}
