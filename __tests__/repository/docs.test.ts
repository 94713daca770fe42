import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GENERATED, read, unformatted } from '../../script/generated.ts';
import { VERSION } from '../../src/session/program.ts';
import { REPOSITORY } from '../support/paths.ts';

const pages = [
  ...readdirSync(REPOSITORY).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(REPOSITORY, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('what is made from the code', () => {
  it.each(GENERATED)('is what npm run docs writes: $file', async ({ file, make }) => {
    const present = read(file);
    const fresh = await make(present);
    expect(unformatted(present)).toBe(unformatted(fresh));
  });

  it('has a row for each input and output of the action', () => {
    const rows = (page: string) => [...read(page).matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name);
    const { inputs, outputs } = parse(read('action.yml')) as Record<'inputs' | 'outputs', object>;
    expect(rows('README.md')).toEqual(Object.keys(inputs));
    expect(rows('docs/outputs.md')).toEqual(Object.keys(outputs));
  });

  it('has a reason for each dependency, and for nothing else', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
    const reasons = Object.keys(JSON.parse(read('script/dependencies.json')) as object);
    expect(reasons.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted());
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

describe('the version', () => {
  it('is the same in the program and in package.json', () => {
    expect(JSON.parse(read('package.json'))).toMatchObject({ version: VERSION });
  });
});
