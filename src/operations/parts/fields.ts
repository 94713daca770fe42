import { CALLED_FROM, type Choice } from '../../plan/plan.ts';
import { alternativesOf, insideOf, memberOf, nodeOf, ordinaryOf, type SchemaNode } from '../../plan/schema.ts';
import { Source } from '../../plan/source.ts';
import { OPERATIONS } from '../index.ts';

/** What a named field of a plan can be, and how it is read: absent where the plan has no such thing. */
export interface Field {
  readonly kind: 'number' | 'word' | 'words';
  /** The words that it can be; empty for a number. */
  readonly words: readonly string[];
  read(choice: Choice, source: Source): unknown;
}

/** A path from the options of a step or from the source, and what the schema says is there. */
type Member = readonly [path: readonly string[], node: SchemaNode];

type Fields = ReadonlyMap<string, Field>;

/** Each draw asks again, and the schemas never change. */
const known = new Map<string, Fields>();

/** The fields that a condition may name for an operation, as the schemas have them; none for an unknown one. */
export function fieldsOf(operation: string): Fields {
  const before = known.get(operation);
  if (before) return before;
  const fields = readFields(operation);
  known.set(operation, fields);
  return fields;
}

function readFields(operation: string): Fields {
  const found = OPERATIONS.find(({ name }) => name === operation);
  if (found === undefined) return new Map();
  const options = fieldsIn(nodeOf(found.schema), 'options', (choice) => choice.options);
  const source = fieldsIn(nodeOf(Source), 'source', (_, own) => own);
  const mistakes: Field = { kind: 'words', words: found.mistakes.flat(), read: ({ mistakes: made }) => made ?? [] };
  const from: Field = { kind: 'word', words: CALLED_FROM, read: ({ calledFrom }) => calledFrom };
  return new Map([...options, ...source, ['mistakes', mistakes], ['calledFrom', from]]);
}

function fieldsIn(node: SchemaNode, prefix: string, root: Field['read']): [string, Field][] {
  const fields = new Map<string, Field>();
  for (const [path, member] of membersOf(node)) {
    const name = [prefix, ...path].join('.');
    const read: Field['read'] = (choice, source) => path.reduce<unknown>(memberOf, root(choice, source));
    const field = fieldAt(member, read);
    if (field) fields.set(name, merged(fields.get(name), field));
  }
  return [...fields];
}

/** The members of all alternatives of an object, down to what is no object. */
function membersOf(node: SchemaNode): Member[] {
  return alternativesOf(node).flatMap(({ entries = {} }) =>
    Object.entries(entries).flatMap(([name, entry]) => {
      const inner = insideOf(entry);
      const isObject = inner.type === 'strict_object' || inner.type === 'variant';
      return isObject
        ? membersOf(inner).map(([path, leaf]): Member => [[name, ...path], leaf])
        : [[[name], inner] as Member];
    }),
  );
}

function fieldAt(node: SchemaNode, read: Field['read']): Field | undefined {
  switch (node.type) {
    case 'number':
      return { kind: 'number', words: [], read };
    case 'picklist':
      return choiceAt(node.options ?? [], read);
    case 'literal':
      return choiceAt([node.literal], read);
    case 'boolean':
      return choiceAt([true, false], read);
    case 'array': {
      // What is written into an image, by kind: the rest of a write is no class of images.
      const key = node.item?.key;
      if (key === undefined) return undefined;
      const words = alternativesOf(node.item as SchemaNode).flatMap(({ entries = {} }) => kindsOf(entries[key]));
      return { kind: 'words', words, read: (choice, source) => kindsIn(read(choice, source), key) };
    }
    default:
      return undefined;
  }
}

function kindsOf(node: SchemaNode | undefined): string[] {
  return node === undefined ? [] : ordinaryOf(node).map(String);
}

/** Of numbers to choose from any other number can be said as well. */
function choiceAt(values: readonly unknown[], read: Field['read']): Field {
  if (values.every((value) => typeof value === 'number')) return { kind: 'number', words: [], read };
  return { kind: 'word', words: values.map(String), read };
}

function kindsIn(list: unknown, key: string): readonly unknown[] {
  return Array.isArray(list) ? list.map((item) => memberOf(item, key)) : [];
}

function merged(one: Field | undefined, other: Field): Field {
  return one === undefined ? other : { ...one, words: [...new Set([...one.words, ...other.words])] };
}
