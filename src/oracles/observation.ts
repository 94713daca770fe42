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
  /** Was not there before the command. */
  readonly isNew?: true;
  /** Each side made it with its own tool, so that the other's says nothing about it; a copy of it was kept. */
  readonly own?: true;
  /** The images below it, without which it cannot be read. */
  readonly below?: readonly string[];
  /** The command writes into it, unless it refuses. */
  readonly inPlace?: true;
  /** Its disk has the reference's very size. */
  readonly exactSize?: true;
  /** Internal snapshots in it, each by its id or its name. */
  readonly snapshots?: readonly string[];
}

/** An image as it was before the command, the whole of it or a part, by its path among the fixtures; or nothing but zeros. */
export type Kept =
  | ({ readonly kind: 'image'; readonly path: string; readonly format: string } & Part)
  | { readonly kind: 'zeros'; readonly size: number };

/** A part of a disk, in bytes; both absent for the whole of it. */
export interface Part {
  readonly offset?: number;
  readonly length?: number;
}

/**
 * What a guest must find in an output whatever the reference did: data that was there before. A larger disk than what was kept
 * must read zero beyond it.
 */
export interface Invariant {
  /** In words, for people: what holds. */
  readonly says: string;
  readonly kept: Kept;
  readonly found: ImageFile & Part;
}

/** Where files of an iteration lie: either side's directory, the fixtures as they were made, copies for the twin check, the subject's own as they were. */
export type Root = Side | 'fixture' | 'twin' | 'before';

/** A question to a tool, asked in the directory that the step ran in. */
export interface Question {
  readonly side: Side;
  readonly program: Program;
  readonly args: readonly string[];
  /** Asks elsewhere than in the side's directory: among the twin's copies, or above, where all directories are visible. */
  readonly place?: 'twin' | 'above';
  /** It writes a file that a later question is about. */
  readonly makes?: true;
}

/** What an oracle may ask. Any of these ends the step as inconclusive when a time limit strikes. */
export interface Bench {
  ask(question: Question): Promise<CommandResult>;
  /** Whether a program is there to be asked. */
  has(program: Program): boolean;
  /** The path of a file as seen from the iteration's directory. */
  pathOf(root: Root, path: string): string;
  /** Copies files of the reference's to where the subject may read them. */
  lendToTwin(paths: readonly string[]): Promise<void>;
  /** Size in bytes of a side's regular file; undefined if there is none. Never follows a link. */
  fileSize(side: Side, path: string): number | undefined;
  /** Whether the subject's file is behind a link, so that what was read may have been another. */
  leadsElsewhere(path: string): boolean;
  /** Whether both sides hold byte-identical regular files at each of these paths; false for no paths. */
  identical(paths: readonly string[]): Promise<boolean>;
  /**
   * Whether the subject's copy of an input holds the bytes that it held before the subject ran, or those that the reference left in it. Of a file that
   * is written in place nobody can tell where the reference has written into it as well.
   */
  untouched(file: ImageFile): Promise<boolean>;
}

/** What one step did on both sides. */
export interface Observation {
  readonly operation: string;
  readonly subject: CommandResult;
  readonly reference: CommandResult;
  readonly inputs: readonly ImageFile[];
  readonly outputs: readonly ImageFile[];
  readonly invariants: readonly Invariant[];
  readonly bench: Bench;
}

/** Looks for one class of difference. */
export type Oracle = (observation: Observation) => Promise<Judgement | undefined>;
