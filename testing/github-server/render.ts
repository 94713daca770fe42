import type { Account } from './accounts.ts';
import type { Comment, Issue, Label, Store } from './store.ts';

const WEB = 'https://github.com';

/** Where the repository is: the server's address, its name and its id. */
export interface Place {
  readonly api: string;
  readonly repository: string;
  readonly repositoryId: number;
}

const instant = (date: Date) => date.toISOString().replace(/\.\d+Z$/, 'Z');
const nodeId = (kind: string, id: number) => `${kind}_${Buffer.from(`${id}`).toString('base64url')}`;
const idOf = (login: string) => [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_000_007, 7);

/** The addresses of things below the repository. */
export const addressOf = ({ api, repository }: Place, rest: string) => `${api}/repos/${repository}${rest}`;

/** An account as others see it. */
export function renderUser({ login, type }: Account, { api }: Place): object {
  const id = idOf(login);
  const url = `${api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId('U', id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${WEB}/${encodeURIComponent(login)}`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    events_url: `${url}/events{/privacy}`,
    ...Object.fromEntries(
      ['followers', 'subscriptions', 'repos', 'received_events'].map((name) => [`${name}_url`, `${url}/${name}`]),
    ),
    organizations_url: `${url}/orgs`,
    type,
    site_admin: false,
  };
}

/** A label. */
export function renderLabel({ id, name, color, description }: Label, place: Place): object {
  const url = addressOf(place, `/labels/${encodeURIComponent(name)}`);
  return { id, node_id: nodeId('LA', id), url, name, description, color, default: false };
}

const association = ({ type, push }: Account) => (type === 'User' && push ? 'COLLABORATOR' : 'NONE');

function reactionsOf(subject: string): object {
  const none = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'].map((name) => [name, 0]);
  return { url: `${subject}/reactions`, total_count: 0, ...Object.fromEntries(none) };
}

/** A comment. */
export function renderComment({ id, issue, body, user, createdAt }: Comment, place: Place): object {
  const url = addressOf(place, `/issues/comments/${id}`);
  return {
    url,
    html_url: `${WEB}/${place.repository}/issues/${issue}#issuecomment-${id}`,
    issue_url: addressOf(place, `/issues/${issue}`),
    id,
    node_id: nodeId('IC', id),
    user: renderUser(user, place),
    created_at: instant(createdAt),
    updated_at: instant(createdAt),
    author_association: association(user),
    body,
    reactions: reactionsOf(url),
    performed_via_github_app: null,
  };
}

function addressesOfIssue({ number, pullRequest }: Issue, place: Place): object {
  const url = addressOf(place, `/issues/${number}`);
  return {
    url,
    repository_url: addressOf(place, ''),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: `${WEB}/${place.repository}/${pullRequest ? 'pull' : 'issues'}/${number}`,
    reactions: reactionsOf(url),
  };
}

function pullRequestOf({ number }: Issue, place: Place): object {
  const html_url = `${WEB}/${place.repository}/pull/${number}`;
  const url = addressOf(place, `/pulls/${number}`);
  const pull_request = { url, html_url, diff_url: `${html_url}.diff`, patch_url: `${html_url}.patch`, merged_at: null };
  return { draft: false, pull_request };
}

function stateOf({ state, stateReason, closedAt, closedBy }: Issue, place: Place): object {
  return {
    state,
    state_reason: stateReason,
    closed_at: closedAt === null ? null : instant(closedAt),
    closed_by: closedBy === null ? null : renderUser(closedBy, place),
  };
}

/** An issue, or a pull request with the key that tells it from one. */
export function renderIssue(issue: Issue, store: Store, place: Place): object {
  return {
    ...addressesOfIssue(issue, place),
    id: issue.id,
    node_id: nodeId('I', issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body,
    user: renderUser(issue.user, place),
    labels: issue.labels.map((name) => renderLabel(store.labelFor(name), place)),
    ...stateOf(issue, place),
    locked: false,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: store.commentsOn(issue.number).length,
    created_at: instant(issue.createdAt),
    updated_at: instant(issue.updatedAt),
    author_association: association(issue.user),
    performed_via_github_app: null,
    ...(issue.pullRequest ? pullRequestOf(issue, place) : {}),
  };
}
