import type { Exit } from '../verdict/exit.ts';
import type { Side } from '../verdict/finding.ts';
import type { Command, CommandResult, Program } from './command.ts';

/**
 * Why a command was run: to make its input, because it is under test, because the subject is made to read what the reference wrote, or
 * to look at what the tools left.
 */
export type Purpose = 'fixture' | 'test' | 'twin' | 'readback';

/** One command as it is stored: the reproducer is printed from these and nothing else. */
export interface TranscriptEntry {
  /** The step it belongs to, from 1; 0 for the making of the source image. */
  readonly step: number;
  readonly purpose: Purpose;
  readonly side: Side;
  readonly directory: string;
  readonly program: Program;
  readonly args: readonly string[];
  readonly mostBytes?: number;
  readonly exit: Exit;
  readonly milliseconds: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Done without a process of its own. What is confirmed and printed never is. */
  readonly helped?: true;
}

/** Characters of each stream that a stored transcript keeps of one command. */
const STORED_OUTPUT = 8 * 1024;

/** The entry for a command and what it did. */
export function entryOf(step: number, purpose: Purpose, command: Command, result: CommandResult): TranscriptEntry {
  return {
    step,
    purpose,
    side: command.side,
    directory: command.directory,
    program: command.program,
    args: command.args,
    ...(command.mostBytes !== undefined && { mostBytes: command.mostBytes }),
    exit: result.exit,
    milliseconds: Math.round(result.milliseconds * 10) / 10,
    stdout: bounded(result.stdout.text, result.stdout.bytes),
    stderr: bounded(result.stderr.text, result.stderr.bytes),
  };
}

function bounded(text: string, bytes: number): string {
  return text.length <= STORED_OUTPUT ? text : `${text.slice(0, STORED_OUTPUT)}\n[cut; ${bytes} bytes in all]`;
}
