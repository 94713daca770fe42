import { getOctokit } from '@actions/github';
import { onTestFinished } from 'vitest';
import { type GitHub, type GitHubOptions, startGitHub } from '../../testing/github-server/server.ts';

/** The repository there, as requests name it. */
export const here = { owner: 'octo', repo: 'instar' };

/** A GitHub that closes when the test ends, and a client of it. */
export async function github(options: GitHubOptions = {}) {
  const server = await startGitHub(options);
  onTestFinished(() => server.close());
  const client = clientOf(server);
  return { server, rest: client.rest, client };
}

/** A client as Octokit makes it, without what runs add; it says nothing of refusals, which are meant here. */
export const clientOf = (server: GitHub, token = 'a-token') => {
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return getOctokit(token, { baseUrl: server.url, log: quiet });
};

/** How a request was refused. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ status: number; message: string; headers: object }> {
  const error = await request.then(
    () => ({ status: 0, message: 'it was not refused' }),
    (refused) => refused,
  );
  return { status: error.status, message: error.message, headers: error.response?.headers };
}
