import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../../testing/github-server/server.ts';
import { combined } from '../support/combined.ts';
import { type Job, runJob } from '../support/job.ts';

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub({ repository: 'octocat/instar' });
});
afterEach(() => github.close());

/** One run of the bundled action, with a token for the GitHub of the test. */
const run = ({ inputs, ...job }: Job) =>
  runJob({ ...job, inputs: { 'github-token': 'a-token', ...inputs }, variables: { GITHUB_API_URL: github.url } });

describe('a branch with three known bugs', () => {
  const OLD = ['convert-touches-its-source', 'info-lies-about-the-size', 'resize-does-nothing'];
  const FRESH = 'check-writes-to-its-input';
  const inputs = { operations: 'check,convert,info,resize', iterations: '12', 'fail-on': 'new' };
  const pull = { event: 'pull_request', inputs };
  const [before, after] = [combined(OLD), combined([...OLD, FRESH])];

  it('turns a pull request red for a fourth alone, which is named, and green without it', async () => {
    await run({ event: 'schedule', inputs, subject: before, seed: 'night 1' });
    expect(github.store.issues).toHaveLength(3);
    const fresh = await run({ ...pull, subject: after, seed: 'pull 2' });
    expect(fresh.code, fresh.stdout).toBe(1);
    expect(fresh.stdout).toContain('1 bug matched fail-on (new)');
    expect(fresh.runner.summary().match(/- known: it has an issue/g)).toHaveLength(3);
    expect(fresh.runner.summary()).toMatch(
      /#### `check: the subject changed [\s\S]*?- no issue exists for it, and this run opens none/,
    );
    const without = await run({ ...pull, subject: before, seed: 'pull 2' });
    expect(without.code, without.stdout).toBe(0);
    expect(without.runner.summary().match(/- known: it has an issue/g)).toHaveLength(3);
    expect(github.store.issues).toHaveLength(3);
    github.expectSound();
  });

  it('does the same by the baseline alone', async () => {
    const alone = { ...inputs, baseline: before, 'github-token': '' };
    const fresh = await run({ ...pull, subject: after, seed: 'pull 2', inputs: alone });
    expect(fresh.code, fresh.stdout).toBe(1);
    expect(fresh.stdout).toContain('1 bug matched fail-on (new)');
    expect(fresh.runner.summary().match(/- it was there before: the baseline shows it too/g)).toHaveLength(3);
    expect(fresh.runner.summary().match(/- introduced here/g)).toHaveLength(1);
    const without = await run({ ...pull, subject: before, seed: 'pull 2', inputs: alone });
    expect(without.code, without.stdout).toBe(0);
    expect(github.requests).toEqual([]);
  });
});
