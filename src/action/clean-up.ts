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

/**
 * The action's post step: removes what the run left, and reports for a run that was killed before it could. Neither is lost where the other
 * fails; what failed turns the step red. Never throws.
 */
export async function cleanUp(): Promise<void> {
  const problems: string[] = [];
  const attempt = async (task: () => Promise<void>) => {
    try {
      await task();
    } catch (error) {
      problems.push(error instanceof CannotRun ? error.message : `Cleaning up failed: ${String(error)}`);
    }
  };
  await attempt(async () => {
    const left = recall();
    if (left === undefined) return;
    const { sandbox } = left;
    if (sandbox) await attempt(() => removeTraces(sandbox, runOnHost));
    await attempt(() => reportFor(left));
  });
  if (problems.length > 0) setFailed(inertLines(problems.join('\n')));
}

async function reportFor({ reported, reportDirectory }: NonNullable<ReturnType<typeof recall>>): Promise<void> {
  const recorded = existsSync(join(reportDirectory, FILES.run));
  if (!reported && recorded) await showSummary(reportOn(reportDirectory, { warn }));
}
