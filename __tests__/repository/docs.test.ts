import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gapsPage } from '../../script/gaps-page.ts';
import { GAPS } from '../../src/gaps/ledger.ts';
import { INPUTS } from '../../src/inputs/definitions.ts';
import { FILING_INPUTS } from '../../src/inputs/filing.ts';
import { MERGING_INPUTS } from '../../src/inputs/merging.ts';
import { VERSION } from '../../src/session/program.ts';
import { REPOSITORY } from '../support/paths.ts';

const ALL = Object.entries({ ...INPUTS, ...FILING_INPUTS, ...MERGING_INPUTS });
const read = (file: string) => readFileSync(join(REPOSITORY, file), 'utf8');
const pages = [
  ...readdirSync(REPOSITORY).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(REPOSITORY, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the README', () => {
  it('has a row for every input, with its default and its meaning', () => {
    const rows = read('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.replace(/ +/g, ' '));
    const expected = ALL.map(([name, { default: byDefault, description }]) => {
      const shown = name === 'instar' ? 'required' : byDefault === '' ? '' : `\`${byDefault}\``;
      return `| \`${name}\` |${shown === '' ? '' : ` ${shown}`} | ${description} |`;
    });
    expect(rows).toEqual(expected);
  });
});

describe.each(pages)('%s', (page) => {
  it('links and refers to files that exist', () => {
    const text = read(page);
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => join(dirname(page), path ?? ''));
    const named = [...text.matchAll(/`((?:src|script|testing|__tests__|container)\/[\w./-]+\w)`/g)].map(
      ([, path]) => path ?? '',
    );
    for (const path of [...links, ...named]) expect(existsSync(join(REPOSITORY, path)), path).toBe(true);
  });
});

describe('the page of known gaps', () => {
  it('is what npm run docs makes of the ledger', () => {
    expect(read('docs/gaps.md')).toBe(gapsPage(GAPS));
  });
});

describe('the version', () => {
  it('is the same in the program and in package.json', () => {
    expect(JSON.parse(read('package.json'))).toMatchObject({ version: VERSION });
  });
});
