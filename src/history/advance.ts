import { memberOf } from '../plan/schema.ts';
import { FINGERPRINT_SCHEME } from '../triage/bug.ts';
import {
  type History,
  MOST_BUGS,
  MOST_RUNS,
  MOST_SEEDS,
  type PastBug,
  type PastRun,
  PLAN_CHARACTERS,
  type Progress,
} from './history.ts';

/** Runs in a row that must agree before a bug is said to be fixed: one may have missed what shows only sometimes. */
export const NIGHTS = 2;

/** Days after which a bug that no run has seen is forgotten. */
const DAYS_KEPT = 90;

/** A bug that the run saw: in how many of its iterations, and its issue where it has one by now. */
export interface Seen {
  readonly fingerprint: string;
  readonly sightings: number;
  readonly issue?: number;
  readonly plan: unknown;
}

/** What a run adds to the history. */
export interface Addition {
  /** The day of the run. */
  readonly date: string;
  readonly seen: readonly Seen[];
  /** What only a run tells that is there from its start to its end. */
  readonly whole?: Whole;
}

interface Whole {
  /** How far the run has brought its seed, where a later one is to go on with it. */
  readonly progress?: Progress;
  readonly run: PastRun;
  /** What came of running the plans of known bugs again. */
  readonly replays: readonly { readonly fingerprint: string; readonly agrees: boolean }[];
}

/**
 * The history after a run: what it saw is counted, what shows nothing any more is forgotten, and so is what is too old or too much. Another
 * job of a run that is in it already, or the same job run again, is no other run.
 */
export function historyAfter({ runs, bugs, progress }: History, { date, seen, whole }: Addition): History {
  const before = new Map(bugs.map((bug) => [bug.fingerprint, bug]));
  const another = runs.every(({ id }) => id !== whole?.run.id);
  const again = seen.map((bug) => seenAgain(before.get(bug.fingerprint), bug, { date, another }));
  const others = bugs
    .filter(({ fingerprint }) => !seen.some((bug) => bug.fingerprint === fingerprint))
    .filter(({ plan }) => !seen.some((bug) => isSameCase(bug.plan, plan)))
    .map((bug) => unseen(bug, whole?.replays ?? [], another))
    .filter(({ nights, last }) => nights < NIGHTS && daysBetween(last, date) <= DAYS_KEPT);
  const kept = [...others, ...again].toSorted((a, b) => a.last.localeCompare(b.last));
  return {
    runs: whole === undefined ? runs : [...runs, whole.run].slice(-MOST_RUNS),
    bugs: kept.slice(-MOST_BUGS),
    progress: whole?.progress === undefined ? progress : advanced(progress, whole.progress),
  };
}

/**
 * Whether a plan was made smaller from another, or from the same as another: what waited under one fingerprint is then told under a better one.
 */
function isSameCase(plan: unknown, other: unknown): boolean {
  const isSame = (name: string) => memberOf(plan, name) !== undefined && memberOf(plan, name) === memberOf(other, name);
  return isSame('seed') && isSame('index');
}

/** When a run saw a bug, and whether it is another run than those of the history. */
interface Occasion {
  readonly date: string;
  readonly another: boolean;
}

function seenAgain(past: PastBug | undefined, bug: Seen, { date, another }: Occasion): PastBug {
  const { fingerprint, sightings, issue, plan } = bug;
  const number = issue ?? past?.issue;
  const waits = number === undefined && JSON.stringify(plan).length <= PLAN_CHARACTERS;
  return {
    scheme: FINGERPRINT_SCHEME,
    fingerprint,
    first: past?.first ?? date,
    last: date,
    // Which bugs the run's other jobs saw is not kept, but the day of what was seen last is.
    runs: (past?.runs ?? 0) + (another || past?.last !== date ? 1 : 0),
    sightings: (past?.sightings ?? 0) + sightings,
    nights: 0,
    ...(number === undefined ? {} : { issue: number }),
    ...(waits ? { plan } : {}),
  };
}

function unseen(bug: PastBug, replays: Whole['replays'], another: boolean): PastBug {
  const own = replays.filter(({ fingerprint }) => fingerprint === bug.fingerprint);
  if (own.length === 0) return bug;
  if (!own.every(({ agrees }) => agrees)) return { ...bug, nights: 0 };
  return another ? { ...bug, nights: bug.nights + 1 } : bug;
}

/** The latest last. A run that began again at the first iteration takes nothing back of what others did. */
function advanced(before: readonly Progress[], { of, next }: Progress): readonly Progress[] {
  const furthest = Math.max(next, ...before.filter((one) => one.of === of).map((one) => one.next));
  return [...before.filter((one) => one.of !== of), { of, next: furthest }].slice(-MOST_SEEDS);
}

function daysBetween(earlier: string, later: string): number {
  return (Date.parse(later) - Date.parse(earlier)) / 86_400_000;
}
