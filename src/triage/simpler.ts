/**
 * Simpler values, by the schema of what they are: a lazy list for each kind of value, the simplest first. Nothing here runs anything, and
 * a candidate need not make sense; that is found out by checking and running it.
 */
import * as v from 'valibot';
import { alternativesOf, chosenOf, ordinaryOf, type SchemaNode, schemaOf, simplestOf } from '../plan/schema.ts';

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

function before(values: readonly unknown[], value: unknown): readonly unknown[] {
  const at = values.indexOf(value);
  return at < 0 ? values : values.slice(0, at);
}

/** Rounder means less to read; these are the units of disks and tables, in bytes. */
const ROUND = [1024 * 1024, 64 * 1024, 4096, 512] as const;

/** The ordinary ones, then those that are just off the most ordinary, then the same odd rest, then rounder ones. */
function* simplerNumbers(node: SchemaNode, value: number): Generator<number> {
  const known = ordinaryOf(node).filter((one) => typeof one === 'number');
  const [unit = 0] = known;
  const ranked = unit > 512 ? [...known, unit + 512, unit - 512, unit + (value % unit)] : known;
  const rank = ranked.indexOf(value);
  yield* rank < 0 ? ranked : ranked.slice(0, rank);
  if (rank >= 0) return;
  for (const step of ROUND) {
    const rounded = Math.floor(value / step) * step;
    if (rounded !== value && rounded > 0) yield rounded;
  }
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

/** The same thing in a simpler form: members that both forms have are kept where they fit. */
function* otherAlternatives(node: SchemaNode, value: unknown): Generator<unknown> {
  const key = node.key ?? '';
  for (const alternative of alternativesOf(node)) {
    if (v.is(schemaOf(alternative), value)) return;
    const recasted = recast(alternative, value);
    const kinds = alternative.entries?.[key] ? ordinaryOf(alternative.entries[key]) : [];
    for (const kind of kinds) yield { ...recasted, [key]: kind };
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

type Members = Readonly<Record<string, unknown>>;

/** All choices of an object ordinary at once; its disks of a simpler size; an extent shorter. */
function* simplerObjects(node: SchemaNode, value: Members): Generator<Members> {
  const entries = Object.entries(node.entries ?? {});
  const choices = entries.filter(([, { type }]) => type === 'picklist' || type === 'boolean');
  const plain = { ...value, ...Object.fromEntries(choices.map(([name, entry]) => [name, ordinaryOf(entry)[0]])) };
  if (choices.some(([name]) => plain[name as keyof typeof plain] !== value[name])) yield plain;
  yield* otherDisks(node, value);
  if (isExtent(value)) yield* shorterExtents(node, value);
}

/**
 * All disks of an object and its parts get smaller by the same, and what was written near their ends stays near them. One below the
 * most ordinary size grows to it: else one bug would be told by its size as two.
 */
function* otherDisks(node: SchemaNode, value: Members): Generator<Members> {
  const disk = Object.entries(node.entries ?? {}).find(([name, entry]) => isDisk(entry) && Number(value[name]) > 0);
  if (disk === undefined) return;
  const [name, entry] = disk;
  const size = Number(value[name]);
  const [usual] = ordinaryOf(entry);
  for (const other of simplerNumbers(entry, size)) {
    if (other > size && other !== usual) continue;
    yield resized(node, value, { beyond: other < size ? other : size / 2, by: other - size }) as Members;
  }
}

function isDisk(node: SchemaNode): boolean {
  return node.type === 'number' && Number(ordinaryOf(node)[0]) >= ROUND[0];
}

interface Change {
  /** What ends beyond this offset of the first disk moves along with the end, in bytes. */
  readonly beyond: number;
  /** By how much all disks grow, in bytes; below zero they get smaller. */
  readonly by: number;
}

function resized(node: SchemaNode, value: unknown, change: Change): unknown {
  if (isDisk(node) && typeof value === 'number') return Math.max(512, value + change.by);
  if (Array.isArray(value)) return value.map((item) => (node.item ? resized(node.item, item, change) : item));
  if (!isObject(value)) return value;
  const chosen = chosenOf(node, value);
  const members = Object.entries(value).map(([name, member]) => {
    const entry = chosen?.entries?.[name];
    return [name, entry === undefined ? member : resized(entry, member, change)];
  });
  return moved(Object.fromEntries(members), change);
}

function moved(value: Members, { beyond, by }: Change): Members {
  if (!isExtent(value) || value.offset + value.length <= beyond) return value;
  return { ...value, offset: Math.max(0, value.offset + by) };
}

/** Its end may be what matters. */
function* shorterExtents(node: SchemaNode, value: Members & Extent): Generator<Members> {
  const lengths = node.entries?.['length'];
  if (lengths === undefined) return;
  for (const length of simplerNumbers(lengths, value.length)) {
    if (length < value.length) yield { ...value, offset: value.offset + value.length - length, length };
  }
}

interface Extent {
  readonly offset: number;
  readonly length: number;
}

function isExtent(value: unknown): value is Members & Extent {
  return isObject(value) && typeof value['offset'] === 'number' && typeof value['length'] === 'number';
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
