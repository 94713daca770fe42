import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cleanUp } from '../../src/action/clean-up.ts';
import { newDirectory } from '../support/cli.ts';
import { REPOSITORY } from '../support/paths.ts';

let printed = '';
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it('a run that was killed has its report, whatever keeps its traces from being removed', async () => {
  const reportDirectory = newDirectory();
  cpSync(join(REPOSITORY, '__tests__/fixtures/records/one-bug'), reportDirectory, { recursive: true });
  const summary = join(reportDirectory, 'job-summary');
  writeFileSync(summary, '');
  // No file system has such a name.
  const sandbox = { owner: '1.1', scratchPath: '/dev/shm/\0' };
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
  vi.stubEnv('STATE_left', JSON.stringify({ sandbox, reportDirectory }));
  await cleanUp();
  expect(readFileSync(summary, 'utf8')).toContain('### Findings');
  expect(printed).toMatch(/^::error::Cleaning up failed: .*null bytes/m);
  expect(process.exitCode).toBe(1);
});
