/** The inputs and outputs as tables: into action.yml from where the code defines the inputs, and from action.yml into the docs. */
import { parse } from 'yaml';
import { INPUTS } from '../src/inputs/definitions.ts';
import { FILING_INPUTS } from '../src/inputs/filing.ts';
import { MERGING_INPUTS } from '../src/inputs/merging.ts';

const all = Object.entries({ ...INPUTS, ...FILING_INPUTS, ...MERGING_INPUTS });

/** action.yml with the inputs of the code. */
export function actionWithInputs(actionYml: string): string {
  const entries = all.map(
    ([name, { default: byDefault, description }]) =>
      `  ${name}:\n    description: ${JSON.stringify(description)}\n    required: false\n    default: ${JSON.stringify(byDefault)}\n`,
  );
  return replaceIn(actionYml, /(?<=^inputs:\n)[\s\S]*?(?=\noutputs:)/m, entries.join(''));
}

/** The inputs that most workflows set one of, in the order in which the README shows them. */
const USUAL = [
  'instar',
  'baseline',
  'image',
  'container-engine',
  'iterations',
  'time-budget',
  'seed',
  'fail-on',
  'create-issues',
];

/** A page whose section `## Inputs` begins with the table of the usual ones, from action.yml. */
export function withUsualInputs(page: string, actionYml: string): string {
  return withInputs(page, USUAL, actionOf(actionYml));
}

/** The same with all of them. */
export function withAllInputs(page: string, actionYml: string): string {
  const action = actionOf(actionYml);
  return withInputs(page, Object.keys(action.inputs), action);
}

function withInputs(page: string, names: readonly string[], { inputs }: Action): string {
  const rows = names.map((name) => {
    const input = inputs[name];
    if (input === undefined) throw new Error(`There is no input "${name}" to be shown.`);
    const shown = name === 'instar' ? 'required' : input.default === '' ? '' : `\`${input.default}\``;
    return `| \`${name}\` | ${shown} | ${input.description} |`;
  });
  const table = ['| input | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
  return replaceIn(page, /(?<=^## Inputs\n\n)\|[\s\S]*?(?=\n\n|\n*$(?![\s\S]))/m, table);
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
