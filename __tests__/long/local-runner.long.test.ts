import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newDirectory } from '../support/cli.ts';
import { planted, REPOSITORY } from '../support/paths.ts';
import { run } from '../support/process.ts';

describe('the action’s source under GitHub’s own local runner', () => {
  it('shows outputs, annotations and summary of a run, without a push', async () => {
    const words = [`instar=${planted('convert-loses-the-end')}`, 'seed=local', 'iterations=6', 'operations=convert'];
    const { stdout } = await run(join(REPOSITORY, 'script/local-action'), [...words, 'shrink=false'], {
      env: { ...process.env, TMPDIR: newDirectory() },
    });
    expect(stdout).toContain('::set-output name=verdict::divergent');
    expect(stdout).toContain('::set-output name=iterations::6');
    expect(stdout).toMatch(/^::error title=convert_content_divergence::/m);
    const [, summary = ''] = /^Job summary: (.+)$/m.exec(stdout) ?? [];
    expect(readFileSync(summary, 'utf8')).toMatch(/^## ❌ The subject diverges from the reference/);
  });

  it('refuses bad input as the runner would see it', async () => {
    const { stdout } = await run(join(REPOSITORY, 'script/local-action'), ['instar=qemu-img', 'timeout=soon'], {
      env: { ...process.env, TMPDIR: newDirectory() },
    });
    expect(stdout).toContain('::error::Input "timeout": "soon" is not a number of seconds between 1 and 3600.');
    expect(stdout).toContain('::set-output name=verdict::error');
  });
});
