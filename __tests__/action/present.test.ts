import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { presentReport } from '../../src/action/present.ts';
import { newDirectory } from '../support/cli.ts';
import { HOSTILE } from '../support/hostile.ts';
import { reportWith } from '../support/hostile-report.ts';
import { isCommand } from '../support/runner.ts';

let directory: string;
beforeEach(() => {
  directory = newDirectory();
  mkdirSync(join(directory, 'report'));
});

/** What the runner takes from the log, and from the file of outputs, when a report is shown: the commands by name, the outputs by theirs. */
async function shown(text: string, hasError: boolean) {
  const output = join(directory, 'output');
  writeFileSync(output, '');
  vi.stubEnv('GITHUB_OUTPUT', output);
  vi.stubEnv('GITHUB_STEP_SUMMARY', '');
  let log = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    log += String(chunk);
    return true;
  });
  try {
    const { run, ...others } = reportWith(text);
    const { error: _, ...withoutError } = run;
    const report = { ...others, run: hasError ? run : withoutError, directory: join(directory, 'report') };
    await presentReport(report, { failOn: { kind: 'divergence' }, proposed: false, paths: new Map() });
  } finally {
    write.mockRestore();
    vi.unstubAllEnvs();
    process.exitCode = 0;
  }
  return { commands: log.split('\n').slice(0, -1).map(parsed), outputs: namesIn(readFileSync(output, 'utf8')) };
}

/** The command of a line by the runner's second rule, which comes first: its name, and its message as it is decoded. */
function parsed(line: string) {
  const [, name, message] = /^::([a-z-]+)(?: [^:]*)?::(.*)$/s.exec(line) ?? [];
  if (name === undefined || message === undefined) return { name: line, message: '' };
  return { name, message: message.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%') };
}

/** The names of the outputs in a file of them, each of which begins and ends with a mark of its own. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/^([^\n]+)<<(ghadelimiter_[\w-]+)\n.*?\n\2\n/gms)].map(([, name]) => name ?? '');
}

describe('what the runner is told of a report with hostile texts', () => {
  it.each(Object.entries(HOSTILE))('is what it is told of a harmless one: %s', async (_, text) => {
    // What ends a run by its error, and what does so by what it found.
    for (const hasError of [true, false]) {
      const { commands, outputs } = await shown(text, hasError);
      const harmless = await shown('word', hasError);
      expect(harmless.commands.length).toBeGreaterThan(9);
      expect(commands.map(({ name }) => name)).toEqual(harmless.commands.map(({ name }) => name));
      for (const line of commands.flatMap(({ message }) => message.split('\n'))) {
        expect(isCommand(line)).toBe(false);
        expect(line).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u);
      }
      expect(outputs).toEqual(harmless.outputs);
    }
  });
});
