import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, newDirectory } from '../support/cli.ts';
import { REPOSITORY } from '../support/paths.ts';

it('the bundle has its page with it, and keeps it beside each summary', async () => {
  const below = newDirectory();
  cpSync(join(REPOSITORY, '__tests__/fixtures/records/one-bug'), join(below, 'shard'), { recursive: true });
  const target = join(newDirectory(), 'whole');
  await cli('report', below, '--report-dir', target);
  expect(existsSync(join(target, 'summary.md'))).toBe(true);
  expect(readFileSync(join(target, 'report.html'), 'utf8')).toContain('7d7bb51a555682de');
});
