/** Reading issues: all with the label, and what duplicates name. */
import { DUPLICATE_OF } from './body.ts';
import type { Client } from './client.ts';
import type { Issue, Status } from './life-cycle.ts';
import { beginsWithMarker, readMarker } from './marker.ts';
import { statusOf } from './trouble.ts';

/** Where issues are, and by which label they are found again. */
export interface Place {
  readonly client: Client;
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly label: string;
}

/** How many duplicates may lead from one to the next; more is somebody's joke. */
const LONGEST_CHAIN = 5;

/** The account that files with the workflow's own token; it may not ask who it is. */
const WORKFLOW_ACCOUNT = 'github-actions[bot]';

/** The login that opens issues with this token. */
export async function accountOf({ client }: Place): Promise<string> {
  try {
    return (await client.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined || status === 429 || status >= 500) throw error;
    return WORKFLOW_ACCOUNT;
  }
}

/** All issues with the label, open and closed, over all pages. Pull requests, which GitHub lists too, are none. */
export async function listIssues(place: Place, account: string): Promise<Issue[]> {
  const { client, repository, label } = place;
  const listed = await client.paginate(client.rest.issues.listForRepo, {
    ...repository,
    labels: label,
    state: 'all',
    // New issues come at the end, so that none moves another over the edge of a page.
    sort: 'created',
    direction: 'asc',
    per_page: 100,
  });
  return listed.filter((answer) => answer.pull_request === undefined).map((answer) => issueFrom(answer, account));
}

/** What an answer of GitHub says of an issue, as far as it is needed. */
interface Answer {
  readonly number: number;
  readonly id: number;
  readonly html_url: string;
  readonly state: string;
  readonly state_reason?: string | null;
  readonly closed_at?: string | null;
  readonly body?: string | null;
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly author_association?: string;
}

function issueFrom(answer: Answer, account: string): Issue {
  const body = answer.body ?? '';
  const own = answer.user?.login === account;
  const marker = own || mayMark(answer) ? readMarker(body) : undefined;
  return {
    number: answer.number,
    id: answer.id,
    url: answer.html_url,
    status: statusFrom(answer),
    ...(answer.closed_at && { closedAt: answer.closed_at }),
    own,
    body,
    ...(marker && { marker }),
  };
}

/**
 * Whether an issue that somebody else opened may speak for a bug: a program's, as an app that files does not say who it is, and one of the
 * project's people that begins with a marker. Anybody else could have a bug of their choice known, or accepted by closing their own issue.
 */
function mayMark({ user, author_association: by, body }: Answer): boolean {
  return user?.type === 'Bot' || (isInsider(by) && beginsWithMarker(body ?? ''));
}

function isInsider(association = 'NONE'): boolean {
  return INSIDERS.includes(association);
}

function statusFrom({ state, state_reason: reason }: Answer): Status {
  if (state === 'open') return 'open';
  return reason === 'not_planned' || reason === 'duplicate' ? reason : 'completed';
}

/** The same issues and, after them, those that a duplicate leads to, whatever labels they have. */
export async function withTargets(
  place: Place,
  start: Issue,
  issues: readonly Issue[],
  account: string,
): Promise<Issue[]> {
  const known = [...issues];
  let current: Issue | undefined = start;
  for (let steps = 0; current?.status === 'duplicate' && steps < LONGEST_CHAIN; steps += 1) {
    const target = await targetOf(place, current.number, account);
    if (target === undefined) break;
    known[known.indexOf(current)] = { ...current, duplicateOf: target };
    current = known.find(({ number }) => number === target) ?? (await fetchInto(known, place, target, account));
  }
  return known;
}

/** An issue as it is now; undefined where the number is a pull request's. Throws what Octokit throws. */
export async function getIssue(place: Place, number: number, account: string): Promise<Issue | undefined> {
  const { client, repository } = place;
  const { data } = await client.rest.issues.get({ ...repository, issue_number: number });
  return data.pull_request === undefined ? issueFrom(data, account) : undefined;
}

/** A number that leads to no issue is somebody's slip. */
async function fetchInto(known: Issue[], place: Place, number: number, account: string): Promise<Issue | undefined> {
  try {
    const issue = await getIssue(place, number, account);
    if (issue !== undefined) known.push(issue);
    return issue;
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 410) return undefined;
    throw error;
  }
}

/**
 * The number that an issue was closed in favour of. GitHub's REST answers do not say it, so it is read from the last comment that says so
 * in GitHub's own form, written by somebody who belongs to the project or by us: a stranger's word does not count.
 */
async function targetOf({ client, repository }: Place, number: number, account: string): Promise<number | undefined> {
  const listed = { ...repository, issue_number: number, per_page: 100 };
  const comments = await client.paginate(client.rest.issues.listComments, listed);
  const naming = comments
    .filter(({ user, author_association: by }) => user?.login === account || isInsider(by))
    .map(({ body }) => DUPLICATE_WORDS.exec(body ?? '')?.[1]);
  const last = naming.findLast((name) => name !== undefined);
  return last === undefined ? undefined : Number(last);
}

const INSIDERS: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

const DUPLICATE_WORDS = new RegExp(`^${DUPLICATE_OF}(\\d{1,9})\\b`, 'im');
