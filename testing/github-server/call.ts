import type { Account } from './accounts.ts';
import { type Answer, errorAnswer, Refusal } from './answers.ts';
import type { Place } from './render.ts';
import type { Issue, Store } from './store.ts';

/** One request, as the routes see it. */
export interface Call {
  readonly method: string;
  /** Without the query, and under its owner's and repository's names even when it was asked for by the repository's id. */
  readonly path: string;
  /** What the variable parts of the route's path stand for. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly account: Account | undefined;
  readonly store: Store;
  readonly place: Place;
}

/** What answers a request; refuses by throwing. */
export type Handler = (call: Call) => Answer;

/** The account that writes; nobody writes without one. */
export function writerOf({ account }: Call): Account {
  if (account === undefined) throw new Refusal(errorAnswer(401, 'Requires authentication'));
  return account;
}

/** The issue that a path names. */
export function issueOf({ store, params }: Call): Issue {
  const found = store.issues.find(({ number }) => `${number}` === params['issue_number']);
  if (found === undefined) throw new Refusal(errorAnswer(404, 'Not Found'));
  return found;
}

/** The fields of a body, which was compared with the description before. */
export function fieldsOf<Fields>({ body }: Call): Fields {
  return body as Fields;
}

const UNPLAYED = ['assignee', 'assignees', 'issue_field_values', 'mentioned', 'milestone', 'type'];

/** Refuses what GitHub knows and this server does not play, so that no test takes an ignored field for a working one. */
export function refuseUnplayed(names: Iterable<string>): void {
  const unplayed = [...names].filter((name) => UNPLAYED.includes(name));
  if (unplayed.length > 0) throw new Refusal(errorAnswer(501, `not played by this server: ${unplayed.join(', ')}`));
}

/** Whether something was changed at or after the time that a query asks for, to the second. */
export function isSince(date: Date, query: URLSearchParams): boolean {
  const since = query.get('since');
  return since === null || Math.floor(date.getTime() / 1000) >= Math.floor(Date.parse(since) / 1000);
}
