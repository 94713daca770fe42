import { type Field, fieldsOf } from '../operations/parts/fields.ts';
import type { Choice } from '../plan/plan.ts';
import type { Source } from '../plan/source.ts';
import { quoted } from './check.ts';
import type { Comparison, When } from './gaps-schema.ts';

/** Whether a choice is one that a condition is about. */
export type Applies = (choice: Choice, source: Source) => boolean;

/** The comparisons that make sense for a kind of field. */
const OPERATORS: Readonly<Record<Field['kind'], readonly string[]>> = {
  number: ['is', 'isNot', 'above', 'atLeast', 'below', 'atMost'],
  word: ['is', 'isNot'],
  words: ['has', 'hasNot'],
};

type Scalar = string | number | boolean;
type Comparisons = Readonly<Record<string, Scalar | undefined>>;

/** What is wrong with a comparison of a field, for an operation; undefined where nothing is. */
export function problemWith(name: string, comparison: Comparison, operation: string): string | undefined {
  const fields = fieldsOf(operation);
  const field = fields.get(name);
  if (field === undefined) {
    return `${quoted(name)} is not a field of ${operation}. Known are ${[...fields.keys()].join(', ')}.`;
  }
  if (Array.isArray(comparison) && field.kind === 'words')
    return `${quoted(name)} is a list itself: compare it by has or hasNot.`;
  for (const [operator, value] of comparisonsIn(comparison)) {
    const problem = problemOf(field, name, operator, value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(field: Field, name: string, operator: string, value: Scalar): string | undefined {
  const known = OPERATORS[field.kind];
  if (!known.includes(operator))
    return `${quoted(name)} cannot be compared by ${operator}, only by ${known.join(', ')}.`;
  if (field.kind === 'number') {
    return typeof value === 'number' ? undefined : `${quoted(name)} is a number, and ${quoted(String(value))} is none.`;
  }
  if (field.words.includes(String(value))) return undefined;
  const words = field.words.join(', ');
  // A plan without such a list has none of its words.
  if (field.kind === 'words') return `${quoted(name)} never has ${quoted(String(value))}. It can have ${words}.`;
  if (value === NOTHING) return undefined;
  return `${quoted(name)} is never ${quoted(String(value))}. It can be ${words} or ${NOTHING}.`;
}

/** Stands for a field that a plan does not have. */
const NOTHING = 'none';

/** The condition that all comparisons hold. Field by field they were found to make sense for each of the operations. */
export function conditionOf(when: When): Applies {
  const tests = Object.entries(when);
  return (choice, source) => {
    const fields = fieldsOf(choice.operation);
    return tests.every(([name, comparison]) => holds(comparison, fields.get(name)?.read(choice, source)));
  };
}

function holds(comparison: Comparison, value: unknown): boolean {
  if (Array.isArray(comparison)) return comparison.some((one) => isSame(value, one));
  return comparisonsIn(comparison).every(([operator, other]) => compare(operator, value, other));
}

function comparisonsIn(comparison: Comparison): [string, Scalar][] {
  if (Array.isArray(comparison)) return comparison.map((value) => ['is', value]);
  if (typeof comparison !== 'object') return [['is', comparison]];
  return Object.entries(comparison as Comparisons).flatMap(([operator, value]) =>
    value === undefined ? [] : [[operator, value]],
  );
}

function compare(operator: string, value: unknown, other: Scalar): boolean {
  const [number, bound] = [Number(value), Number(other)];
  switch (operator) {
    case 'is':
      return isSame(value, other);
    case 'isNot':
      return !isSame(value, other);
    case 'has':
      return Array.isArray(value) && value.includes(other);
    case 'hasNot':
      return !(Array.isArray(value) && value.includes(other));
    case 'above':
      return number > bound;
    case 'atLeast':
      return number >= bound;
    case 'below':
      return number < bound;
    default:
      return number <= bound;
  }
}

function isSame(value: unknown, other: Scalar): boolean {
  return value === undefined ? other === NOTHING : String(value) === String(other);
}
