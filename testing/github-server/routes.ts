import type { Handler } from './call.ts';
import { createComment, listComments } from './comment-routes.ts';
import { createIssue, getIssue, listIssues, updateIssue } from './issue-routes.ts';
import { createLabel, getLabel, listLabels } from './label-routes.ts';
import { getRepository, getUser } from './repository-routes.ts';

const REPOSITORY = '/repos/{owner}/{repo}';

/** Every operation that is played, under the path by which the description knows it. */
const ROUTES: readonly (readonly [method: string, template: string, handler: Handler])[] = [
  ['GET', `${REPOSITORY}/issues`, listIssues],
  ['POST', `${REPOSITORY}/issues`, createIssue],
  ['GET', `${REPOSITORY}/issues/{issue_number}`, getIssue],
  ['PATCH', `${REPOSITORY}/issues/{issue_number}`, updateIssue],
  ['GET', `${REPOSITORY}/issues/{issue_number}/comments`, listComments],
  ['POST', `${REPOSITORY}/issues/{issue_number}/comments`, createComment],
  ['GET', `${REPOSITORY}/labels`, listLabels],
  ['POST', `${REPOSITORY}/labels`, createLabel],
  ['GET', `${REPOSITORY}/labels/{name}`, getLabel],
  ['GET', REPOSITORY, getRepository],
  ['GET', '/user', getUser],
];

/** A route that a request takes, and what the variable parts of its path stand for. */
export interface Route {
  readonly template: string;
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request, if it is played. */
export function routeOf(method: string, path: string): Route | undefined {
  for (const [itsMethod, template, handler] of ROUTES) {
    const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const found = itsMethod === method ? pattern.exec(path) : null;
    if (found !== null) return { template, handler, params: decoded(found.groups ?? {}) };
  }
  return undefined;
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
