import { join } from 'node:path';
import type { Lane } from '../sandbox/lane.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { RENEW_DIRECTORY } from '../sandbox/sweep.ts';

/** Seconds that a whole reproducer may take, beside the time limit of one command in it. */
const SCRIPT_SECONDS = 60;

/**
 * Runs a reproducer by itself, in a new directory with nothing but the tools, and gives its exit code; undefined when it did not end by
 * itself. Throws LaneLost when the lane breaks.
 */
export async function runScript(
  script: string,
  { lane, sandbox, timeoutSeconds }: { lane: Lane; sandbox: Sandbox; timeoutSeconds: number },
): Promise<number | undefined> {
  const directory = join(sandbox.scratch.path, 'reproducer');
  const seconds = SCRIPT_SECONDS + timeoutSeconds;
  const prepare = ['sh', '-c', RENEW_DIRECTORY, 'sh', directory, directory];
  const clean = ['sh', '-c', sandbox.endIteration, 'sh', directory];
  const here = sandbox.scratch.path;
  await lane.run({ directory: here, argv: prepare, timeoutSeconds: SCRIPT_SECONDS, trusted: true });
  const argv = ['env', `INSTAR=${sandbox.subject}`, 'sh', '-c', script, 'repro.sh'];
  const { exit } = await lane.run({ directory, argv, timeoutSeconds: seconds });
  await lane.run({ directory: here, argv: clean, timeoutSeconds: SCRIPT_SECONDS, trusted: true });
  return exit.kind === 'exited' ? exit.code : undefined;
}
