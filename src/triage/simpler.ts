/**
 * Simpler values, by the schema of what they are: a lazy list for each kind of value, the simplest first. Nothing here runs anything, and
 * a candidate need not make sense; that is found out by checking and running it.
 */
import * as v from 'valibot';
import { alternativesOf, ordinaryOf, type SchemaNode, schemaOf, simplestOf } from '../plan/schema.ts';
import { oddOf, otherDisks, withoutParts } from './disks.ts';
import { otherEnds } from './ends.ts';
import { simplerNumbers } from './numbers.ts';
import { scaled } from './scale.ts';
import { type Extent, isExtent, isObject, type Members } from './values.ts';

/** Candidates for one value as a whole; its parts are spots of their own. */
export function* simplerValues(node: SchemaNode, value: unknown): Generator<unknown> {
  switch (node.type) {
    case 'boolean':
    case 'picklist':
      yield* before(ordinaryOf(node), value);
      return;
    case 'number':
      if (typeof value === 'number') yield* simplerNumbers(node, value);
      return;
    case 'optional':
      if (value !== undefined) yield undefined;
      return;
    case 'array':
      if (Array.isArray(value)) yield* shorterLists(value);
      return;
    case 'variant':
      yield* otherAlternatives(node, value);
      return;
    default:
      if (isObject(value)) yield* simplerObjects(node, value);
  }
}

/** Those of some values, the most ordinary first, that are more ordinary than one; all, when it is none of them. */
export function before<T>(values: readonly T[], value: T): readonly T[] {
  const at = values.indexOf(value);
  return at < 0 ? values : values.slice(0, at);
}

/** Without a half, without one element. */
function* shorterLists(values: readonly unknown[]): Generator<readonly unknown[]> {
  if (values.length === 0) return;
  yield [];
  const half = Math.floor(values.length / 2);
  if (half > 0) yield values.slice(half);
  if (half > 0 && values.length > 2) yield values.slice(0, half);
  if (values.length > 1) for (const at of values.keys()) yield values.toSpliced(at, 1);
}

/** The same thing in a simpler form, once with a disk of an odd size: members that both forms have are kept where they fit. */
function* otherAlternatives(node: SchemaNode, value: unknown): Generator<unknown> {
  const key = node.key ?? '';
  for (const alternative of alternativesOf(node)) {
    if (v.is(schemaOf(alternative), value)) return;
    const recasted = recast(alternative, value);
    const kinds = alternative.entries?.[key] ? ordinaryOf(alternative.entries[key]) : [];
    for (const kind of kinds) {
      const simpler = { ...recasted, [key]: kind };
      yield simpler;
      yield* oddOf(alternative, simpler);
    }
  }
}

function recast(node: SchemaNode, value: unknown): Members {
  const old = isObject(value) ? value : {};
  const entries = Object.entries(node.entries ?? {}).flatMap(([name, entry]) => {
    if (Object.hasOwn(old, name) && v.is(schemaOf(entry), old[name])) return [[name, old[name]] as const];
    return entry.type === 'optional' ? [] : [[name, simplestOf(entry)] as const];
  });
  return Object.fromEntries(entries);
}

/** All choices of an object ordinary at once; its extents in the ordinary unit; its disks of a simpler size; an extent shorter. */
function* simplerObjects(node: SchemaNode, value: Members): Generator<Members> {
  const entries = Object.entries(node.entries ?? {});
  const choices = entries.filter(([, { type }]) => type === 'picklist' || type === 'boolean');
  const plain = { ...value, ...Object.fromEntries(choices.map(([name, entry]) => [name, ordinaryOf(entry)[0]])) };
  if (choices.some(([name]) => plain[name as keyof typeof plain] !== value[name])) yield plain;
  yield* withoutParts(node, value);
  yield* scaled(node, value);
  yield* otherDisks(node, value);
  yield* otherEnds(node, value);
  if (isExtent(value)) yield* shorterExtents(node, value);
}

/** Its end may be what matters. */
function* shorterExtents(node: SchemaNode, value: Members & Extent): Generator<Members> {
  const lengths = node.entries?.['length'];
  if (lengths === undefined) return;
  for (const length of simplerNumbers(lengths, value.length)) {
    if (length < value.length) yield { ...value, offset: value.offset + value.length - length, length };
  }
}
