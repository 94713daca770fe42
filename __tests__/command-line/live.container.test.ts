import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newDirectory } from '../support/cli.ts';
import { CLI } from '../support/paths.ts';
import { run } from '../support/process.ts';

it('on a terminal, the line that is written over and over ends before the result is told', async () => {
  const report = join(newDirectory(), 'report');
  const words = [process.execPath, CLI, '--iterations', '2', '--seed', 'live', '--report-dir', report];
  const { code, stdout } = await run('script', ['-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null']);
  expect(code).toBe(0);
  const told = stdout.replace(/[^\n]*\r(?!\n)/g, '').split(/\r?\n/);
  const result = told.indexOf('ok: 2 ok, 0 divergent, 0 inconclusive of 2 iterations');
  expect(result, stdout).toBeGreaterThan(0);
  expect(told[result - 1]).toContain('2 iterations: 2 ok');
  expect(told.slice(result).join('\n')).not.toContain('\u001b');
});
