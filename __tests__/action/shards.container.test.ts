import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../../testing/github-server/server.ts';
import { Runner } from '../support/action.ts';
import { cli, fuzz, newDirectory, type Recorded, readRecord } from '../support/cli.ts';
import { runJob } from '../support/job.ts';
import { planted } from '../support/paths.ts';

const SEED = 'shards 1';
const SUBJECT = 'convert-touches-its-source';
const OF = 8;
const ITERATIONS = 16;
const OPERATIONS = 'convert,create,info';

const numbers = Array.from({ length: OF }, (_, before) => before + 1);

describe('a run in eight shards, as a matrix of jobs does it', () => {
  let github: GitHub;
  const shards: Awaited<ReturnType<typeof runJob>>[] = [];
  const records = newDirectory();
  beforeAll(async () => {
    github = await startGitHub({ repository: 'octocat/instar' });
    for (const number of numbers) {
      const shard = `${number}/${OF}`;
      const inputs = { shard, iterations: String(ITERATIONS), operations: OPERATIONS, 'github-token': 'a-token' };
      const variables = { GITHUB_API_URL: github.url };
      const job = await runJob({ event: 'schedule', subject: SUBJECT, seed: SEED, inputs, variables });
      cpSync(job.runner.outputs()['report-dir'] ?? '', join(records, `fuzz-shard-${number}`), { recursive: true });
      shards.push(job);
    }
  });
  afterAll(() => github.close());

  const report = async (below: string) => {
    const runner = new Runner();
    const ended = await runner.main({
      event: 'schedule',
      payload: { repository: { default_branch: 'develop' } },
      inputs: { mode: 'report', reports: below, 'github-token': 'a-token' },
      variables: { GITHUB_API_URL: github.url, GITHUB_RUN_ID: '1', GITHUB_REF: 'refs/heads/develop' },
    });
    return { ...ended, runner };
  };

  it('is green in each shard that came to its end, and files nothing there', () => {
    expect(shards.map(({ code }) => code)).toEqual(numbers.map(() => 0));
    expect(shards.map(({ runner }) => runner.outputs()['iterations'])).toEqual(numbers.map(() => '2'));
    expect(github.store.issues).toEqual([]);
  });

  it('is brought together by the last job: one bug, one issue, one summary, red', async () => {
    const { code, runner, stdout } = await report(records);
    expect(code, stdout).toBe(1);
    expect(github.store.issues).toHaveLength(1);
    expect(runner.outputs()).toMatchObject({ verdict: 'divergent', iterations: String(ITERATIONS), seed: SEED });
    expect(runner.summary()).toContain(`of ${ITERATIONS} iterations in ${OF} shards`);
    expect(runner.summary()).toContain('new: an issue was opened ([#1](');
    expect((await runner.post()).code).toBe(0);
  });

  it('finds what one job would have found, finding by finding', async () => {
    const whole = await fuzz(
      ...['--instar', planted(SUBJECT), '--seed', SEED],
      ...['--iterations', String(ITERATIONS), '--operations', OPERATIONS, '--shrink', 'false'],
    );
    const target = join(newDirectory(), 'merged');
    await cli('report', records, '--report-dir', target);
    const parts = readRecord(target);
    const verdicts = ({ iterations }: Recorded) =>
      iterations.map(({ index, verdict, steps }) => ({ index, verdict, steps }));
    expect(verdicts(parts)).toEqual(verdicts(whole));
    expect(whole.findings.length).toBeGreaterThan(1);
    expect(parts.findings).toEqual(whole.findings);
    for (const { folder } of parts.findings) expect(existsSync(join(target, folder, 'repro.sh'))).toBe(true);
  });

  it('leaves out a bug whose case it cannot read, and says so, instead of all issues', async () => {
    const changed = newDirectory();
    cpSync(records, changed, { recursive: true });
    for (const file of readdirSync(changed, { recursive: true, encoding: 'utf8' })) {
      if (!/bugs\/[^/]+\/plan\.json$/.test(file)) continue;
      const plan = JSON.parse(readFileSync(join(changed, file), 'utf8'));
      writeFileSync(join(changed, file), JSON.stringify({ ...plan, version: 99 }));
    }
    const { code, stdout } = await report(changed);
    expect(code).toBe(1);
    expect(stdout).toMatch(/::warning::The bug in bugs\/[0-9a-f]{16} is left out: its plan cannot be read: /);
    expect(stdout).not.toContain('left alone');
  });

  it('is red where a shard is missing, and says which', async () => {
    const others = newDirectory();
    for (const number of numbers.filter((one) => one !== 2)) {
      cpSync(join(records, `fuzz-shard-${number}`), join(others, String(number)), { recursive: true });
    }
    const { code, stdout, runner } = await report(others);
    expect(code).toBe(1);
    expect(stdout).toContain('The run is incomplete: the record of shard 2 of 8 is missing.');
    expect(runner.summary()).toContain('shard 2 of 8 is missing');
  });

  it('is red where there is no record at all', async () => {
    const { code, stdout, runner } = await report(newDirectory());
    expect([code, runner.outputs()['verdict']]).toEqual([1, 'error']);
    expect(stdout).toContain('Input "reports": there is no record (run.json) below');
  });
});

describe('a time budget', () => {
  it('ends a run in good order before all iterations are done', async () => {
    const { run, iterations, code } = await fuzz('--seed', 'budget', '--iterations', '100000', '--time-budget', '5s');
    expect([run.state, code, run.timeBudgetSeconds]).toEqual(['finished', 0, 5]);
    expect(iterations.length).toBeGreaterThan(0);
    expect(iterations.length).toBeLessThan(1000);
  });
});
