import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/**
 * Seconds from the start of the bundled command line to the moment at which it has its containers, knows its tools and begins with the first
 * iteration. Throws where it does not get there.
 */
export async function startUpSeconds(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-start-up-'));
  const words = ['--iterations', '1', '--seed', 'start-up', '--report-dir', join(directory, 'report')];
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  let seconds: number | undefined;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    // The last line that is told before the loop begins.
    if (said.includes('\nReference: ')) seconds ??= (performance.now() - started) / 1000;
  });
  await ended;
  rmSync(directory, { recursive: true, force: true });
  if (seconds === undefined) throw new Error(`The command line did not begin: ${said}`);
  return seconds;
}
