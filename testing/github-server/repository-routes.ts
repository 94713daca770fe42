import { type Answer, errorAnswer, Refusal } from './answers.ts';
import { type Call, writerOf } from './call.ts';
import { addressOf, renderUser } from './render.ts';

const SINCE = '2026-01-01T00:00:00Z';
const ADDRESSES =
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees'.split(
    ' ',
  );
const COUNTS =
  'forks_count stargazers_count watchers_count size forks watchers network_count subscribers_count open_issues_count open_issues'.split(
    ' ',
  );

/** Shows the repository, with what the token may do to it. */
export function getRepository({ account, place }: Call): Answer {
  const [owner = '', name = ''] = place.repository.split('/');
  const web = `https://github.com/${place.repository}`;
  const push = account?.push ?? false;
  const body = {
    id: place.repositoryId,
    node_id: `R_${place.repositoryId}`,
    name,
    full_name: place.repository,
    owner: renderUser({ login: owner, type: 'User', push: true }, place),
    url: addressOf(place, ''),
    ...Object.fromEntries(ADDRESSES.map((one) => [`${one}_url`, addressOf(place, `/${one}`)])),
    ...Object.fromEntries(['html', 'clone', 'git', 'ssh', 'svn'].map((one) => [`${one}_url`, web])),
    ...Object.fromEntries(COUNTS.map((one) => [one, 0])),
    ...unremarkable,
    permissions: { admin: false, push, pull: true },
  };
  return { status: 200, body };
}

const unremarkable = {
  ...{ private: false, fork: false, archived: false, disabled: false, default_branch: 'main' },
  ...{ has_issues: true, has_projects: false, has_wiki: false, has_pages: false, has_discussions: false },
  ...{ description: null, homepage: null, language: null, license: null, mirror_url: null },
  ...{ pushed_at: SINCE, created_at: SINCE, updated_at: SINCE },
};

/** Shows whose token it is: a person's. A workflow's token is an installation's, which GitHub refuses here. */
export function getUser(call: Call): Answer {
  const account = writerOf(call);
  if (account.type === 'Bot') throw new Refusal(errorAnswer(403, 'Resource not accessible by integration'));
  const unknown = ['bio', 'blog', 'company', 'email', 'hireable', 'location', 'name'].map((field) => [field, null]);
  const counts = ['followers', 'following', 'public_gists', 'public_repos'].map((field) => [field, 0]);
  const body = {
    ...renderUser(account, call.place),
    ...Object.fromEntries([...unknown, ...counts]),
    ...{ created_at: SINCE, updated_at: SINCE, user_view_type: 'public' },
  };
  return { status: 200, body };
}
