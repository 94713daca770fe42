import { join } from 'node:path';
import { NOISE_DIRECTORY } from '../operations/parts/noise.ts';
import type { Root } from '../oracles/observation.ts';
import type { Plan } from '../plan/plan.ts';
import { LaneLost } from '../sandbox/lane.ts';
import type { Lanes, Sandbox } from '../sandbox/sandbox.ts';
import { areaOf, type Part } from '../sandbox/scratch.ts';
import { REMOVE_DIRECTORY } from '../sandbox/sweep.ts';
import { keepHouse } from './housekeeping.ts';

/** Where an iteration's files are, absolute. */
export interface Directories {
  /** What the tools work in. It shows what is open to the subject too. */
  readonly all: string;
  /** What the subject works in, and all that it sees of the iteration. */
  readonly open: string;
}

const CLOSED: readonly Root[] = ['fixture', 'reference', 'before'];
const OPEN: readonly Root[] = ['subject', 'twin'];

/** The directories of an iteration in the scratch space. */
export function directoriesOf({ index }: Plan, { scratch }: Sandbox): Directories {
  const inArea = (part: Part) => join(areaOf(scratch.path, part), String(index));
  return { all: inArea('tools'), open: inArea('subject') };
}

/**
 * Makes the directories `$4…` anew, in place of `$1` and `$2`, in which the subject can have put anything. The first shows what is open of the
 * second, which shows nothing of the first but a link to the noise, `$3`, that serves both sides.
 */
const MAKE = `
rm -rf -- "$1" "$2"
all=$1 open=$2 noise=$3
shift 3
mkdir -p -- "$@"
ln -s -- ${OPEN.map((root) => `"$open/${root}"`).join(' ')} "$all/"
exec ln -s -- "$noise" "$open/"
`;

/** Makes an iteration's directories, with these in each of its roots. Throws LaneLost. */
export async function makeDirectories(
  { all, open }: Directories,
  places: readonly string[],
  { lanes, sandbox }: Housekeeper,
): Promise<void> {
  const noise = join(all, NOISE_DIRECTORY);
  const below = (directory: string, roots: readonly Root[]) =>
    roots.flatMap((root) => places.map((place) => join(directory, root, place)));
  const paths = [...below(all, CLOSED), ...below(open, OPEN), noise];
  await keepHouse(lanes.tools, sandbox.scratch.path, MAKE, [all, open, noise, ...paths]);
}

/** Who makes and removes directories, and where. */
export interface Housekeeper {
  readonly lanes: Lanes;
  readonly sandbox: Sandbox;
}

/** Removes all of an iteration, and ends what the subject left running; why that failed. What was found by then is found. */
export async function removeDirectories(
  { all, open }: Directories,
  { lanes, sandbox }: Housekeeper,
): Promise<string | undefined> {
  const { path } = sandbox.scratch;
  // A lane does one command at a time: neither is left alone with its own.
  const [subject, tools] = await Promise.allSettled([
    keepHouse(lanes.subject, areaOf(path, 'subject'), sandbox.endIteration, [open]),
    keepHouse(lanes.tools, path, REMOVE_DIRECTORY, [all]),
  ]);
  const failed = subject.status === 'rejected' ? subject : tools;
  if (failed.status === 'fulfilled') return undefined;
  if (failed.reason instanceof LaneLost) return failed.reason.message;
  throw failed.reason;
}
