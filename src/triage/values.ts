/** How shrinking goes through the values of a plan. */

import { chosenOf, type SchemaNode } from '../plan/schema.ts';

/** An object of a plan, by the names of its members. */
export type Members = Readonly<Record<string, unknown>>;

/** A part of a disk, in bytes. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** The whole units, of so many bytes, that an extent touches. */
export function roundedOut({ offset, length }: Extent, unit: number): Extent {
  const start = Math.floor(offset / unit) * unit;
  return { offset: start, length: Math.ceil((offset + length) / unit) * unit - start };
}

/** A value with its items or members made anew, each by its own schema; what has none stays. */
export function withParts(
  node: SchemaNode,
  value: unknown,
  make: (entry: SchemaNode, part: unknown) => unknown,
): unknown {
  const { item } = node;
  if (Array.isArray(value)) return item ? value.map((part) => make(item, part)) : value;
  if (!isObject(value)) return value;
  const entries = chosenOf(node, value)?.entries ?? {};
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const entry = entries[name];
      return [name, entry === undefined ? part : make(entry, part)];
    }),
  );
}

/** Whether a value is a part of a disk, whatever else it says. */
export function isExtent(value: unknown): value is Members & Extent {
  return isObject(value) && typeof value['offset'] === 'number' && typeof value['length'] === 'number';
}

/** Whether a value has members: it is neither a list nor null. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
