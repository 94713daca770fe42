import { CannotRun } from './host.ts';
import type { Interpreter } from './interpreter.ts';
import type { Lane } from './lane.ts';
import { PARTS, type Part, type Scratch } from './scratch.ts';

/** A lane into each part of the sandbox. */
export type Lanes = Readonly<Record<Part, Lane>>;

/** Where the commands of a run are executed, in two parts that share nothing but the files that are open to the subject. */
export interface Sandbox {
  readonly scratch: Scratch;
  /** The subject's executable as it is called inside. */
  readonly subject: string;
  /** The subject as it was before, as it is called inside; absent when there is none. */
  readonly baseline?: string;
  /** New lanes. Throws LaneLost where there are none to be had just now, and SandboxGone where there will be none. */
  openLanes(): Promise<Lanes>;
  /** Starts one of the tools that stays, says this prompt and is told its commands, with these variables in its environment too. */
  startInterpreter(program: string, prompt: string, variables: Readonly<Record<string, string>>): Interpreter;
  /** A shell script for the subject's part that removes an iteration's directory, `$1`, and what still runs of the iteration. */
  readonly endIteration: string;
  /**
   * Removes a directory of the scratch space from the tools' part, beside all lanes, as well as that goes: what fills the memory that the subject's
   * part may have leaves no room there for a process that could do it. Never throws.
   */
  removeBeside(directory: string): Promise<void>;
  /** Kills lanes that are beyond hearing, with all that they started. */
  killLanes(lanes: Lanes): Promise<void>;
  /** Ends everything in the sandbox and removes the scratch space. */
  close(): Promise<void>;
}

/** Lanes that have told by what they can be killed when they are beyond hearing. Kills both and throws LaneLost where one does not. */
export async function greeted(lanes: Lanes): Promise<Lanes> {
  try {
    await Promise.all(PARTS.map((part) => lanes[part].sessionLeader()));
    return lanes;
  } catch (error) {
    abandon(lanes);
    throw error;
  }
}

/** Ends the shells of lanes at once. */
export function abandon(lanes: Lanes): void {
  for (const part of PARTS) lanes[part].kill();
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
