import type { Captured } from '../sandbox/command.ts';
import { parseOutsideJson } from '../trust/parse.ts';
import { ABSENT, type JsonDifference } from '../verdict/finding.ts';

/** A JSON value as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

type Container = Json[] | { [key: string]: Json };

/** Parses a tool's output; undefined if it is not one whole JSON document, or one that is nested beyond reason. */
export function parseJson({ text, truncated }: Captured): Json | undefined {
  return truncated ? undefined : (parseOutsideJson(text) as Json | undefined);
}

/** The value of a key of an object; undefined for anything else. */
export function valueAt(json: Json | undefined, key: string): Json | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  return Object.hasOwn(json, key) ? json[key] : undefined;
}

/** Differences that are listed for one pair of documents, and characters of each pointer and value. */
const MOST_DIFFERENCES = 20;
const MOST_CHARACTERS = 200;

/**
 * Where two documents disagree, as JSON pointers (RFC 6901) in a fixed order: of an object what it says itself before what its parts say, of which a
 * child's length may differ with the layout alone; a list from its start. Key order and white space do not matter.
 */
export function differencesOf(subject: Json | undefined, reference: Json | undefined): JsonDifference[] {
  const found = [...walk('', subject, reference)];
  const depth = ({ pointer }: JsonDifference) => pointer.split('/').length;
  return (Array.isArray(reference) ? found : found.toSorted((a, b) => depth(a) - depth(b))).slice(0, MOST_DIFFERENCES);
}

function* walk(pointer: string, subject: Json | undefined, reference: Json | undefined): Generator<JsonDifference> {
  if (isContainer(subject) && isContainer(reference) && Array.isArray(subject) === Array.isArray(reference)) {
    for (const key of keysOf(subject, reference)) {
      const name = key.replaceAll('~', '~0').replaceAll('/', '~1');
      yield* walk(`${pointer}/${name}`, childOf(subject, key), childOf(reference, key));
    }
  } else if (subject !== reference) {
    yield { pointer: pointer.slice(0, MOST_CHARACTERS), subject: inWords(subject), reference: inWords(reference) };
  }
}

/** The keys of either, in the order of the alphabet; of two lists all indices, in their own. */
function keysOf(one: Container, other: Container): readonly string[] {
  if (Array.isArray(one) && Array.isArray(other)) return Object.keys(one.length > other.length ? one : other);
  return [...new Set([...Object.keys(other), ...Object.keys(one)])].sort();
}

function isContainer(json: Json | undefined): json is Container {
  return typeof json === 'object' && json !== null;
}

function childOf(container: Container, key: string): Json | undefined {
  return Array.isArray(container) ? container[Number(key)] : valueAt(container, key);
}

function inWords(json: Json | undefined): string {
  return json === undefined ? ABSENT : JSON.stringify(json).slice(0, MOST_CHARACTERS);
}
