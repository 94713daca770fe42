import type { Exit } from '../verdict/exit.ts';
import type { CommandResult } from './command.ts';

/** Added to a signal's number: the status of a shell whose child died of it. */
export const SIGNAL_BASE = 128;

const GUARD_FAILED = 125;

/** What timeout(1) ends with where it cannot start the program: it cannot be executed, it is not there. */
export const NOT_STARTED: readonly number[] = [126, 127];

/** The highest signal of Linux, signal(7). */
export const LAST_SIGNAL = 64;

/** Whether `timeout` could not do its own part, where there are no processes left for instance; timeout(1) tells so by this status. */
export function guardFailed({ exit, stderr }: CommandResult): boolean {
  return exit.kind === 'exited' && exit.code === GUARD_FAILED && stderr.text.startsWith('timeout: ');
}

/** Whether the program was not to be started: it is not there, or cannot be executed. A program with these statuses says something else. */
export function wasNotStarted({ exit, stderr }: CommandResult): boolean {
  return exit.kind === 'exited' && NOT_STARTED.includes(exit.code) && stderr.text.startsWith('timeout: ');
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
