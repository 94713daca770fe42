/** How the files of a record are kept and read again: one that is damaged costs what stood in it, and no other. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { inertJson } from '../trust/inert.ts';
import { parseOutsideJson } from '../trust/parse.ts';

/**
 * Keeps a file of the record. A reader, or a process that takes over after a kill, finds the old file or the new one, never half of one.
 * Throws what the file system throws.
 */
export function keepText(directory: string, name: string, text: string): void {
  const path = join(directory, name);
  try {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  } catch (error) {
    // On a full disk half a file takes the room that others need.
    rmSync(`${path}.new`, { force: true });
    throw error;
  }
}

/** Keeps a value in the same way, as inert JSON. */
export function keepJson(directory: string, name: string, value: unknown, indent = 1): void {
  keepText(directory, name, `${inertJson(value, indent)}\n`);
}

/** The files of a record while they are read, and which of them turned out to be damaged. */
export class KeptFiles {
  readonly directory: string;
  readonly #damaged = new Set<string>();

  /** Reads nothing yet. */
  constructor(directory: string) {
    this.directory = directory;
  }

  /** The names of the files that were read and of which something could not be. */
  get damaged(): readonly string[] {
    return [...this.#damaged];
  }

  /** What `parse` makes of a file; undefined where there is none, or where it is damaged: where it makes nothing of it. */
  read<T>(name: string, parse: (text: string) => T | undefined): T | undefined {
    const path = join(this.directory, name);
    if (!existsSync(path)) return undefined;
    try {
      const parsed = parse(readFileSync(path, 'utf8'));
      if (parsed !== undefined) return parsed;
    } catch {
      // What cannot be read is as lost as what cannot be parsed.
    }
    this.#damaged.add(name);
    return undefined;
  }

  /** The value in a JSON file; undefined where there is none, or none of this form. */
  json<T>(name: string, form: v.GenericSchema<unknown, T>): T | undefined {
    return this.read(name, (text) => inForm(form, parseOutsideJson(text)));
  }

  /** The objects that the lines of a file are; none where there is no file. A line that is none does not count. */
  lines(name: string): readonly object[] {
    const read = this.read(name, wholeLines);
    if (read?.someLost) this.#damaged.add(name);
    return read?.lines ?? [];
  }
}

/** A value, if it is of this form; else undefined. */
export function inForm<T>(form: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
  const { success, output } = v.safeParse(form, value);
  return success ? output : undefined;
}

/** The JSON objects that a text's lines are, and whether other lines had to be left out. */
export function wholeLines(text: string): { readonly lines: readonly object[]; readonly someLost: boolean } {
  const all = text.split('\n').filter((line) => line !== '');
  const lines = all.map((line) => parseOutsideJson(line)).filter((line) => typeof line === 'object' && line !== null);
  return { lines, someLost: lines.length < all.length };
}
