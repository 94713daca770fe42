/**
 * The sandbox is where commands of both tools run: two containers (or the machine itself), lanes into them, and the scratch space. This
 * folder knows which programs there are, whose side a command is on and what it is for. It knows no operation, no image format and no difference.
 */
import type { Exit } from '../verdict/exit.ts';
import type { Side } from '../verdict/finding.ts';

/** The programs that a command may start; the lane turns the symbolic ones into real paths. */
export type Program = 'subject' | 'reference' | 'qemu-io' | 'cp' | 'awk' | ThirdReader;

/** Programs that share no code with either tool and can read some of their formats. A run does without those that are missing. */
export const THIRD_READERS = ['qcowinfo', 'vmdkinfo', 'vhdiinfo'] as const;
export type ThirdReader = (typeof THIRD_READERS)[number];

/** Whether a program is one of them. */
export function isThirdReader(program: Program): program is ThirdReader {
  return (THIRD_READERS as readonly Program[]).includes(program);
}

/** One command as data. `directory` is relative to the iteration's own directory. */
export interface Command {
  readonly program: Program;
  readonly args: readonly string[];
  readonly directory: string;
  /** No file that it writes grows beyond so many bytes, a multiple of 512: the disk is full, as far as it can tell. */
  readonly mostBytes?: number | undefined;
  /** The side whose directory it works in; shared fixtures are built on the reference's. */
  readonly side: Side;
}

/** The bounded capture of one output stream: its beginning, and how long it was in all. */
export interface Captured {
  readonly text: string;
  readonly bytes: number;
  readonly truncated: boolean;
}

/** What one command did. */
export interface CommandResult {
  readonly exit: Exit;
  readonly stdout: Captured;
  readonly stderr: Captured;
  /** Wall time from sending the command to learning of its end. */
  readonly milliseconds: number;
}

/** The last line of what a program said about itself: the most telling one of an error. */
export function lastWords({ stdout, stderr }: CommandResult): string {
  const lines = `${stdout.text}\n${stderr.text}`.split('\n').map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? 'it printed nothing').slice(0, 500);
}
