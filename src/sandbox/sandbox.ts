import { CannotRun } from './host.ts';
import type { Interpreter } from './interpreter.ts';
import type { Lane } from './lane.ts';
import type { Part, Scratch } from './scratch.ts';

/** A lane into each part of the sandbox. */
export type Lanes = Readonly<Record<Part, Lane>>;

/** Where the commands of a run are executed, in two parts that share nothing but the files that are open to the subject. */
export interface Sandbox {
  readonly scratch: Scratch;
  /** The subject's executable as it is called inside. */
  readonly subject: string;
  /** The subject as it was before, as it is called inside; absent when there is none. */
  readonly baseline?: string;
  /** New lanes. That there is none to be had just now shows at its first command, which throws LaneLost. Throws SandboxGone. */
  openLanes(): Promise<Lanes>;
  /** Starts one of the tools that stays, says this prompt and is told its commands, with these variables in its environment too. */
  startInterpreter(program: string, prompt: string, variables: Readonly<Record<string, string>>): Interpreter;
  /** A shell script for the subject's part that removes an iteration's directory, `$1`, and what still runs of the iteration. */
  readonly endIteration: string;
  /** Kills lanes that are beyond hearing, with all that they started. */
  killLanes(lanes: Lanes): Promise<void>;
  /** Ends everything in the sandbox and removes the scratch space. */
  close(): Promise<void>;
}

/** There will never be a lane again. */
export class SandboxGone extends CannotRun {
  constructor(why: string) {
    super(`The sandbox is gone, no command can be run in it any more: ${why}`);
  }
}

/** How the subject is named: a file on the host, or the reference itself in a calibration run. */
export type Subject =
  | { readonly kind: 'reference' }
  | { readonly kind: 'file'; readonly path: string; readonly directory: string };

/** The reference's name: found in the sandbox's PATH, where the subject looks for it too. */
export const REFERENCE = 'qemu-img';
