/**
 * Oracles look at what both sides did and left behind, and find a difference or nothing. Each is a small function of an
 * observation; what it must ask the tools about the files goes through the observation's bench, so that every
 * question is bounded in time and recorded like any other command.
 */
import type { CommandResult, Program } from '../sandbox/command.ts';
import type { Judgement, Side } from '../verdict/finding.ts';

/** An image that a step read or wrote, by its path relative to either side's directory. */
export interface ImageFile {
  readonly path: string;
  readonly format: string;
}

/** A question to a tool, asked in the directory that the step ran in. */
export interface Question {
  readonly side: Side;
  readonly program: Program;
  readonly args: readonly string[];
  /** Asks from the iteration's directory instead, where both sides' directories are visible. */
  readonly above?: boolean;
}

/** What an oracle may ask. Any of these ends the step as inconclusive when a time limit strikes. */
export interface Bench {
  ask(question: Question): Promise<CommandResult>;
  /** The path of a side's file as seen from the iteration's directory. */
  pathOf(side: Side, path: string): string;
  /** Size in bytes of a side's regular file; undefined if there is none. Never follows a link. */
  fileSize(side: Side, path: string): number | undefined;
  /** Whether both sides hold byte-identical regular files at each of these paths; false for no paths. */
  identical(paths: readonly string[]): Promise<boolean>;
  /** Whether the subject's copy of an input still is what it was before the subject ran. */
  untouched(path: string): Promise<boolean>;
}

/** What one step did on both sides. */
export interface Observation {
  readonly operation: string;
  readonly subject: CommandResult;
  readonly reference: CommandResult;
  readonly inputs: readonly ImageFile[];
  readonly outputs: readonly ImageFile[];
  readonly bench: Bench;
}

/** Looks for one class of difference. */
export type Oracle = (observation: Observation) => Promise<Judgement | undefined>;
