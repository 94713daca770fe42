import { parseArgs } from 'node:util';
import { quoted } from '../inputs/check.ts';
import { INPUT_NAMES, INPUTS, type InputName } from '../inputs/definitions.ts';
import { BadInputs } from '../inputs/settings.ts';

/** What the command line asks for. */
export interface Arguments {
  readonly command: (typeof COMMANDS)[number];
  /** What `plan`, `replay` or `report` is about. */
  readonly target: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
  readonly demo: boolean;
  /** The text of an input; empty where no flag gives it. */
  text(name: InputName): string;
}

const COMMANDS = ['fuzz', 'plan', 'replay', 'report'] as const;

/** Inputs that are flags without a value here. */
const isSwitch = (name: InputName) => INPUTS[name].default === 'false';

/** Reads the words of the command line. Throws BadInputs for an unknown flag, command or a word too many. */
export function readArguments(words: readonly string[]): Arguments {
  const inputs = INPUT_NAMES.map((name) => [name, { type: isSwitch(name) ? 'boolean' : 'string' }] as const);
  const switches = ['help', 'version', 'demo'].map((name) => [name, { type: 'boolean' }] as const);
  const options = Object.fromEntries([...inputs, ...switches]);
  const { values, positionals } = parse(words, options);
  const [first = 'fuzz', target, ...rest] = positionals;
  const command = COMMANDS.find((candidate) => candidate === first);
  if (command === undefined)
    throw new BadInputs(`${quoted(first)} is not a command. Known are ${COMMANDS.join(', ')}.`);
  const tooMany = command === 'fuzz' ? [target, ...rest] : rest;
  if (tooMany[0] !== undefined) throw new BadInputs(`${quoted(tooMany[0])} is one word too many for ${command}.`);
  return {
    command,
    target,
    help: values['help'] === true,
    version: values['version'] === true,
    demo: values['demo'] === true,
    text: (name) => (values[name] === undefined ? '' : String(values[name])),
  };
}

function parse(words: readonly string[], options: Record<string, { type: 'boolean' | 'string' }>) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new BadInputs(complaintOf(error, Object.keys(options)));
  }
}

/** Node advises those who mistype a flag to pass it as a word, which is none here. */
function complaintOf(error: unknown, flags: readonly string[]): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error) || error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return error.message;
  const [option = ''] = /'[^']*'/.exec(error.message) ?? [];
  return `Unknown option ${option}. Known are ${flags.map((name) => `--${name}`).join(', ')}.`;
}
