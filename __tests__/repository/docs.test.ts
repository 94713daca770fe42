import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GENERATED, read, unformatted } from '../../script/generated.ts';
import { VERSION } from '../../src/session/program.ts';
import { PAGES } from '../support/pages.ts';
import { REPOSITORY } from '../support/paths.ts';

/** What can be linked to on a page: its headings, as GitHub names them, and the places that it names itself. */
function anchorsOf(page: string): string[] {
  const text = read(page).replace(/^```[\s\S]*?^```$/gm, '');
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => slugOf(heading));
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return [...headings, ...named];
}

/** A heading as GitHub makes an anchor of it: in small letters, without marks, a hyphen for each space. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\]\([^)]*\)/g, '')
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/** The links of a page within the repository: the file, and the place in it. */
function linksOf(page: string): { readonly file: string; readonly anchor: string | undefined }[] {
  return [...read(page).matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g)].map(([, path, anchor]) => ({
    file: path ? join(dirname(page), path) : page,
    anchor,
  }));
}

describe('what is made from the code', () => {
  it.each(GENERATED)('is what npm run docs writes: $file', async ({ file, make }) => {
    const present = read(file);
    const fresh = await make(present);
    expect(unformatted(present)).toBe(unformatted(fresh));
  });

  it('has a row for each input and output of the action', () => {
    const rows = (page: string) => [...read(page).matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name);
    const { inputs, outputs } = parse(read('action.yml')) as Record<'inputs' | 'outputs', object>;
    expect(rows('docs/inputs.md')).toEqual(Object.keys(inputs));
    expect(rows('docs/outputs.md')).toEqual(Object.keys(outputs));
  });

  it.each(['README.md', 'docs/inputs.md', 'docs/outputs.md'])(
    'pads no table, so that one row is one change: %s',
    (page) => {
      expect(read(page)).toMatch(/^\| (input|output) \| /m);
      expect(read(page)).not.toMatch(/^\| `[\w-]+` {2,}\|/m);
    },
  );

  it('has a reason for each dependency, and for nothing else', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
    const reasons = Object.keys(JSON.parse(read('script/dependencies.json')) as object);
    expect(reasons.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted());
  });
});

describe.each(PAGES)('%s', (page) => {
  it('links and refers to files that exist', () => {
    const links = linksOf(page).map(({ file }) => file);
    const named = [...read(page).matchAll(/`((?:src|script|testing|__tests__|container)\/[\w./-]+\w)`/g)].map(
      ([, path]) => path ?? '',
    );
    for (const path of [...links, ...named]) expect(existsSync(join(REPOSITORY, path)), path).toBe(true);
  });

  it('links to places that the other page has', () => {
    for (const { file, anchor } of linksOf(page)) {
      if (anchor !== undefined) expect(anchorsOf(file), file).toContain(anchor);
    }
  });
});

describe('the version', () => {
  it('is the same in the program and in package.json', () => {
    expect(JSON.parse(read('package.json'))).toMatchObject({ version: VERSION });
  });
});
