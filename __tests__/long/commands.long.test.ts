import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newDirectory } from '../support/cli.ts';
import { commandsOf } from '../support/pages.ts';
import { planted, REPOSITORY } from '../support/paths.ts';
import { type Ended, run } from '../support/process.ts';

/** Where the commands are given; a run before them left a report, as a reader's would have. */
const directory = join(newDirectory(), 'a reader’s directory');
const fuzz = (words: readonly string[]): Promise<Ended> =>
  run(join(REPOSITORY, 'script/fuzz'), words, { cwd: directory });

const SHORT = ['--iterations', '4', '--operations', 'convert', '--shrink-timeout', '5'];
let folders: readonly [finding: string, bug: string];

beforeAll(async () => {
  mkdirSync(directory);
  const words = ['--instar', planted('convert-loses-the-end'), '--seed', 'docs', '--report-dir', 'report', ...SHORT];
  await fuzz(words);
  const first = (name: string) => join('report', name, readdirSync(join(directory, 'report', name))[0] ?? '');
  folders = [first('findings'), first('bugs')];
});

/** The words of a command with the reader's own in the place of what stands for them, and few iterations. */
function wordsOf(command: string): string[] {
  const own: Readonly<Record<string, string>> = {
    'path/to/instar': planted('convert-loses-the-end'),
    'SEED/INDEX': 'docs/3',
    'path/to/report/findings/INDEX': folders[0],
    'plan.json': join(folders[1], 'plan.json'),
    'path/to/shards': 'shards',
    '300': '4',
  };
  const [, ...words] = command.split(' ').map((word) => own[word] ?? word);
  const isLong = !/^(plan|replay|report)$/.test(words[0] ?? '') && !words.includes('--iterations');
  const seed = words.includes('--seed') ? [] : ['--seed', 'docs'];
  return isLong ? [...words, ...seed, ...SHORT] : words;
}

/** Scaling before the command line's page: it leaves the shards that the other reports on. */
const commands = ['README.md', 'docs/scaling.md', 'docs/command-line.md']
  .flatMap((page) => commandsOf(page).map((command) => ({ page, command })))
  .filter(({ command }) => command.startsWith('script/fuzz'));

describe('a reader’s command', () => {
  it('is one of many', () => expect(commands.length).toBeGreaterThan(10));

  it.each(commands)('does what the page says: $command ($page)', async ({ command }) => {
    const { code, stdout, stderr } = await fuzz(wordsOf(command));
    expect([code, stderr]).toEqual([expect.toBeOneOf([0, 1]), expect.not.stringContaining('Unexpected')]);
    if (command.includes('--demo')) expect(stdout).toContain('Bug ');
    if (/replay (path|plan)/.test(command)) expect(stdout).toContain('divergent: 0 ok, 1 divergent');
    if (command.startsWith('script/fuzz plan')) expect(stdout).toMatch(/"steps": ?\[/);
  });
});
