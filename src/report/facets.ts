import type { GenericSchema } from 'valibot';
import { alternativesOf, isTelling, memberOf, type SchemaNode as Node, nodeOf } from '../plan/schema.ts';
import { MiB } from '../plan/size.ts';

/** One thing that was chosen, in a few words to choose from: `clusterSize` of `512`, `4096` …. */
export interface Facet {
  readonly name: string;
  readonly values: readonly string[];
  /** The value that these options have; undefined where they have none. */
  read(options: unknown): string | undefined;
}

/** Facets that can occur together: those of one alternative of a schema. */
export type Facets = readonly Facet[];

/** The facets of everything that a schema accepts, for each of its alternatives. The schema alone decides what there is. */
export function facetsOf(schema: GenericSchema): readonly Facets[] {
  return alternativesOf(nodeOf(schema)).map((alternative) =>
    Object.entries(alternative.entries ?? {}).flatMap(([name, node]) => facetsAt(name, node)),
  );
}

function facetsAt(name: string, node: Node): Facet[] {
  const at = (options: unknown) => memberOf(options, name);
  switch (node.type) {
    case 'picklist':
    case 'literal':
    case 'boolean':
      return [{ name, values: wordsOf(node), read: (options) => wordOf(at(options)) }];
    case 'number':
      if (isTelling(node)) return [{ name, values: [SOME], read: () => SOME }];
      return [{ name, values: ['whole MiB', 'odd'], read: (options) => sizeWord(at(options)) }];
    case 'array':
      return kindsIn(node).map((kind) => ({
        name: `${name}.${kind}`,
        values: YES_NO,
        read: (options) => has(at(options), node.item?.key ?? '', kind),
      }));
    case 'optional':
      return optionalFacets(name, node.wrapped);
    case 'variant':
      return [{ name, values: kindsOf(node), read: (options) => wordOf(memberOf(at(options), node.key ?? '')) }];
    default:
      return [];
  }
}

const YES_NO = ['no', 'yes'] as const;
const NONE = 'none';
const SOME = 'some';

function optionalFacets(name: string, wrapped: Node | undefined): Facet[] {
  if (wrapped === undefined) return [];
  if (wrapped.type !== 'strict_object') {
    return facetsAt(name, wrapped).map(({ name: own, values, read }) => ({
      name: own,
      values: [NONE, ...values],
      read: (options) => (memberOf(options, name) === undefined ? NONE : read(options)),
    }));
  }
  const inner = Object.entries(wrapped.entries ?? {}).flatMap(([key, node]) => facetsAt(key, node));
  return inner.map((facet) => ({
    name: `${name}.${facet.name}`,
    values: [NONE, ...facet.values],
    read: (options) => {
      const value = memberOf(options, name);
      return value === undefined ? NONE : facet.read(value);
    },
  }));
}

function wordsOf(node: Node): string[] {
  if (node.type === 'boolean') return ['false', 'true'];
  return node.type === 'literal' ? [String(node.literal)] : (node.options ?? []).map(String);
}

/** The words that tell the alternatives of a variant apart. */
function kindsOf(node: Node): string[] {
  return alternativesOf(node).flatMap(({ entries }) => {
    const kind = entries?.[node.key ?? ''];
    return kind === undefined ? [] : wordsOf(kind);
  });
}

function kindsIn({ item }: Node): string[] {
  return item?.type === 'variant' ? kindsOf(item) : [];
}

function wordOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function sizeWord(value: unknown): string | undefined {
  if (typeof value !== 'number') return undefined;
  return value % MiB === 0 ? 'whole MiB' : 'odd';
}

function has(list: unknown, key: string, kind: string): string {
  return Array.isArray(list) && list.some((item) => memberOf(item, key) === kind) ? 'yes' : 'no';
}
