/** Writes the inputs into action.yml and the README, from where the code defines them: npm run docs. A test holds them together. */
import { readFileSync, writeFileSync } from 'node:fs';
import { INPUTS } from '../src/inputs/definitions.ts';
import { FILING_INPUTS } from '../src/inputs/filing.ts';
import { MERGING_INPUTS } from '../src/inputs/merging.ts';

const all = Object.entries({ ...INPUTS, ...FILING_INPUTS, ...MERGING_INPUTS });

const entries = all.map(
  ([name, { default: byDefault, description }]) =>
    `  ${name}:\n    description: ${JSON.stringify(description)}\n    required: false\n    default: ${JSON.stringify(byDefault)}\n`,
);
replaceIn('action.yml', /(?<=^inputs:\n)[\s\S]*?(?=\noutputs:)/m, entries.join(''));

const rows = all.map(([name, { default: byDefault, description }]) => {
  const shown = name === 'instar' ? 'required' : byDefault === '' ? '' : `\`${byDefault}\``;
  return `| \`${name}\` | ${shown} | ${description} |`;
});
const table = ['| input | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
replaceIn('README.md', /(?<=^## Inputs\n\n)\|[\s\S]*?(?=\n\n)/m, table);

function replaceIn(file: string, part: RegExp, text: string): void {
  const url = new URL(`../${file}`, import.meta.url);
  writeFileSync(
    url,
    readFileSync(url, 'utf8').replace(part, () => text),
  );
}
