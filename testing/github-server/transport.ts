import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Received } from './exchange.ts';
import type { Delivery } from './faults.ts';
import type { Place } from './render.ts';

/** Reads a request. What is asked for by the repository's id is asked for by its name from here on. */
export async function receive(request: IncomingMessage, { api, repository, repositoryId }: Place): Promise<Received> {
  const { pathname, searchParams } = new URL(request.url ?? '/', api);
  const path = pathname.replace(new RegExp(`^/repositories/${repositoryId}(?=/|$)`), `/repos/${repository}`);
  const body = jsonOf(await text(request));
  const { authorization } = request.headers;
  return { method: request.method ?? '', path, query: searchParams, body, authorization };
}

function jsonOf(sent: string): unknown {
  try {
    return sent === '' ? undefined : JSON.parse(sent);
  } catch {
    return sent;
  }
}

/** Sends an answer the way that it travels. `closing` ends a wait when the server closes. */
export async function deliver(
  { answer, delay = 0, until, cut = false }: Delivery,
  headers: Readonly<Record<string, string>>,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  if (delay > 0) await wait(delay, undefined, { signal: closing });
  await until;
  const page = typeof answer.body === 'string';
  const bytes = Buffer.from(page ? `${answer.body}` : JSON.stringify(answer.body));
  const type = page ? 'text/html' : 'application/json; charset=utf-8';
  response.writeHead(answer.status, {
    ...headers,
    ...answer.headers,
    'content-type': type,
    'content-length': bytes.length,
  });
  if (cut) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
}
