/** Everything in the repository that is made from the code; a test holds each file to it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GAPS } from '../src/gaps/ledger.ts';
import { dependenciesPage } from './dependencies-page.ts';
import { gapsPage } from './gaps-page.ts';
import { gapsSchema } from './gaps-schema.ts';
import { actionWithInputs, withAllInputs, withOutputsTable, withUsualInputs } from './inputs-tables.ts';

/** One generated file: its path in the repository, and what it must hold given what it holds. */
export interface Generated {
  readonly file: string;
  readonly make: (present: string) => string | Promise<string>;
}

/** In the order in which they follow from each other: the tables are made from action.yml. */
export const GENERATED: readonly Generated[] = [
  { file: 'action.yml', make: actionWithInputs },
  { file: 'README.md', make: (page) => withUsualInputs(page, read('action.yml')) },
  { file: 'docs/inputs.md', make: (page) => withAllInputs(page, read('action.yml')) },
  { file: 'docs/outputs.md', make: (page) => withOutputsTable(page, read('action.yml')) },
  { file: 'docs/gaps.md', make: () => gapsPage(GAPS) },
  { file: 'docs/gaps-file.schema.json', make: gapsSchema },
  { file: 'docs/dependencies.md', make: dependenciesPage },
];

/** The absolute path of a file of the repository. */
export const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** What a file of the repository holds. */
export const read = (file: string) => readFileSync(pathOf(file), 'utf8');

/** What a text says, without the white space and the rules of tables, which are the formatter's. */
export const unformatted = (text: string) => text.replace(/-{2,}/g, '--').replace(/\s+/g, '');
