import { type Lane, LaneLost } from '../sandbox/lane.ts';
import { describeExit, succeeded } from '../verdict/exit.ts';

/** Seconds for making and removing a directory. */
const HOUSEKEEPING_SECONDS = 60;

/** Runs one of the sandbox's own scripts in a lane. Throws LaneLost when it fails: nothing can be trusted in that lane any more. */
export async function keepHouse(lane: Lane, directory: string, script: string, args: readonly string[]): Promise<void> {
  const argv = ['sh', '-c', script, 'sh', ...args];
  const { exit, stderr } = await lane.run({ directory, argv, timeoutSeconds: HOUSEKEEPING_SECONDS, trusted: true });
  if (succeeded(exit)) return;
  throw new LaneLost(`housekeeping ended with ${describeExit(exit)}: ${stderr.text.trim().slice(0, 300)}`);
}
