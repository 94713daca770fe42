import * as v from 'valibot';

/**
 * What is read of a schema to find out what there is to choose: its kind and parts. Valibot keeps a schema as such data, but
 * types only its input and output.
 */
export interface SchemaNode {
  readonly type: string;
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly wrapped?: SchemaNode;
  readonly item?: SchemaNode;
  readonly key?: string;
  readonly pipe?: readonly { readonly type: string; readonly metadata?: Readonly<Record<string, unknown>> }[];
}

/** A schema as such data. */
export function nodeOf(schema: v.GenericSchema<unknown, unknown>): SchemaNode {
  return schema as unknown as SchemaNode;
}

/** A node as a schema again, to check values by. */
export function schemaOf(node: SchemaNode): v.GenericSchema {
  return node as unknown as v.GenericSchema;
}

/** The wrapped node of an optional one; any other node unchanged. */
export function insideOf(node: SchemaNode): SchemaNode {
  return node.type === 'optional' && node.wrapped ? node.wrapped : node;
}

/** The alternatives of a schema, the simplest first; of one that has none, itself. */
export function alternativesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.type === 'variant' ? (node.options as SchemaNode[]).flatMap(alternativesOf) : [node];
}

/** The alternative of a schema that a value is of; undefined where it is of none. */
export function chosenOf(node: SchemaNode, value: unknown): SchemaNode | undefined {
  return alternativesOf(node).find((alternative) => v.is(schemaOf(alternative), value));
}

/** A member of a value that may not be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Says which values of a number are the ordinary ones, the most ordinary first: what a reader of a plan need not wonder about. */
export function ordinary(
  ...values: readonly number[]
): v.MetadataAction<number, { readonly ordinary: readonly number[] }> {
  return v.metadata({ ordinary: values });
}

/** The ordinary values of a node: of a choice, its options in their order; of a number, what its schema says. */
export function ordinaryOf(node: SchemaNode): readonly unknown[] {
  const said = node.pipe?.findLast(({ metadata }) => metadata?.['ordinary'] !== undefined)?.metadata?.['ordinary'];
  if (Array.isArray(said)) return said;
  switch (node.type) {
    case 'boolean':
      return [false];
    case 'picklist':
      return node.options ?? [];
    case 'literal':
      return [node.literal];
    default:
      return [];
  }
}

/** Says of a number that may be left out that its being there tells something, whatever it is. */
export function telling(): v.MetadataAction<number, { readonly telling: true }> {
  return v.metadata({ telling: true });
}

/** Whether a node was said to be telling. */
export function isTelling({ pipe = [] }: SchemaNode): boolean {
  return pipe.some(({ metadata }) => metadata?.['telling'] === true);
}

/** Says of a choice of sizes that its bytes are what extents beside it are counted in: the clusters of an image. */
export function unit<T>(): v.MetadataAction<T, { readonly unit: true }> {
  return v.metadata({ unit: true });
}

/** Whether a node was said to be a unit. */
export function isUnit({ pipe = [] }: SchemaNode): boolean {
  return pipe.some(({ metadata }) => metadata?.['unit'] === true);
}

/** The simplest value that a schema accepts. */
export function simplestOf(node: SchemaNode): unknown {
  switch (node.type) {
    case 'strict_object': {
      const entries = Object.entries(node.entries ?? {}).filter(([, entry]) => entry.type !== 'optional');
      return Object.fromEntries(entries.map(([name, entry]) => [name, simplestOf(entry)]));
    }
    case 'variant': {
      const [first] = alternativesOf(node);
      return first === undefined ? undefined : simplestOf(first);
    }
    case 'array':
      return [];
    default:
      return ordinaryOf(node)[0];
  }
}
