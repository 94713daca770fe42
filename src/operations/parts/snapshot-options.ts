import * as v from 'valibot';
import { Qcow2Options } from '../../plan/qcow2.ts';
import { DiskSize } from '../../plan/size.ts';
import { type Write, Writes } from '../../plan/write.ts';

/**
 * The names of snapshots, the oldest first, the last one for one that is new. Several may have the same; and a name that reads like the id of
 * another is what tools mix up.
 */
const NAMES = {
  plain: ['one', 'two', 'three'],
  same: ['same', 'same', 'same'],
  numbers: ['2', '1', '2'],
} as const;

/** The image, and what is asked for. */
export const Snapshot = v.strictObject({
  mode: v.picklist(['create', 'apply', 'delete', 'list']),
  ...Qcow2Options.entries,
  size: DiskSize,
  /** What was written before a first snapshot of it was taken, and between that and a second. */
  first: v.optional(Writes),
  second: v.optional(Writes),
  /** What is written last. */
  writes: Writes,
  names: v.picklist(['plain', 'same', 'numbers']),
  /** The snapshot that is asked for, and by what. */
  of: v.picklist(['first', 'second']),
  by: v.picklist(['name', 'id']),
});
export type Snapshot = v.InferOutput<typeof Snapshot>;

/** A snapshot that the reference took. */
export interface Taken {
  readonly id: string;
  readonly name: string;
  readonly writes: readonly Write[];
}

/** Those that are in the image, the oldest first. Their ids count from 1. */
export function takenIn({ first, second, names }: Snapshot): Taken[] {
  const stages = [first, second].filter((writes) => writes !== undefined);
  return stages.map((writes, at) => ({ id: String(at + 1), name: NAMES[names][at] ?? '', writes }));
}

/** The word that the request names a snapshot by. An id serves only to go back to one. */
export function askedFor(options: Snapshot): string {
  const { mode, names, of, by } = options;
  if (mode === 'create') return NAMES[names][2];
  const taken = takenIn(options);
  const one = of === 'first' ? taken[0] : taken.at(-1);
  return (mode === 'apply' && by === 'id' ? one?.id : one?.name) ?? NAMES.plain[0];
}

/**
 * The snapshot that this means: to go back to one, ids count before names, to delete one only names do, and of several with the same name it
 * is the oldest (the subject's docs/snapshot.md; measured: qemu-img 10.0).
 */
export function meantBy(options: Snapshot): Taken | undefined {
  const word = askedFor(options);
  const taken = takenIn(options);
  const byId = options.mode === 'apply' ? taken.find(({ id }) => id === word) : undefined;
  return byId ?? taken.find(({ name }) => name === word);
}

/** The ids of those that are there afterwards. A new one gets the next id. */
export function leftAfter(options: Snapshot): string[] {
  const ids = takenIn(options).map(({ id }) => id);
  switch (options.mode) {
    case 'create':
      return [...ids, String(ids.length + 1)];
    case 'delete':
      return ids.filter((id) => id !== meantBy(options)?.id);
    default:
      return ids;
  }
}
