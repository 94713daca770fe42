import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { bodyOf } from '../../src/github/body.ts';
import type { Filed } from '../../src/github/filed.ts';
import { readMarker } from '../../src/github/marker.ts';
import { type Submission, Tracker } from '../../src/github/tracker.ts';
import type { Bug } from '../../src/triage/bug.ts';
import { type Fault, holding } from '../../testing/github-server/faults.ts';
import { type GitHub, type GitHubOptions, startGitHub } from '../../testing/github-server/server.ts';
import { bug, runOf } from './bugs.ts';
import { speedUpTime } from './fast-time.ts';

/** The label by which runs find their issues again. */
export const LABEL = 'differential-fuzz';

/** Who may write there: somebody of the project, an app of it, and anybody else. */
export const PERSON = { login: 'maintainer', type: 'User', push: true } as const;
export const APP = { login: 'fuzz-app[bot]', type: 'Bot', push: true } as const;
export const STRANGER = { login: 'stranger', type: 'User', push: false } as const;

/** The GitHub of the test that runs. */
export let github: GitHub;

/** Gives each test of a file a GitHub of its own, in time that passes quickly, and looks after each whether all there was as GitHub describes it. */
export function useGitHub(): void {
  let slowDown: () => void;
  beforeAll(() => {
    slowDown = speedUpTime();
  });
  afterAll(() => slowDown());
  beforeEach(async () => {
    github = await startGitHub();
  });
  afterEach(async () => {
    github.expectSound();
    await github.close();
  });
}

/** Starts another in its place. */
export async function startAnother(options: GitHubOptions): Promise<void> {
  await github.close();
  github = await startGitHub(options);
}

/** Holds up the answer to one request, whose work is done: `reached` says when, and only `release` lets it go. */
export function holdUp(which: Pick<Fault, 'method' | 'path'>) {
  const { play, ...held } = holding();
  github.fail({ ...which, play });
  return held;
}

/** The issues there, as a run sees them. */
export function tracker(token = 'token'): Tracker {
  const [owner, repo] = ['octo', 'instar'];
  return new Tracker({ token, baseUrl: github.url, owner, repo, labels: [LABEL, 'bug'] });
}

/** A run with this id that saw these bugs. */
export function file(id: string, bugs: readonly Bug[], changes: Partial<Submission> = {}): Promise<Filed> {
  const usual = { replays: [], maxIssues: 5, mayReopen: true, closeFixed: false };
  return tracker().file({ bugs, run: runOf(id), ...usual, ...changes });
}

/** How each bug stands, with its issue. */
export const states = ({ bugs }: Filed) =>
  bugs.map(({ state, issue }) => (issue ? `${state} #${issue.number}` : state));

/** What an issue's marker says of its bug. */
export const stateOf = (number: number) => readMarker(github.store.issue(number).body ?? '')?.state;

/** Whether an issue is open, and why it became so. */
export const standing = (number: number) => {
  const { state, stateReason } = github.store.issue(number);
  return `${state} ${stateReason}`;
};

/** What was said on an issue. */
export const commentsOn = (number: number) => github.store.commentsOn(number).map(({ body }) => body);

/** The requests that may have changed something. */
export const written = () => github.requests.filter(({ method }) => method !== 'GET');

/** Files an issue as another run would at the very same moment. */
export const fileBehindTheBack = (digit: string, id: string) =>
  github.store.addIssue({ title: 'x', body: bodyOf(bug(digit), runOf(id)), labels: [LABEL] });
