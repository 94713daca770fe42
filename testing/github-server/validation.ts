import type { Answer } from './answers.ts';
import { BASIC_ERROR, faultsOf, type Operation, type Parameter } from './description.ts';

/** A request or an answer that is not as GitHub describes it. */
export interface Violation {
  readonly side: 'request' | 'answer';
  readonly method: string;
  readonly path: string;
  readonly says: string;
}

/** The parts of a request that are described. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/**
 * What is wrong with a request. `wrong` is what GitHub refuses too; `unknown` names what it would silently ignore, which in a request of
 * ours is a misspelling.
 */
export function judgeRequest(asked: Asked, operation: Operation): { wrong: string[]; unknown: string[] } {
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const query = inQuery.flatMap((parameter) => wrongIn(parameter, asked.query.get(parameter.name)));
  const path = inPath.flatMap((parameter) => wrongIn(parameter, asked.params[parameter.name] ?? null));
  const names = inQuery.map(({ name }) => name);
  const strange = [...asked.query.keys()].filter((name) => !names.includes(name));
  return {
    wrong: [...path, ...query, ...wrongInBody(asked.body, operation)],
    unknown: [...strange, ...unknownFields(asked.body, operation)].map((name) => `GitHub does not know ${name}`),
  };
}

function wrongIn({ name, schema }: Parameter, text: string | null): string[] {
  if (text === null) return [];
  const value = schema['type'] === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
  return faultsOf(value, schema).map((fault) => `${name}: ${fault}`);
}

function wrongInBody(body: unknown, { body: schema }: Operation): string[] {
  if (schema === undefined) return body === undefined ? [] : ['a body where none is described'];
  return faultsOf(body, schema).map((fault) => `body: ${fault}`);
}

function unknownFields(body: unknown, { body: schema }: Operation): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const known = Object.keys(schema?.['properties'] ?? {});
  return Object.keys(body).filter((name) => !known.includes(name));
}

/**
 * What is wrong with an answer. Some refusals can come from every operation without being described for each: a bad token's, a limit's, a
 * broken server's. A script may also play others, which then look as refusals do.
 */
export function judgeAnswer({ status, body }: Answer, operation: Operation, scripted: boolean): string[] {
  if (operation.answers.has(status)) {
    const schema = operation.answers.get(status);
    return schema === undefined ? [] : faultsOf(body, schema).map((fault) => `${status}: ${fault}`);
  }
  if (status === 401 || (scripted && status < 500)) return faultsOf(body, BASIC_ERROR);
  return scripted ? [] : [`${status} is not described`];
}
