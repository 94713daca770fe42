import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { read } from '../../script/generated.ts';
import { REPOSITORY } from './paths.ts';

const inFolder = (folder: string) =>
  readdirSync(join(REPOSITORY, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => (folder === '.' ? name : `${folder}/${name}`));

/** Every page of the documentation. */
export const PAGES: readonly string[] = [...inFolder('.'), ...inFolder('docs'), ...inFolder('examples')];

/** The fenced blocks of a language on a page. */
export function blocksOf(page: string, language: string): string[] {
  return [...read(page).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block ?? '');
}

/** The commands of a page's blocks of shell, one a line, without comments. Scripts that are shown whole are none. */
export function commandsOf(page: string): string[] {
  return blocksOf(page, 'sh')
    .filter((block) => !block.startsWith('#!'))
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/(^| )#.*$/, '').trim())
    .filter((line) => line !== '');
}
