import { join } from 'node:path';
import type { Lane } from '../sandbox/lane.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { areaOf } from '../sandbox/scratch.ts';
import { RENEW_DIRECTORY } from '../sandbox/sweep.ts';
import { keepHouse } from './housekeeping.ts';

/** Seconds that a whole reproducer may take, beside the time limit of one command in it. */
const SCRIPT_SECONDS = 60;

/**
 * Runs a reproducer by itself, in a new directory with nothing but the tools, in a lane into the subject's part, as the subject is in it. Gives its
 * exit code; undefined when it did not end by itself. Throws LaneLost when the lane breaks.
 */
export async function runScript(
  script: string,
  { lane, sandbox, timeoutSeconds }: { lane: Lane; sandbox: Sandbox; timeoutSeconds: number },
): Promise<number | undefined> {
  const area = areaOf(sandbox.scratch.path, 'subject');
  const directory = join(area, 'reproducer');
  await keepHouse(lane, area, RENEW_DIRECTORY, [directory]);
  const argv = ['env', `INSTAR=${sandbox.subject}`, 'sh', '-c', script, 'repro.sh'];
  const { exit } = await lane.run({ directory, argv, timeoutSeconds: SCRIPT_SECONDS + timeoutSeconds });
  await keepHouse(lane, area, sandbox.endIteration, [directory]);
  return exit.kind === 'exited' ? exit.code : undefined;
}
