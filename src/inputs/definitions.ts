import { LIFTABLE } from '../gaps/ledger.ts';
import { OPERATION_NAMES, USUAL_NAMES } from '../operations/index.ts';
import { MOST_ITERATIONS } from '../plan/shard.ts';
import { MOST_JURORS } from '../triage/jury.ts';
import {
  atMost,
  type Check,
  duration,
  imageName,
  listOf,
  oneOf,
  optional,
  orAll,
  path,
  pathNames,
  seedText,
  shard,
  wholeNumber,
  yesOrNo,
} from './check.ts';
import { FAIL_ON_WORDS, failOn } from './fail-on.ts';

/** One input of the action, which is a flag of the command line as well. */
export interface Definition<T> {
  readonly default: string;
  readonly description: string;
  readonly check: Check<T>;
}

/** So many iterations may run in parallel. */
export const MOST_LANES = 64;

const iterations = wholeNumber('a number of iterations', 1, MOST_ITERATIONS);

/** Makes a definition. */
export const define = <T>(check: Check<T>, byDefault: string, description: string): Definition<T> => ({
  check,
  default: byDefault,
  description,
});

/**
 * Every input: its default, what it means and what it accepts. `action.yml` and the command line's help say the
 * same, and tests hold them to it. An empty default of an optional input means that nothing was given.
 */
export const INPUTS = {
  instar: define(
    path('the path of the subject’s executable, or the word qemu-img for a calibration run'),
    '',
    'The executable of the tool under test: a path that is absolute or relative to the workspace. The whole directory that holds it is mounted read-only. The word qemu-img alone means the container’s own one: a calibration run. Not needed with mode: report.',
  ),
  baseline: define(
    optional(path('an executable')),
    '',
    'The same tool built from the base branch; all of its directory is mounted read-only, as that of instar. A bug that it shows too was there before; one that it does not show was introduced.',
  ),
  references: define(
    atMost(MOST_JURORS, pathNames),
    '',
    `Up to ${MOST_JURORS} other versions of qemu-img to compare each bug with (the jury), separated by commas or new lines: an absolute path is inside the image, any other name is in the subject’s directory.`,
  ),
  image: define(
    imageName,
    'instar-build',
    'The container image; it must hold qemu-img, the reference, and should hold qemu-io.',
  ),
  'container-engine': define(
    oneOf(['docker', 'podman', 'none']),
    'docker',
    'docker or podman; none when the job already runs inside the image.',
  ),
  iterations: define(
    optional(iterations),
    '',
    'How many iterations to run, whatever the trigger; empty takes that of the trigger: iterations-pull-request, -push, -schedule or -workflow-dispatch.',
  ),
  'iterations-pull-request': define(
    iterations,
    '100',
    'Iterations on pull_request, pull_request_target and merge_group.',
  ),
  'iterations-push': define(iterations, '200', 'Iterations on push and on any event not named here.'),
  'iterations-schedule': define(iterations, '1000', 'Iterations on schedule.'),
  'iterations-workflow-dispatch': define(iterations, '100', 'Iterations on workflow_dispatch.'),
  'time-budget': define(
    optional(duration),
    '',
    'Time for the iterations, such as 90s, 10m or 1h: when it is over, no further iteration begins, and the run ends like any other. Empty means until all are done. Findings are confirmed and shrunk afterwards.',
  ),
  shard: define(
    optional(shard),
    '',
    'The part of the run that this job does, such as 3/8; empty means all of it. All shards need the same seed, and a last job with mode: report merges their records (docs/scaling.md).',
  ),
  seed: define(seedText, '', 'The text that all random choices come from; empty draws one and prints it.'),
  operations: define(
    orAll(OPERATION_NAMES, listOf(OPERATION_NAMES, USUAL_NAMES)),
    '',
    'The operations to draw from, separated by commas or new lines; empty means the usual nine, all means also those that are drawn on request (docs/operations.md).',
  ),
  'lift-gaps': define(
    listOf(LIFTABLE, []),
    '',
    'Ids of known gaps (docs/gaps.md) that this run does not steer around, separated by commas or new lines: to try a fix that closes one. Such a run files and remembers nothing.',
  ),
  'gaps-file': define(
    optional(path('a file')),
    '',
    'A YAML file in the repository that adds known gaps of your own, and narrows or lifts shipped ones by their ids (docs/gaps-file.md).',
  ),
  canaries: define(
    oneOf(['auto', 'always', 'never']),
    'auto',
    'Whether to step on purpose, five times each, into the known gaps that docs/gaps.md marks as tried on purpose, to see whether they are still as documented: auto (on a schedule), always or never. Gaps of a gaps-file are never tried.',
  ),
  timeout: define(
    wholeNumber('a number of seconds', 1, 3600),
    '30',
    'Seconds that one command of either tool may take.',
  ),
  'fail-fast': define(yesOrNo, 'false', 'Stop at the first divergence.'),
  lanes: define(
    wholeNumber('a number of lanes', 0, MOST_LANES),
    '0',
    'How many iterations run in parallel; 0 means two per CPU core, so that it has work while one of them waits.',
  ),
  'report-dir': define(
    optional(path('a directory')),
    '',
    'The directory for the record of the run; empty makes a new one under the runner’s temporary directory.',
  ),
  shrink: define(
    yesOrNo,
    'true',
    'Reduce each confirmed finding to the smallest case that still shows it before it is reported.',
  ),
  'shrink-timeout': define(
    wholeNumber('a number of seconds', 1, 3600),
    '60',
    'Seconds that shrinking one finding may take.',
  ),
  'fail-on': define(failOn, 'divergence', FAIL_ON_WORDS),
} as const;

/** The name of an input. */
export type InputName = keyof typeof INPUTS;

/** All inputs by name, in the order in which they are documented. */
export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[];

/** The checked values of all inputs. */
export type Values = { readonly [Name in InputName]: (typeof INPUTS)[Name] extends Definition<infer T> ? T : never };

/** Checks the text of each of some inputs: the values of the right ones, and a line for each wrong one. */
export function checkAll<Name extends string>(
  definitions: Readonly<Record<Name, Definition<unknown>>>,
  textOf: (name: Name) => string,
): { readonly values: Readonly<Partial<Record<Name, unknown>>>; readonly problems: readonly string[] } {
  const names = Object.keys(definitions) as Name[];
  const checked = names.map((name) => [name, definitions[name].check(textOf(name))] as const);
  const values = checked.flatMap(([name, result]) => (result.ok ? [[name, result.value]] : []));
  return {
    values: Object.fromEntries(values) as Partial<Record<Name, unknown>>,
    problems: checked.flatMap(([name, result]) => (result.ok ? [] : [`Input "${name}": ${result.problem}`])),
  };
}
