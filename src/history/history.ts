/**
 * What earlier runs knew, as one JSON document. It comes back from a cache that anybody may have written who can run a workflow on the
 * branch: it is checked against a schema with bounds, and holds numbers, dates, fingerprints and plans, but no text to be shown.
 */
import * as v from 'valibot';
import { FINGERPRINT, FINGERPRINT_SCHEME } from '../triage/bug.ts';
import { inertJson } from '../trust/inert.ts';
import { parseOutsideJson } from '../trust/parse.ts';

/** The version of the document's form; another one counts as no history. */
const HISTORY_VERSION = 1;

/** Bugs and runs that are kept: the latest. */
export const MOST_BUGS = 300;
export const MOST_RUNS = 100;

/** Seeds whose progress is kept: the latest. */
export const MOST_SEEDS = 20;

/** Characters of a plan that is kept; a smallest plan has some hundreds. */
export const PLAN_CHARACTERS = 12_000;

/** Characters of the whole document; with every bound reached it stays below. */
export const HISTORY_CHARACTERS = 5_000_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000));
const date = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\d$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
const runId = v.pipe(v.string(), v.regex(/^\d{1,20}$/));

const PastRun = v.strictObject({
  id: runId,
  date,
  /** What its iterations took; not what was confirmed and shrunk afterwards. */
  seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000)),
  ok: count,
  divergent: count,
  inconclusive: count,
  bugs: count,
});

/** A finished run; `bugs` is how many it told apart. */
export type PastRun = v.InferOutput<typeof PastRun>;

const PastBug = v.strictObject({
  scheme: count,
  fingerprint: v.pipe(v.string(), v.regex(FINGERPRINT)),
  first: date,
  last: date,
  runs: count,
  sightings: count,
  nights: count,
  issue: v.optional(v.pipe(count, v.minValue(1))),
  plan: v.optional(v.unknown()),
});

const Progress = v.strictObject({ of: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), next: count });

/** How far runs of one seed and choice of operations have come: the digest of both together, and the first iteration that is still to be done. */
export type Progress = v.InferOutput<typeof Progress>;

/**
 * A bug that earlier runs saw, in so many runs and iterations. One without an issue waits to be filed, by its smallest plan: whoever wrote
 * the cache wrote that too, so `parsePlan` comes before anything else. `nights` counts the runs in a row in which the plan showed nothing any more.
 */
export type PastBug = Omit<v.InferOutput<typeof PastBug>, 'issue' | 'plan'> & {
  readonly issue?: number;
  readonly plan?: unknown;
};

/** All that is remembered, the oldest first. */
export interface History {
  readonly runs: readonly PastRun[];
  readonly bugs: readonly PastBug[];
  readonly progress: readonly Progress[];
}

/** Where nothing is remembered. */
export const NO_HISTORY: History = { runs: [], bugs: [], progress: [] };

const Stored = v.strictObject({
  version: v.literal(HISTORY_VERSION),
  runs: v.pipe(v.array(PastRun), v.maxLength(MOST_RUNS)),
  bugs: v.pipe(v.array(PastBug), v.maxLength(MOST_BUGS)),
  // What was written before there was any progress has none.
  progress: v.optional(v.pipe(v.array(Progress), v.maxLength(MOST_SEEDS)), []),
});

/** The document's text. */
export function historyText(history: History): string {
  return `${inertJson({ version: HISTORY_VERSION, ...history }, 0)}\n`;
}

/** Reads the document; undefined where it is none that this version could have written. Fingerprints that are made otherwise today are left out. */
export function parseHistory(text: string): History | undefined {
  if (text.length > HISTORY_CHARACTERS) return undefined;
  const parsed = v.safeParse(Stored, parseOutsideJson(text));
  if (!parsed.success) return undefined;
  const { runs, bugs, progress } = parsed.output;
  return { runs, progress, bugs: (bugs as PastBug[]).filter(({ scheme }) => scheme === FINGERPRINT_SCHEME) };
}

/** What earlier runs knew of a bug. */
export function pastOf(fingerprint: string, { bugs }: History): PastBug | undefined {
  return bugs.find((bug) => bug.fingerprint === fingerprint);
}
