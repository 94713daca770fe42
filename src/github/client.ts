import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

/** Seconds that all waiting for GitHub's rate limits may take in a run together; what needs longer is left to the next run. */
const LONGEST_WAIT = 180;

/**
 * How often a request is sent again that was refused for a limit; going on may get the integration banned:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
const TRIES_AFTER_LIMIT = 2;

/** How often a request is sent again whose answer said 5xx or never came; after 1, then 4 seconds. */
const TRIES_AFTER_FAILURE = 2;

/** Milliseconds within which an answer must be there. */
const PATIENCE = 20_000;

/** Octokit as this run uses it. */
export type Client = ReturnType<typeof openClient>;

/** Opens the client for one repository host; `baseUrl` is the runner's `GITHUB_API_URL`. The token goes nowhere else. */
export function openClient(token: string, baseUrl: string) {
  const onLimit = waitWithin(LONGEST_WAIT);
  const throttle = { onRateLimit: onLimit, onSecondaryRateLimit: onLimit };
  // 429 is a limit, which the throttling plugin has dealt with by then.
  const retrying = { retries: TRIES_AFTER_FAILURE, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] };
  return getOctokit(token, { baseUrl, throttle, retry: retrying }, soundAnswers, throttling, retry);
}

/** A request that must not be made twice unawares: one that is sent again only after a look at what the first did. */
export const ONCE = { request: { retries: 0 } } as const;

/** Decides after each refusal for a limit, given the seconds to wait, whether to wait or to give up. */
function waitWithin(seconds: number) {
  let left = seconds;
  return (retryAfter: number, _options: unknown, _client: unknown, retries: number): boolean => {
    if (retries >= TRIES_AFTER_LIMIT || retryAfter > left) return false;
    left -= retryAfter;
    return true;
  };
}

/**
 * A plugin, to be named first: bounds each single sending, and takes an answer that broke off for a failure. Octokit would pass on what there
 * is of it as a text, and a list of issues that ends early would look like one without issues.
 */
function soundAnswers(octokit: Parameters<typeof throttling>[0]) {
  octokit.hook.wrap('request', async (request, options) => {
    const bounded = { ...options, request: { ...options.request, signal: AbortSignal.timeout(PATIENCE) } };
    const response = await request(bounded);
    if (typeof response.data === 'object' && response.data !== null) return response;
    throw Object.assign(new Error('The answer broke off.'), { status: 500, request: options });
  });
  return {};
}
