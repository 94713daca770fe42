import type { Account } from './accounts.ts';
import { type Answer, errorAnswer, invalidField, Refusal, refuseLongText } from './answers.ts';
import { type Call, fieldsOf, isSince, issueOf, refuseUnplayed, writerOf } from './call.ts';
import { checkedLabelName } from './label-routes.ts';
import { pageOf } from './paging.ts';
import { addressOf, renderIssue } from './render.ts';
import type { Issue, StateReason, Store } from './store.ts';

interface IssueFields {
  readonly title?: string | number | null;
  readonly body?: string | null;
  readonly labels?: readonly (string | { readonly name?: string })[];
  readonly state?: Issue['state'];
  readonly state_reason?: StateReason | null;
  readonly duplicate_issue_id?: number;
}

/** Lists issues and pull requests, newest first. */
export function listIssues(call: Call): Answer {
  const { query, store, place } = call;
  refuseUnplayed(query.keys());
  const found = store.issues.filter((issue) => matches(issue, query));
  return pageOf(sorted(found, query, store), call, (issue) => renderIssue(issue, store, place));
}

function matches(issue: Issue, query: URLSearchParams): boolean {
  const state = query.get('state') ?? 'open';
  const wanted = (query.get('labels') ?? '').split(',').filter(Boolean);
  const has = new Set(issue.labels.map((name) => name.toLowerCase()));
  const creator = query.get('creator')?.toLowerCase();
  return (
    (state === 'all' || issue.state === state) &&
    wanted.every((name) => has.has(name.toLowerCase())) &&
    (creator === undefined || creator === issue.user.login.toLowerCase()) &&
    isSince(issue.updatedAt, query)
  );
}

function sorted(issues: readonly Issue[], query: URLSearchParams, store: Store): Issue[] {
  const keys: Record<string, (issue: Issue) => number> = {
    updated: ({ updatedAt }) => updatedAt.getTime(),
    comments: ({ number }) => store.commentsOn(number).length,
    created: ({ createdAt }) => createdAt.getTime(),
  };
  const key = keys[query.get('sort') ?? 'created'] ?? (() => 0);
  const sign = query.get('direction') === 'asc' ? 1 : -1;
  return issues.toSorted((a, b) => sign * (key(a) - key(b) || a.number - b.number));
}

/** Shows one issue. */
export function getIssue(call: Call): Answer {
  return { status: 200, body: renderIssue(issueOf(call), call.store, call.place) };
}

/** Files an issue. Without push rights it gets no labels, and nothing but the answer says so. */
export function createIssue(call: Call): Answer {
  const { store, place } = call;
  const fields = fieldsOf<IssueFields>(call);
  const user = writerOf(call);
  refuseUnplayed(Object.keys(fields));
  const { title = '', body = null, labels = [] } = checked(fields, user);
  const issue = store.addIssue({ title, body, labels, user });
  const headers = { location: addressOf(place, `/issues/${issue.number}`) };
  return { status: 201, headers, body: renderIssue(issue, store, place) };
}

/** Changes an issue: what is not named stays. Who may not push changes only what is theirs. */
export function updateIssue(call: Call): Answer {
  const { store } = call;
  const fields = fieldsOf<IssueFields>(call);
  const issue = issueOf(call);
  const by = writerOf(call);
  if (!by.push && by.login !== issue.user.login)
    throw new Refusal(errorAnswer(403, 'Must have admin rights to Repository.'));
  refuseUnplayed(Object.keys(fields));
  const told = checked(fields, by);
  const duplicateOf = fields.state_reason === 'duplicate' ? existing(fields.duplicate_issue_id, store) : null;
  const labels = told.labels?.map((name) => store.labelFor(name).name);
  Object.assign(issue, told, labels === undefined ? {} : { labels });
  if (fields.state !== undefined) {
    store.setState(issue, { state: fields.state, reason: fields.state_reason, duplicateOf, by });
  }
  store.touch(issue);
  return getIssue(call);
}

interface Checked {
  title?: string;
  body?: string | null;
  labels?: string[];
}

/** The fields that a body sets, within GitHub's bounds; labels only for who may set them. */
function checked({ title, body, labels }: IssueFields, { push }: Account): Checked {
  return {
    ...(title === undefined || title === null ? {} : { title: checkedTitle(`${title}`) }),
    ...(body === undefined ? {} : { body: checkedBody(body) }),
    ...(labels === undefined || !push ? {} : { labels: [...new Set(labels.map(nameOf))] }),
  };
}

function checkedTitle(title: string): string {
  const field = { resource: 'Issue', field: 'title' } as const;
  if (title.trim() === '') throw new Refusal(invalidField({ ...field, code: 'missing_field' }));
  refuseLongText(field, title, 256);
  return title;
}

function checkedBody(body: string | null): string | null {
  refuseLongText({ resource: 'Issue', field: 'body' }, body ?? '', 65_536);
  return body;
}

function nameOf(label: string | { readonly name?: string }): string {
  return checkedLabelName(typeof label === 'string' ? label : (label.name ?? ''));
}

function existing(id: number | undefined, store: Store): number | null {
  if (id === undefined || store.issues.some((issue) => issue.id === id)) return id ?? null;
  throw new Refusal(invalidField({ resource: 'Issue', field: 'duplicate_issue_id', code: 'invalid' }));
}
