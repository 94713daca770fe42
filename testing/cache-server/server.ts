/**
 * The cache service of GitHub Actions, played on this machine for tests of the real client: three calls for entries and a store of blobs.
 * An entry is never changed, and is found by its whole key or by the newest whose key starts with what is asked for.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';

/** How the service misbehaves from now on. */
export type Trouble =
  /** Every call fails with this status. */
  | { readonly kind: 'status'; readonly status: number }
  /** Reading works; whoever reserves an entry is told that the token may only read. */
  | { readonly kind: 'read-only' }
  /** Every archive that is fetched is other bytes. */
  | { readonly kind: 'damaged'; readonly bytes: Buffer }
  /** Connections are cut before an answer. */
  | { readonly kind: 'cut' };

/** One archive, by the key that it was saved under. */
export interface Entry {
  readonly key: string;
  readonly version: string;
  bytes: Buffer | undefined;
}

/** A cache service that listens. */
export interface CacheService {
  /** What the runner tells an action of its cache. */
  readonly variables: Readonly<Record<string, string>>;
  readonly entries: Entry[];
  trouble: Trouble | undefined;
  close(): Promise<void>;
}

/** Starts a service on a free port of this machine. Close it at the test's end. */
export async function startCache(): Promise<CacheService> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const service = new Service(url);
  server.on('request', (request, response) => void service.answer(request, response).catch(() => response.destroy()));
  return {
    variables: { ACTIONS_RESULTS_URL: url, ACTIONS_CACHE_SERVICE_V2: 'true' },
    entries: service.entries,
    get trouble() {
      return service.trouble;
    },
    set trouble(trouble) {
      service.trouble = trouble;
    },
    close: () => close(server),
  };
}

const CALLS = '/twirp/github.actions.results.api.v1.CacheService/';

/** The client takes a blob's address apart: an account, a container, a name. */
const BLOBS = 'account/cache/';

/** Names as the client spells them; it has two ways. */
interface Call {
  readonly key: string;
  readonly version: string;
  readonly restoreKeys?: readonly string[];
  readonly restore_keys?: readonly string[];
}

class Service {
  readonly entries: Entry[] = [];
  trouble: Trouble | undefined;
  readonly #url: string;
  readonly #blocks = new Map<string, Buffer>();

  constructor(url: string) {
    this.#url = url;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.#url);
    if (this.trouble?.kind === 'cut') return void response.destroy();
    if (this.trouble?.kind === 'status') return send(response, this.trouble.status, { msg: 'scripted' });
    if (!pathname.startsWith(CALLS))
      return this.#blob(request, response, pathname.slice(1 + BLOBS.length), searchParams);
    send(response, 200, this.#call(pathname.slice(CALLS.length), (await json(request)) as Call));
  }

  #call(name: string, call: Call): unknown {
    const { key, version } = call;
    const index = this.entries.findIndex((entry) => entry.key === key && entry.version === version);
    switch (name) {
      case 'CreateCacheEntry':
        if (this.trouble?.kind === 'read-only')
          return { ok: false, message: 'cache write denied: the token may only read' };
        if (index >= 0) return { ok: false };
        this.entries.push({ key, version, bytes: undefined });
        return { ok: true, signed_upload_url: `${this.#url}${BLOBS}${this.entries.length - 1}` };
      case 'FinalizeCacheEntryUpload':
        return { ok: this.entries[index]?.bytes !== undefined, entry_id: `${index}` };
      case 'GetCacheEntryDownloadURL':
        return this.#find(call);
      default:
        throw new Error(`no such call: ${name}`);
    }
  }

  #find(call: Call): unknown {
    const saved = this.entries.filter((entry) => entry.bytes !== undefined && entry.version === call.version);
    const prefixes = call.restoreKeys ?? call.restore_keys ?? [];
    const found =
      saved.find(({ key }) => key === call.key) ??
      prefixes.flatMap((prefix) => saved.findLast(({ key }) => key.startsWith(prefix)) ?? [])[0];
    if (found === undefined) return { ok: false };
    const url = `${this.#url}${BLOBS}${this.entries.indexOf(found)}`;
    return { ok: true, signed_download_url: url, matched_key: found.key };
  }

  async #blob(request: IncomingMessage, response: ServerResponse, name: string, query: URLSearchParams): Promise<void> {
    const entry = this.entries[Number(name)];
    if (entry === undefined) return send(response, 404, {});
    if (request.method !== 'PUT') {
      const bytes = this.trouble?.kind === 'damaged' ? this.trouble.bytes : (entry.bytes ?? Buffer.alloc(0));
      response.writeHead(200, { 'content-length': bytes.length }).end(request.method === 'HEAD' ? undefined : bytes);
      return;
    }
    const sent = await buffer(request);
    const id = query.get('blockid') ?? '';
    if (query.get('comp') === 'block') this.#blocks.set(id, sent);
    else if (query.get('comp') === 'blocklist') entry.bytes = this.#joined(sent.toString('utf8'));
    else entry.bytes = sent;
    response.writeHead(201).end();
  }

  #joined(list: string): Buffer {
    const ids = [...list.matchAll(/<Latest>([^<]*)<\/Latest>/g)].map(([, id]) => id ?? '');
    return Buffer.concat(ids.map((id) => this.#blocks.get(id) ?? Buffer.alloc(0)));
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
