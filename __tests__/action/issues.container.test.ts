import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../../testing/github-server/server.ts';
import { newDirectory } from '../support/cli.ts';
import { type Job, runJob } from '../support/job.ts';
import { planted } from '../support/paths.ts';
import { run as shell } from '../support/process.ts';
import { reproduce } from '../support/reproduce.ts';
import { writtenSubject } from '../support/written.ts';

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub({ repository: 'octocat/instar' });
});
afterEach(() => github.close());

/** One run of the bundled action, with a token for the GitHub of the test. */
const run = ({ inputs, variables, ...job }: Job) =>
  runJob({
    ...job,
    inputs: { 'github-token': 'a-token', ...inputs },
    variables: { GITHUB_API_URL: github.url, ...variables },
  });

/** What meets a bug of `info` with little work, and tells it as it was met. */
const BRIEF = { iterations: '1', operations: 'info', shrink: 'false' };

/** The first block of shell in a Markdown text. */
const scriptIn = (body: string) => /```sh\n(#!\/bin\/sh\n[\s\S]*?)\n```/.exec(body)?.[1] ?? '';

describe('a nightly run', () => {
  it('opens one issue for a bug, whose script shows it, and the next night only counts it', async () => {
    const subject = 'convert-touches-its-source';
    const variables = { GITHUB_ACTION_REPOSITORY: 'owner/action', GITHUB_ACTION_REF: '0123abc' };
    const first = await run({ event: 'schedule', subject, seed: 'night 1', variables });
    expect(github.store.issues, first.stdout).toHaveLength(1);
    const issue = github.store.issue(1);
    expect(issue.labels).toEqual(['differential-fuzz', 'differential-fuzz: data-loss']);
    expect(issue.title).toMatch(/^convert: the subject changed source.img/);
    expect(issue.body).toMatch(/^- by `disk-image-differential-fuzz \S+, owner\/action@0123abc`$/m);
    const folder = newDirectory();
    writeFileSync(join(folder, 'repro.sh'), `${scriptIn(issue.body ?? '')}\n`);
    expect((await reproduce(folder, planted(subject))).code).toBe(1);
    expect((await reproduce(folder, 'qemu-img')).code).toBe(0);
    copyFileSync(planted(subject), join(folder, 'instar'));
    const [, command = ''] = /^(docker run .*)$/m.exec(issue.body ?? '') ?? [];
    const pasted = await shell('sh', ['-c', command], { cwd: folder });
    expect([pasted.code, pasted.stdout], pasted.stderr).toEqual([1, expect.stringContaining('They differ.')]);
    expect(first.runner.summary()).toContain('new: an issue was opened ([#1](');
    const second = await run({ event: 'schedule', subject, seed: 'night 2' });
    expect(github.store.issues).toHaveLength(1);
    expect(second.runner.summary()).toContain('known: it has an issue ([#1](');
    expect(github.store.commentsOn(1)).toEqual([]);
    github.expectSound();
  });

  it('opens none for a bug that there was no time to make small, and says so', async () => {
    const slowly = readFileSync(planted('convert-changes-one-byte'), 'utf8').replace('\n', '\nsleep 0.3\n');
    const subject = writtenSubject(slowly);
    const inputs = { 'shrink-timeout': '1' };
    const { runner } = await run({ event: 'schedule', subject, seed: 'night 1', inputs });
    expect(runner.outputs()['verdict']).toBe('divergent');
    expect(runner.summary()).toContain('not filed yet: its smallest case is not known');
    expect(github.store.issues).toEqual([]);
  });

  it('says of a bug that shows no more that it does not, twice before it closes it', async () => {
    await run({ event: 'schedule', subject: 'convert-touches-its-source', seed: 'night 1' });
    const fixed = { event: 'schedule', subject: 'commit-takes-any-base', inputs: { ...BRIEF, 'close-fixed': 'true' } };
    await run({ ...fixed, seed: 'night 2' });
    expect(github.store.issue(1).state).toBe('open');
    await run({ ...fixed, seed: 'night 3' });
    expect(github.store.issue(1)).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(github.store.commentsOn(1)).toHaveLength(1);
    github.expectSound();
  });
});

describe('a pull request', () => {
  const pull = { event: 'pull_request', inputs: { 'fail-on': 'new' } };

  it('is green over a bug that is known, red over a new one, and files nothing', async () => {
    await run({ event: 'schedule', subject: 'convert-touches-its-source', seed: 'night 1' });
    const old = await run({ ...pull, subject: 'convert-touches-its-source', seed: 'pull 2' });
    expect([old.code, old.runner.outputs()['verdict']]).toEqual([0, 'divergent']);
    expect(old.runner.summary()).toContain('known: it has an issue ([#1](');
    const inputs = { ...pull.inputs, ...BRIEF };
    const fresh = await run({ ...pull, subject: 'info-lies-about-the-size', seed: 'pull 3', inputs });
    expect(fresh.code, fresh.stdout).toBe(1);
    expect(fresh.stdout).toContain('1 bug matched fail-on (new)');
    expect(github.requests.filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([]);
    expect(github.store.issues).toHaveLength(1);
    github.expectSound();
  });

  it('of a fork whose token may nothing has one warning and all in its summary', async () => {
    github.fail({ times: 99, play: { kind: 'not_accessible' } });
    const fork = await run({
      event: 'pull_request',
      payload: 'pull_request.fork',
      subject: 'info-lies-about-the-size',
      seed: 'fork 1',
      inputs: BRIEF,
    });
    expect(fork.stdout.match(/^::warning::.*may not do this/gm)).toHaveLength(1);
    expect(fork.runner.summary()).toContain('1 bug');
    expect(github.store.issues).toEqual([]);
  });
});

describe('the token', () => {
  it('stands in nothing that the run leaves', async () => {
    const token = 'tell-nobody-1234';
    const subject = 'info-lies-about-the-size';
    const { stdout, stderr, runner } = await run({
      event: 'schedule',
      subject,
      seed: 'night 1',
      inputs: { ...BRIEF, 'github-token': token },
    });
    const record = runner.outputs()['report-dir'] ?? '';
    const files = ['run.json', 'summary.md', 'triage.jsonl', 'issues.json'].map((name) =>
      readFileSync(join(record, name), 'utf8'),
    );
    for (const text of [stdout, stderr, runner.summary(), ...files]) expect(text).not.toContain(token);
    expect(github.store.issues).toHaveLength(1);
  });
});

describe('a baseline', () => {
  it('keeps a pull request green over what it shows too, and red over what came with it, without any issue', async () => {
    const pull = { event: 'pull_request', subject: 'convert-touches-its-source' };
    const baseline = (name: string) => ({ 'fail-on': 'new', baseline: planted(name), 'github-token': '' });
    const old = await run({ ...pull, seed: 'pull 1', inputs: baseline('convert-touches-its-source') });
    expect([old.code, old.runner.outputs()['verdict']], old.stdout).toEqual([0, 'divergent']);
    expect(old.runner.summary()).toContain('it was there before: the baseline shows it too');
    const fresh = await run({ ...pull, seed: 'pull 2', inputs: baseline('commit-takes-any-base') });
    expect(fresh.code, fresh.stdout).toBe(1);
    expect(fresh.runner.summary()).toContain('introduced here: the baseline does not show it');
    expect(github.requests).toEqual([]);
  });
});
