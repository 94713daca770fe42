/**
 * GitHub's own description of its API, made readable for a validator of JSON Schema: in OpenAPI 3.0 `null` is told apart from types, and
 * references start at the document.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';

type Schema = Readonly<Record<string, unknown>>;

interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}

/** A part of a path or a query. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}

interface Referable {
  readonly $ref?: string;
}

interface Described {
  readonly parameters?: readonly (Parameter & Referable)[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & Referable>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One method of one path, as it is described. */
export interface Operation {
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  /** The schema of the answer of each status, nothing where the answer has no body. */
  readonly answers: ReadonlyMap<number, Schema | undefined>;
}

const NAME = 'github';
let loaded: { readonly document: Document; readonly ajv: Ajv } | undefined;

/** What every refusal looks like that GitHub does not describe for each operation again. */
export const BASIC_ERROR: Schema = { $ref: `${NAME}#/components/schemas/basic-error` };

/** The description of a method of a path; the path is spelled as it is described, with its variable parts in braces. */
export function operationOf(method: string, template: string): Operation {
  const described = load().document.paths[template]?.[method.toLowerCase()];
  if (described === undefined) throw new Error(`${method} ${template} is not described by GitHub`);
  const answers = Object.entries(described.responses).map(
    ([status, answer]) => [Number(status), schemaOf(resolve(answer))] as const,
  );
  return {
    parameters: (described.parameters ?? []).map((parameter) => resolve(parameter)),
    body: described.requestBody && schemaOf(described.requestBody),
    answers: new Map(answers),
  };
}

/** What is wrong with a value, in a sentence each; nothing when it is as described. */
export function faultsOf(value: unknown, schema: Schema): string[] {
  const validate = load().ajv.compile(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'it'} ${message}`);
}

const schemaOf = ({ content }: Content) => content?.['application/json']?.schema;

function resolve<Part extends Referable>(part: Part): Part {
  const [, kind = '', name = ''] = /\/components\/(\w+)\/([\w-]+)$/.exec(part.$ref ?? '') ?? [];
  return (load().document.components[kind]?.[name] ?? part) as Part;
}

function load() {
  loaded ??= read();
  return loaded;
}

function read() {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@octokit/openapi/generated/api.github.com.json');
  const { paths, components } = JSON.parse(readFileSync(path, 'utf8'));
  const document = adapt({ paths, components }) as Document;
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormatsModule.default(ajv);
  ajv.addSchema({ $id: NAME, components: document.components });
  return { document, ajv };
}

function adapt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(adapt);
  if (typeof value !== 'object' || value === null) return value;
  const adapted = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, adapt(child)]));
  const { $ref, nullable, type, enum: values } = adapted;
  if (typeof $ref === 'string') adapted['$ref'] = $ref.replace(/^#/, `${NAME}#`);
  if (typeof nullable === 'boolean') delete adapted['nullable'];
  // Where it stands without a type it means nothing, by OpenAPI's own rule.
  if (nullable === true && typeof type === 'string') {
    adapted['type'] = [type, 'null'];
    if (Array.isArray(values)) adapted['enum'] = [...values, null];
  }
  return adapted;
}
