/**
 * GitHub's issues API, played on this machine for tests. What the client asks and what this server answers are both compared with the
 * description that GitHub publishes, so that neither can drift from it: `expectSound` at the end of a test says whether they did.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACTIONS_BOT, type Account } from './accounts.ts';
import { exchange, type Scene } from './exchange.ts';
import { type Fault, FaultScript } from './faults.ts';
import { Store } from './store.ts';
import { deliver, receive } from './transport.ts';
import type { Violation } from './validation.ts';

/** How GitHub is to be. */
export interface GitHubOptions {
  /** The one repository that there is; others are not found. */
  readonly repository?: string;
  /** Whom every token speaks for that is not in `tokens`: the workflow's bot, with push rights, unless told. */
  readonly account?: Partial<Account>;
  /** Whom these tokens speak for. With them, and without `account`, any other token is a bad one. */
  readonly tokens?: Readonly<Record<string, Partial<Account>>>;
  readonly faults?: readonly Fault[];
  readonly now?: () => Date;
}

/** A request that came in; `status` is what it was answered with, even when the answer was lost. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly at: Date;
  readonly status: number;
}

/** A GitHub that listens. */
export interface GitHub {
  readonly url: string;
  readonly store: Store;
  readonly requests: readonly LoggedRequest[];
  readonly violations: readonly Violation[];
  /** Scripts one more fault. */
  fail(fault: Fault): void;
  /** Throws when a request or an answer was not as GitHub describes it, or a scripted fault never happened. */
  expectSound(): void;
  close(): Promise<void>;
}

/** Starts a GitHub on a free port of this machine. Close it at the test's end. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const closing = new AbortController();
  const log: Log = { requests: [], violations: [] };
  const script = new FaultScript();
  for (const fault of options.faults ?? []) script.add(fault);
  const server = createServer();
  const url = await listen(server);
  const scene = sceneOf(options, url, script, log);
  const respond = responder(scene, options.now ?? now, log, closing.signal);
  server.on('request', (request, response) => void respond(request, response).catch(() => response.destroy()));
  return {
    url,
    store: scene.store,
    ...log,
    fail: (fault) => script.add(fault),
    expectSound: () => expectSound(log, script),
    close: () => close(server, closing),
  };
}

interface Log {
  readonly requests: LoggedRequest[];
  readonly violations: Violation[];
}

const now = () => new Date();

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sceneOf(options: GitHubOptions, api: string, script: FaultScript, { violations }: Log): Scene {
  const { repository = 'octo/instar', account, tokens } = options;
  const stranger = tokens === undefined || account !== undefined ? { ...ACTIONS_BOT, ...account } : undefined;
  return {
    store: new Store(options.now ?? now),
    place: { api, repository, repositoryId: 724_117_001 },
    accounts: { tokens: tokens ?? {}, other: stranger },
    script,
    note: (side, { method, path }, says) => violations.push(...says.map((one) => ({ side, method, path, says: one }))),
  };
}

function responder(scene: Scene, clock: () => Date, { requests }: Log, closing: AbortSignal) {
  const reset = Math.ceil(Date.now() / 1000) + 3600;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receive(request, scene.place);
    const delivery = exchange(received, scene);
    const { method, path, body } = received;
    const query = Object.fromEntries(received.query);
    requests.push({ method, path, query, body, at: clock(), status: delivery.answer.status });
    await deliver(delivery, rateHeaders(requests.length, reset), response, closing);
  };
}

function rateHeaders(used: number, reset: number): Record<string, string> {
  const limit = 1000;
  const told = { limit, remaining: Math.max(0, limit - used), used, reset, resource: 'core' };
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [`x-ratelimit-${name}`, `${value}`]));
}

function expectSound({ violations }: Log, script: FaultScript): void {
  const said = violations.map(({ side, method, path, says }) => `${side} of ${method} ${path}: ${says}`);
  const missed = script.unplayed().map(({ play }) => `a scripted fault never happened: ${play.kind}`);
  const all = [...said, ...missed];
  if (all.length > 0) throw new Error(`not as GitHub describes it:\n${all.join('\n')}`);
}

async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
