import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INPUTS } from '../../src/inputs/definitions.ts';
import { FILING_INPUTS } from '../../src/inputs/filing.ts';
import { newDirectory } from '../support/cli.ts';
import { run } from '../support/process.ts';
import { workflowsIn } from '../support/workflows.ts';

const workflow = workflowsIn('.github/workflows').find(({ file }) => file.endsWith('/sharded.yml'));
const steps = Object.values(workflow?.jobs ?? {}).flatMap((job) => job.steps ?? []);

/** What a member of an artifact's step says in a call of this name, for this shard. */
function inCall(name: string, text: unknown, shard = 0): string {
  return String(text)
    .replace(/\$\{\{ inputs\.name \}\}/, name)
    .replace(/\$\{\{ matrix\.shard \}\}/, String(shard));
}

/** The names of the artifacts that a call of this name keeps: those of two shards, and the report's. */
function artifactsOf(name: string): string[] {
  const kept = steps.filter(({ uses }) => uses?.includes('/upload-artifact@')).map((step) => step.with?.['name']);
  return [...new Set(kept.flatMap((text) => [1, 12].map((shard) => inCall(name, text, shard))))];
}

/** Those of some artifacts that the report of a call of this name downloads. */
function downloadedBy(name: string, artifacts: readonly string[]): string[] {
  const [pattern] = steps.flatMap((step) => step.with?.['pattern'] ?? []);
  const [start = '', end = '', ...more] = inCall(name, pattern).split('*');
  expect(more).toEqual([]);
  return artifacts.filter((artifact) => artifact.startsWith(start) && artifact.endsWith(end));
}

describe('calls of the sharded workflow in one run', () => {
  const names = ['fuzz', 'fuzz-debug', 'fuzz-shard', 'fuzz-shard-1', 'fuzz-report', 'shard'];
  const all = names.flatMap((name) => artifactsOf(name));

  it('keep artifacts of different names', () => {
    expect(new Set(all).size).toBe(3 * names.length);
  });

  it.each(names)('bring their own shards together and no others: %s', (name) => {
    const own = artifactsOf(name).filter((artifact) => !artifact.endsWith('-report'));
    expect(own).toHaveLength(2);
    expect(downloadedBy(name, all)).toEqual(own);
  });
});

describe('the plan of the sharded workflow', () => {
  const script = steps.find(({ name }) => name === 'Check name and seed, and number the shards')?.run ?? '';
  const plan = async (NAME: string, SEED = '7') => {
    const GITHUB_OUTPUT = join(newDirectory(), 'output');
    writeFileSync(GITHUB_OUTPUT, '');
    const env = { ...process.env, NAME, SHARDS: '3', SEED, GITHUB_OUTPUT };
    const { code, stdout } = await run('bash', ['-e', '-c', script], { env });
    return { code, stdout, output: readFileSync(GITHUB_OUTPUT, 'utf8') };
  };

  it('numbers the shards', async () => {
    expect(await plan('fuzz-debug')).toEqual({ code: 0, stdout: '', output: 'shards=[1,2,3]\nseed=7\n' });
  });

  it.each(['', 'fuzz.shard-1', 'f*', 'a b', 'ä'])('refuses a name that could stand for others: "%s"', async (name) => {
    const { code, stdout, output } = await plan(name);
    expect([code, output]).toEqual([1, '']);
    expect(stdout).toContain(`Input "name": "${name}" is not made of letters, digits and dashes.`);
  });

  it('says nothing that GitHub would take for more than it is, whatever is asked for', async () => {
    const { stdout } = await plan('x\n::set-output name=shards::[9]');
    expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/^::error::Input "name": "x ::set-output /)]);
    const { code, output } = await plan('fuzz', '7\nshards=[9]');
    expect([code, output]).toEqual([1, '']);
  });

  it('takes any seed that can be seen', async () => {
    expect((await plan('fuzz', 'nächtlich 7 "$(id)"')).output).toBe('shards=[1,2,3]\nseed=nächtlich 7 "$(id)"\n');
  });
});

describe('the report of the sharded workflow', () => {
  const on = workflow?.on as { workflow_call: { inputs: Record<string, { default: unknown }> } };
  const given = workflow?.jobs['report']?.steps?.find(({ uses }) => uses === './')?.with ?? {};

  it.each(['fail-on', 'close-fixed'] as const)(
    'is told what the caller says of %s, by default what the action does',
    (name) => {
      const { default: byDefault } = { ...INPUTS, ...FILING_INPUTS }[name];
      expect(String(on.workflow_call.inputs[name]?.default)).toBe(byDefault);
      expect(given[name]).toBe(`$${'{{'} inputs.${name} }}`);
    },
  );
});
