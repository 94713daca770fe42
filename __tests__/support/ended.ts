import type { Captured, CommandResult } from '../../src/sandbox/command.ts';
import type { Exit } from '../../src/verdict/exit.ts';

/** All that a program printed into one stream. */
export function captured(text: string): Captured {
  return { text, bytes: text.length, truncated: false };
}

/** A command that ended like this, or with this code, and what it printed until then. */
export function ended(end: Exit | number, stdout = '', stderr = ''): CommandResult {
  const exit = typeof end === 'number' ? ({ kind: 'exited', code: end } as const) : end;
  return { exit, stdout: captured(stdout), stderr: captured(stderr), milliseconds: 1 };
}
