import type { Exit } from '../verdict/exit.ts';
import type { CommandResult } from './command.ts';

/** Added to a signal's number: the status of a shell whose child died of it. */
const SIGNAL_BASE = 128;

/** It could not do its own part, or not start the program, which was there when the run began: timeout(1). */
const GUARD_FAILED = [125, 126, 127];

/** The highest signal of Linux, signal(7). */
const LAST_SIGNAL = 64;

/** Whether `timeout` failed, where there are no processes left for instance, or the program is being built anew; it says so, and by its status. */
export function guardFailed({ exit, stderr }: CommandResult): boolean {
  return exit.kind === 'exited' && GUARD_FAILED.includes(exit.code) && stderr.text.startsWith('timeout: ');
}

/**
 * How a command ended that a POSIX shell gave this status for, after so many milliseconds of the seconds that it may take. The shell
 * reports a signal as 128 and its number; what lies above the last signal is an exit code. What was still there at its time limit was asked
 * to end, whatever its status: BusyBox's `timeout` becomes the program, whose own status it then is (GNU's says 124).
 */
export function readStatus(status: number, milliseconds: number, seconds: number): Exit {
  if (milliseconds >= seconds * 1000) return { kind: 'timed-out', seconds };
  if (status > SIGNAL_BASE && status <= SIGNAL_BASE + LAST_SIGNAL) {
    return { kind: 'signalled', signal: status - SIGNAL_BASE };
  }
  return { kind: 'exited', code: status };
}
