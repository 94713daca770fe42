import { OPERATION_NAMES } from '../operations/index.ts';
import { type Check, itemsIn, oneOf, quoted, wholeNumber, yesOrNo } from './check.ts';
import { checkAll, type Definition, define } from './definitions.ts';

/** The inputs that only the action has: they are about issues, the history and code scanning, of which the command line knows nothing. */
export const FILING_INPUTS = {
  'github-token': define(
    token,
    '${{ github.token }}',
    'The token with which issues are read and written. It needs issues: write to open them, issues: read to tell which bugs are known. It never reaches the container, the record or the log.',
  ),
  'create-issues': define(
    oneOf(['auto', 'always', 'never']),
    'auto',
    'When to open an issue for each new bug: auto (on schedule, workflow_dispatch and a push to the default branch), always (on every event) or never. A pull request or merge queue never opens one.',
  ),
  labels: define(
    labelList,
    'differential-fuzz',
    'Labels for new issues, separated by commas or new lines. Later runs find the issues by the first one.',
  ),
  'max-issues': define(
    wholeNumber('a number of issues', 0, 50),
    '5',
    'How many issues one run may open; the next run that may file opens the rest.',
  ),
  'close-fixed': define(
    yesOrNo,
    'false',
    'Close an open issue when its smallest case showed no difference in two scheduled runs in a row; without this it only gets a comment.',
  ),
  resume: define(
    yesOrNo,
    'false',
    'Begin after the last iteration that earlier runs of the same seed on the default branch have done, so that nightly runs with a fixed seed do not repeat each other. How far they came stands in the history in the cache. Needs a seed, and no shard.',
  ),
  'sarif-paths': define(
    pathList,
    '',
    'The file in which code scanning shows the bugs of an operation: lines of operation=path, relative to the repository. Bugs of other operations are shown in the workflow’s file.',
  ),
} as const;

/** The name of an input about issues. */
export type FilingInputName = keyof typeof FILING_INPUTS;

/** What a run is told about issues, checked. */
export type Filing = {
  readonly [Name in FilingInputName]: (typeof FILING_INPUTS)[Name] extends Definition<infer T> ? T : never;
};

/** The longest name that GitHub takes for a label. */
export const LONGEST_LABEL = 50;

function token(text: string): ReturnType<Check<string>> {
  if (/^[\x21-\x7e]*$/.test(text)) return { ok: true, value: text };
  return {
    ok: false,
    problem: 'it holds spaces or characters that no token has. Give it through a secret or leave it out.',
  };
}

function labelList(text: string): ReturnType<Check<readonly [string, ...string[]]>> {
  const [first = '', ...others] = itemsIn(text);
  const labels = [first, ...others] as const;
  const wrong = labels.find((label) => label === '' || label.length > LONGEST_LABEL || /[\p{Cc}\p{Cf}]/u.test(label));
  if (wrong === undefined) return { ok: true, value: labels };
  return {
    ok: false,
    problem: `${quoted(wrong)} is not a valid label. Give names of 1 to ${LONGEST_LABEL} visible characters, separated by single commas or new lines.`,
  };
}

/** Paths by the operation that they are named for. */
function pathList(text: string): ReturnType<Check<ReadonlyMap<string, string>>> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const paths = new Map<string, string>();
  for (const line of lines) {
    const [, operation = '', path = ''] = /^([a-z_]+)=(.+)$/.exec(line) ?? [];
    const problem = OPERATION_NAMES.includes(operation) ? problemOfPath(path) : NO_OPERATION;
    if (problem !== undefined) return { ok: false, problem: `${quoted(line)} ${problem}` };
    if (paths.has(operation)) return { ok: false, problem: `${quoted(line)} names a second path for ${operation}.` };
    paths.set(operation, path);
  }
  return { ok: true, value: paths };
}

const NO_OPERATION = `is not of the form operation=path. Operations are ${OPERATION_NAMES.join(', ')}.`;

function problemOfPath(path: string): string | undefined {
  const isInside = !path.startsWith('/') && !path.split('/').includes('..') && !/[\p{Cc}\p{Cf}\\:]/u.test(path);
  return isInside
    ? undefined
    : 'is not a valid path below the repository. Give one without a leading slash, "..", ":" or "\\".';
}

/** Checks the inputs about issues: their values, or what is wrong with them in a line each. */
export function readFiling(
  textOf: (name: FilingInputName) => string,
): { filing: Filing } | { problems: readonly string[] } {
  // The runner puts its own token in the place of the default, which is an expression; elsewhere there is none.
  const byDefault = (name: FilingInputName) => (name === 'github-token' ? '' : FILING_INPUTS[name].default);
  const { values, problems } = checkAll(FILING_INPUTS, (name) => textOf(name) || byDefault(name));
  return problems.length > 0 ? { problems } : { filing: values as Filing };
}

/** What a run lacks to go on: without a name a seed is drawn anew each time, and the shards of a run do not know how far the others come. */
export function resumeProblems({ resume }: Filing, textOf: (name: 'seed' | 'shard') => string): string[] {
  if (!resume) return [];
  const lack = textOf('seed') === '' ? 'no seed is given whose runs it could go on with. Give one' : undefined;
  const much =
    textOf('shard') === '' ? undefined : 'shards cannot go on where others ended. Give each night a seed of its own';
  const problem = lack ?? much;
  return problem === undefined ? [] : [`Input "resume": ${problem}, or leave resume out.`];
}
