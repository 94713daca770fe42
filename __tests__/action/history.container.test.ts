import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { historyText, NO_HISTORY } from '../../src/history/history.ts';
import { type CacheService, type Entry, startCache } from '../../testing/cache-server/server.ts';
import { startGitHub } from '../../testing/github-server/server.ts';
import { historyIn, poisoned } from '../support/cache-archive.ts';
import { readRecord } from '../support/cli.ts';
import { type Job, runJob } from '../support/job.ts';
import { harmless } from '../support/paths.ts';

const BUG = 'convert-touches-its-source';
const RIGHT = harmless('tells-its-success');

let cache: CacheService;
/** What a first night over the bug leaves: the history of nearly every test. */
let firstNight: Entry;

beforeAll(async () => {
  cache = await startCache();
  const { stdout } = await night({ subject: BUG, seed: 'night 1', inputs: { iterations: '3', operations: 'convert' } });
  const [entry] = cache.entries;
  if (entry === undefined) throw new Error(`the first night kept nothing:\n${stdout}`);
  firstNight = entry;
});
beforeEach(() => {
  cache.trouble = undefined;
  cache.entries.splice(0, Infinity, { ...firstNight });
});
afterAll(() => cache.close());

/** A run of the bundled action with the cache of the tests and without a token; few iterations, which do not meet the bug. */
function run({ variables, inputs, ...job }: Job) {
  const few = { iterations: '1', operations: 'info', ...inputs };
  return runJob({ ...job, inputs: few, variables: { ...cache.variables, ...variables } });
}

const night = (job: Omit<Job, 'event'>) => run({ ...job, event: 'schedule' });

/** The document in the newest entry. */
const newest = () => historyIn(cache.entries.at(-1));

describe('the history', () => {
  it('goes from a night to the next: the trend, and since when a bug is known', async () => {
    expect(newest()).toMatchObject({ runs: [{ id: '1' }], bugs: [{ runs: 1, nights: 0 }] });
    const inputs = { iterations: '3', operations: 'convert' };
    const { runner } = await night({ subject: BUG, seed: 'night 2', inputs });
    expect(runner.summary()).toContain('Earlier runs on the default branch');
    expect(runner.summary()).toMatch(/- known to 1 earlier run, first on \d{4}-\d\d-\d\d/);
    expect(newest()).toMatchObject({ runs: [{ id: '1' }, { id: '2' }], bugs: [{ runs: 2, nights: 0 }] });
  });

  it('lets a night go on where the last one of its seed ended, when asked to', async () => {
    const inputs = { iterations: '2', resume: 'true', operations: 'info' };
    const nights = [];
    for (let times = 0; times < 2; times += 1) nights.push(await night({ subject: RIGHT, seed: 'named', inputs }));
    const indices = nights.map(({ runner }) =>
      readRecord(runner.outputs()['report-dir'] ?? '').iterations.map(({ index }) => index),
    );
    expect(indices).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(nights[1]?.runner.summary()).toContain('- seed: `named`, from iteration 2 on');
  });

  it('keeps a pull request green over what it knows, and learns nothing from it', async () => {
    const inputs = { 'fail-on': 'new', iterations: '3', operations: 'convert' };
    const old = await run({ event: 'pull_request', subject: BUG, seed: 'pull 2', inputs });
    expect([old.code, old.runner.outputs()['verdict']], old.stdout).toEqual([0, 'divergent']);
    expect(cache.entries).toHaveLength(1);
  });

  it('learns nothing from another branch, which stays red over its own bug', async () => {
    const variables = { GITHUB_REF: 'refs/heads/topic' };
    const inputs = { 'fail-on': 'new', shrink: 'false' };
    const fresh = await run({ event: 'push', subject: 'info-lies-about-the-size', seed: 'push 4', inputs, variables });
    expect(fresh.code, fresh.stdout).toBe(1);
    expect(cache.entries).toHaveLength(1);
  });

  it('keeps a bug that no night meets any more until its smallest case shows nothing twice', async () => {
    const still = await night({ subject: BUG, seed: 'night 2' });
    expect([still.code, still.runner.outputs()['divergent']], still.stdout).toEqual([1, '0']);
    expect(still.stdout).toContain('No iteration diverged, but trying known bugs and gaps again showed 1 bug.');
    expect(still.runner.summary()).toContain('found by an earlier run and still there');
    const sarifOf = ({ runner }: typeof still) => readFileSync(runner.outputs()['sarif'] ?? '', 'utf8');
    const [{ results }] = (JSON.parse(sarifOf(still)) as { runs: [{ results: unknown[] }] }).runs;
    expect(results).toMatchObject([{ ruleId: 'input_modified_divergence' }]);
    await night({ subject: RIGHT, seed: 'night 3' });
    expect(newest()?.bugs).toMatchObject([{ nights: 1 }]);
    const gone = await night({ subject: RIGHT, seed: 'night 4' });
    expect(newest()?.bugs).toEqual([]);
    expect(JSON.parse(sarifOf(gone))).toMatchObject({ runs: [{ results: [] }] });
  });

  it('has a bug filed that an earlier night could not file, by a night that does not meet it', async () => {
    const github = await startGitHub({ repository: 'octocat/instar' });
    const variables = { GITHUB_API_URL: github.url };
    const unlucky = { 'github-token': 'a-token', 'max-issues': '0' };
    await night({ subject: BUG, seed: 'night 2', inputs: unlucky, variables });
    expect(github.store.issues).toEqual([]);
    const { runner } = await night({ subject: BUG, seed: 'night 3', inputs: { 'github-token': 'a-token' }, variables });
    expect(github.store.issues).toHaveLength(1);
    expect(runner.summary()).toContain('new: an issue was opened ([#1](');
    expect(github.store.issue(1).body).toContain('seed `night 1`, iteration');
    expect(newest()?.bugs).toMatchObject([{ issue: 1, runs: 3 }]);
    expect(newest()?.bugs[0]).not.toHaveProperty('plan');
    github.expectSound();
    await github.close();
  });
});

// What else a cache may do, and hold, stands in cache.test.ts.
describe('a cache that does not do its work', () => {
  it('costs the history and nothing else', async () => {
    cache.trouble = { kind: 'status', status: 403 };
    const { code, runner, stdout } = await night({ subject: RIGHT, seed: 'night 2' });
    expect([code, runner.outputs()['verdict']], stdout).toEqual([0, 'ok']);
    expect(stdout).toMatch(/^::(warning|error)::.*(Failed to (restore|save)|denied|reserve)/im);
  });

  it('is only read where the runner says so', async () => {
    const variables = { ACTIONS_CACHE_MODE: 'read' };
    const { code, runner } = await night({ subject: RIGHT, seed: 'night 2', variables });
    expect(code).toBe(0);
    expect(runner.summary()).toContain('Earlier runs');
    expect(cache.entries).toHaveLength(1);
  });

  it('brings no plan in that is none, and none of its words', async () => {
    const past = { scheme: 1, fingerprint: 'a'.repeat(16), first: '2026-01-01', last: '2026-11-01' };
    const plan = { seed: '\n::error::x\n##[error]x' };
    const stranger = { ...NO_HISTORY, bugs: [{ ...past, runs: 1, sightings: 1, nights: 0, plan }] };
    cache.entries.splice(
      0,
      1,
      poisoned(firstNight, (path) => writeFileSync(path, historyText(stranger))),
    );
    const { code, runner, stdout } = await night({ subject: RIGHT, seed: 'night 2' });
    expect([code, runner.outputs()['verdict']], stdout).toEqual([0, 'ok']);
    expect(stdout.split('\n').filter((line) => /^::error|##\[/.test(line))).toEqual([]);
    expect(newest()?.runs).toMatchObject([{ id: '2' }]);
  });
});
