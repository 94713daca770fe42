import { inertLine } from '../trust/inert.ts';

/** Why GitHub did not do what it was asked for, once waiting and trying again are over. `words` are one inert line. */
export interface Trouble {
  /**
   * `forbidden`: the token may not, and the next request would fare no better; `later`: a limit or an outage, the next run may have
   * more luck; `refused`: this one request is not accepted, others may be.
   */
  readonly kind: 'forbidden' | 'later' | 'refused';
  readonly words: string;
}

/** An answer that is no error to HTTP and yet not what was asked for. */
export class Unexpected extends Error {}

/** What a token is needed for. */
export type Right = 'read' | 'write';

/** What an error of Octokit means to a request that needs a right. Anything else is a fault of ours and is thrown on. */
export function troubleOf(error: unknown, right: Right = 'write'): Trouble {
  if (error instanceof Unexpected) return { kind: 'forbidden', words: error.message };
  const status = statusOf(error);
  if (status === undefined) throw error;
  const said = saidBy(error);
  if (status >= 500) return { kind: 'later', words: `GitHub could not be reached or failed. ${said}` };
  if (status === 429 || isLimit(error)) return { kind: 'later', words: `GitHub’s rate limit is used up. ${said}` };
  const reason = FORBIDDEN.get(status)?.(right);
  if (reason !== undefined) return { kind: 'forbidden', words: `${reason} ${said}` };
  return { kind: 'refused', words: `GitHub rejected the request. ${said}` };
}

/** What a change to an issue that exists means when it fails: that one may be locked, deleted or moved, and the others are as ever. */
export function troubleWithIssue(error: unknown): Trouble {
  const trouble = troubleOf(error);
  const isAlone = [404, 410].includes(statusOf(error) ?? 0) || /\bis locked\b/i.test(messageOf(error));
  if (trouble.kind !== 'forbidden' || !isAlone) return trouble;
  return { kind: 'refused', words: `An issue cannot be changed. ${saidBy(error)}` };
}

/** The status of an error that a request ended with; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

function saidBy(error: unknown): string {
  return `GitHub said ${statusOf(error)}: ${inertLine(messageOf(error), 200)}`;
}

/** What to do about it, by status: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
const FORBIDDEN: ReadonlyMap<number, (right: Right) => string> = new Map<number, (right: Right) => string>([
  [401, () => 'The token is not valid: give github-token one that is.'],
  [
    403,
    (right) =>
      `The token may not do this: the job needs ${permission(right)}${right === 'read' ? '' : NEVER_FOR_FORKS}.`,
  ],
  [404, (right) => `The token does not see the repository’s issues: the job needs ${permission(right)}.`],
  [410, () => 'Issues are disabled in this repository: enable them, or set create-issues to never.'],
]);

const NEVER_FOR_FORKS = ', which a run for a fork or by Dependabot never has';

function permission(right: Right): string {
  return `"permissions: issues: ${right}"`;
}

/** A limit may also come as 403, told by its words or by the headers: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function isLimit(error: unknown): boolean {
  const headers = headersOf(error);
  return (
    /\bsecondary rate\b/i.test(messageOf(error)) ||
    headers['x-ratelimit-remaining'] === '0' ||
    headers['retry-after'] !== undefined
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function headersOf(error: unknown): Readonly<Record<string, unknown>> {
  const { response } = error as { readonly response?: { readonly headers?: Record<string, unknown> } };
  return response?.headers ?? {};
}
