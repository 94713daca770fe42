/**
 * Simpler values, by the schema of what they are: a lazy list for each kind of value, the simplest first. Nothing here runs anything, and
 * a candidate need not make sense; that is found out by checking and running it.
 */
import * as v from 'valibot';
import { alternativesOf, ordinaryOf, type SchemaNode, schemaOf, simplestOf } from '../plan/schema.ts';

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

/** The ordinary ones, those with the same odd rest, and rounder ones. */
function* simplerNumbers(node: SchemaNode, value: number): Generator<number> {
  const known = ordinaryOf(node).filter((one) => typeof one === 'number');
  if (known.includes(value)) {
    yield* known.slice(0, known.indexOf(value));
    return;
  }
  yield* known;
  const [unit = 0] = known;
  if (unit > 0) yield* [unit + 512, unit - 512, unit + (value % unit)].filter((one) => one !== value && one > 0);
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
  for (const alternative of alternativesOf(node)) {
    if (v.is(schemaOf(alternative), value)) return;
    yield recast(alternative, value);
  }
}

function recast(node: SchemaNode, value: unknown): unknown {
  const old = isObject(value) ? value : {};
  const entries = Object.entries(node.entries ?? {}).flatMap(([name, entry]) => {
    if (Object.hasOwn(old, name) && v.is(schemaOf(entry), old[name])) return [[name, old[name]] as const];
    return entry.type === 'optional' ? [] : [[name, simplestOf(entry)] as const];
  });
  return Object.fromEntries(entries);
}

type Members = Readonly<Record<string, unknown>>;

/** All choices of an object ordinary at once; then its disks smaller, with what is written to them moved along. */
function* simplerObjects(node: SchemaNode, value: Members): Generator<Members> {
  const entries = Object.entries(node.entries ?? {});
  const choices = entries.filter(([, { type }]) => type === 'picklist' || type === 'boolean');
  const plain = { ...value, ...Object.fromEntries(choices.map(([name, entry]) => [name, ordinaryOf(entry)[0]])) };
  if (choices.some(([name]) => plain[name as keyof typeof plain] !== value[name])) yield plain;
  yield* smallerDisks(entries, value);
}

/** Sizes and the writes beside them change together: what was at the end of a disk has to stay there. */
function* smallerDisks(entries: readonly (readonly [string, SchemaNode])[], value: Members): Generator<Members> {
  const sizes = entries.filter(([name, node]) => isDisk(node) && typeof value[name] === 'number');
  const [first] = sizes;
  if (first === undefined) return;
  const size = Number(value[first[0]]);
  for (const smaller of simplerNumbers(first[1], size)) {
    if (smaller >= size) continue;
    const by = size - smaller;
    const shrunk = Object.fromEntries(sizes.map(([name]) => [name, Math.max(512, Number(value[name]) - by)]));
    yield { ...value, ...shrunk, ...moved(value, smaller, by) };
  }
}

function isDisk(node: SchemaNode): boolean {
  return node.type === 'number' && Number(ordinaryOf(node)[0]) >= 1024 * 1024;
}

/** The lists of writes of an object, those beyond a new end moved back by as much as the disk got smaller. */
function moved(value: Members, end: number, by: number): Members {
  const lists = Object.entries(value).filter(([, list]) => Array.isArray(list) && list.every(isExtent));
  return Object.fromEntries(
    lists.map(([name, list]) => [
      name,
      (list as Extent[]).map((write) =>
        write.offset + write.length > end ? { ...write, offset: Math.max(0, write.offset - by) } : write,
      ),
    ]),
  );
}

interface Extent {
  readonly offset: number;
  readonly length: number;
}

function isExtent(value: unknown): value is Extent {
  return isObject(value) && typeof value['offset'] === 'number' && typeof value['length'] === 'number';
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
