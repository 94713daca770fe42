/** The inputs and outputs as tables: into action.yml from where the code defines the inputs, and from action.yml into the docs. */
import { parse } from 'yaml';
import { INPUTS } from '../src/inputs/definitions.ts';
import { FILING_INPUTS } from '../src/inputs/filing.ts';
import { MERGING_INPUTS } from '../src/inputs/merging.ts';

const all = Object.entries({ ...INPUTS, ...FILING_INPUTS, ...MERGING_INPUTS });

/** action.yml with the inputs of the code. */
export function withInputs(actionYml: string): string {
  const entries = all.map(
    ([name, { default: byDefault, description }]) =>
      `  ${name}:\n    description: ${JSON.stringify(description)}\n    required: false\n    default: ${JSON.stringify(byDefault)}\n`,
  );
  return replaceIn(actionYml, /(?<=^inputs:\n)[\s\S]*?(?=\noutputs:)/m, entries.join(''));
}

/** A page whose section `## Inputs` begins with the table of them, from action.yml. */
export function withInputsTable(page: string, actionYml: string): string {
  const rows = Object.entries(actionOf(actionYml).inputs).map(([name, { default: byDefault, description }]) => {
    const shown = name === 'instar' ? 'required' : byDefault === '' ? '' : `\`${byDefault}\``;
    return `| \`${name}\` | ${shown} | ${description} |`;
  });
  const table = ['| input | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
  return replaceIn(page, /(?<=^## Inputs\n\n)\|[\s\S]*?(?=\n\n)/m, table);
}

/** A page whose section `## Outputs` begins with the table of them, from action.yml. */
export function withOutputsTable(page: string, actionYml: string): string {
  const rows = Object.entries(actionOf(actionYml).outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  );
  const table = ['| output | meaning |', '| --- | --- |', ...rows].join('\n');
  return replaceIn(page, /(?<=^## Outputs\n\n)\|[\s\S]*?(?=\n\n)/m, table);
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const actionOf = (text: string) => parse(text) as Action;

function replaceIn(text: string, part: RegExp, by: string): string {
  if (!part.test(text)) throw new Error(`There is no place for what is generated: ${part}`);
  return text.replace(part, () => by);
}
