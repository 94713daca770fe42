import { chosenOf, insideOf, type SchemaNode } from '../plan/schema.ts';
import { CLUSTER } from '../plan/size.ts';
import { isDisk } from './disks.ts';
import { simplerNumbers } from './numbers.ts';
import { isExtent, isObject, type Members } from './values.ts';

/** A size among the members of an object or of its parts: where a disk ends, or what a resize keeps of it. */
interface End {
  readonly path: readonly string[];
  readonly node: SchemaNode;
  readonly bytes: number;
}

/** One of the ends that are told beside an object's own is elsewhere, and what was written before it stays as near to it. */
export function* otherEnds(node: SchemaNode, value: Members): Generator<Members> {
  const [, ...others] = endsIn(node, value);
  for (const { path, node: entry, bytes } of others) {
    for (const other of simplerNumbers(entry, bytes)) {
      // What is written into the last cluster is near the end.
      const moved = brought(value, { behind: Math.min(other, bytes - CLUSTER), end: bytes, by: other - bytes });
      yield withValue(moved, path, other) as Members;
    }
  }
}

function endsIn(node: SchemaNode, value: Members): End[] {
  return Object.entries(node.entries ?? {}).flatMap(([name, entry]) => {
    const member = value[name];
    if (isDisk(entry) && typeof member === 'number') return [{ path: [name], node: entry, bytes: member }];
    const chosen = isObject(member) ? chosenOf(insideOf(entry), member) : undefined;
    if (chosen === undefined || !isObject(member)) return [];
    return endsIn(chosen, member).map((end) => ({ ...end, path: [name, ...end.path] }));
  });
}

interface Move {
  /** Extents move that end behind the one and not behind the other. */
  readonly behind: number;
  readonly end: number;
  readonly by: number;
}

function brought(value: unknown, move: Move): unknown {
  if (Array.isArray(value)) return value.map((item) => brought(item, move));
  if (!isObject(value)) return value;
  if (isExtent(value)) {
    const end = value.offset + value.length;
    const moves = end > move.behind && end <= move.end;
    return moves ? { ...value, offset: Math.max(0, value.offset + move.by) } : value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, brought(member, move)]));
}

function withValue(value: unknown, [name, ...rest]: readonly string[], bytes: number): unknown {
  if (name === undefined) return bytes;
  return isObject(value) ? { ...value, [name]: withValue(value[name], rest, bytes) } : value;
}
