import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inertJson } from '../trust/inert.ts';

/** Keeps a list beside the record, in a file of this name. */
export function writeList(directory: string, name: string, items: readonly unknown[]): void {
  writeFileSync(join(directory, name), `${inertJson(items)}\n`);
}

/** A list that this program kept; empty where there is no such file. */
export function readList<T>(directory: string, name: string): readonly T[] {
  const path = join(directory, name);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T[]) : [];
}
