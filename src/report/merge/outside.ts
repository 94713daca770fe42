/** What is read of records that other jobs wrote: checked member by member, since a machine may have died while it wrote them. */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { MOST_OWN_GAPS } from '../../gaps/gap.ts';
import { GAPS } from '../../gaps/ledger.ts';
import { MOST_SEED } from '../../plan/draw.ts';
import { MOST_SHARDS } from '../../plan/shard.ts';
import { THIRD_READERS } from '../../sandbox/command.ts';
import { MOST_JURORS, VOTES } from '../../triage/jury.ts';
import { MOST_AVOIDED, MOST_INDEX } from '../../triage/stored-plan.ts';
import { parseOutsideJson } from '../../trust/parse.ts';
import { MOST_RANGES } from '../../verdict/bytes.ts';
import { Canaries, type CanaryLine } from '../canary-line.ts';
import type { Coverage } from '../coverage.ts';
import { CoverageForm } from '../coverage-form.ts';
import { amount, exactly, fingerprint, gap, type Members, million, operation, some, whole } from '../forms.ts';
import { inForm, wholeLines } from '../kept.ts';
import { FILES, type FindingLine, type IterationLine, RECORD_VERSION, type RunFile } from '../record.ts';
import { type ReplayLine, Replays } from '../replay-line.ts';
import type { TriageLine } from '../triage-line.ts';
import { Finding, Verdict } from './outside-verdict.ts';

/** No file of a record is read beyond this many bytes: a million iterations have some 330 MB, and V8 has no string of 512 MiB. */
const MOST_BYTES = 500 * 1024 * 1024;

const index = whole(MOST_INDEX);
const flag = v.exactOptional(v.boolean());

/** No run knows more gaps than those that are shipped and those of a user's own file. */
const MOST_GAPS = GAPS.length + MOST_OWN_GAPS;

const outcome = v.picklist(['ok', 'divergent', 'inconclusive', 'skipped']);

/** What only a run has that was brought together. */
type Merged = Pick<RunFile, 'shards' | 'coverage'>;

const Run = v.object({
  version: v.literal(RECORD_VERSION),
  program: v.string(),
  seed: v.pipe(v.string(), v.maxLength(MOST_SEED), v.regex(/^\P{Cc}*$/u)),
  iterations: v.pipe(million, v.minValue(1)),
  first: v.exactOptional(index),
  operations: some(operation),
  instar: v.string(),
  image: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w.:/@-]{0,254}$/)),
  containerEngine: v.picklist(['docker', 'podman', 'none']),
  kvm: flag,
  timeoutSeconds: million,
  timeBudgetSeconds: v.exactOptional(million),
  failFast: flag,
  gapsFile: v.string(),
  subjectVersion: v.string(),
  referenceVersion: v.string(),
  juryVersions: v.pipe(v.array(v.string()), v.maxLength(MOST_JURORS)),
  state: v.picklist(['running', 'finished', 'interrupted', 'failed']),
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000)),
  lanes: whole(1024),
  liftedGaps: v.pipe(v.array(gap), v.maxLength(GAPS.length)),
  shard: v.exactOptional(
    v.pipe(
      v.strictObject({ number: v.pipe(whole(MOST_SHARDS), v.minValue(1)), of: whole(MOST_SHARDS) }),
      v.check(({ number, of }) => number <= of),
    ),
  ),
  error: v.exactOptional(v.string()),
} satisfies Members<Omit<RunFile, keyof Merged>>);

const place = whole(Number.MAX_SAFE_INTEGER);
const range = v.strictTuple([place, place]);
const digits = v.pipe(v.string(), v.regex(/^[0-9a-f]{0,512}$/));
const Bytes = v.strictObject({
  size: place,
  window: range,
  ranges: v.pipe(v.array(range), v.minLength(1), v.maxLength(MOST_RANGES)),
  more: v.boolean(),
  start: place,
  expected: digits,
  got: digits,
});

const Iteration = v.object({
  index,
  verdict: Verdict,
  steps: some(v.strictObject({ operation, outcome })),
  avoided: v.pipe(
    v.array(gap),
    v.maxLength(MOST_AVOIDED),
    v.check((gaps) => new Set(gaps).size <= MOST_GAPS),
  ),
  milliseconds: amount,
  phases: v.strictObject({ fixture: amount, subject: amount, reference: amount, compare: amount, harness: amount }),
} satisfies Members<IterationLine>);
const Found = v.object({
  version: v.literal(RECORD_VERSION),
  seed: v.string(),
  index,
  folder: v.pipe(v.string(), v.regex(/^findings\/\d{1,10}$/)),
  finding: Finding,
} satisfies Members<FindingLine>);
const Triage = v.variant('kind', [
  v.object({
    kind: v.literal('bug'),
    fingerprint,
    folder: v.pipe(v.string(), v.regex(/^bugs\/[0-9a-f]{16}$/)),
    finding: Finding,
    traits: some(v.string()),
    reproduced: v.boolean(),
    origin: v.picklist(['before', 'introduced', 'unknown']),
    jury: v.pipe(
      v.array(v.object({ juror: v.string(), says: v.picklist(VOTES) })),
      v.maxLength(MOST_JURORS + THIRD_READERS.length),
    ),
    bytes: v.exactOptional(Bytes),
    unfinished: v.exactOptional(v.picklist(['time', 'seldom'])),
    indices: v.array(index),
  } satisfies Members<Extract<TriageLine, { kind: 'bug' }>>),
  v.object({ kind: v.literal('flaky'), index, cameBack: million, tries: million }),
]);

/** The lines as they are declared: one without a member, a kind or a word of these would be left out, and its shard would not be whole. */
const Lines = {
  iterations: exactly<IterationLine>()(Iteration),
  findings: exactly<FindingLine>()(Found),
  triage: exactly<TriageLine>()(Triage),
};

/** A record of another job: what of it is whole. */
export interface OutsideRecord {
  readonly directory: string;
  readonly run: RunFile;
  readonly iterations: readonly IterationLine[];
  readonly findings: readonly FindingLine[];
  readonly triage: readonly TriageLine[];
  readonly coverage: Coverage | undefined;
  readonly canaries: readonly CanaryLine[];
  readonly replays: readonly ReplayLine[];
}

/** Reads a record; undefined where not even its `run.json` is one of this version. */
export function readOutside(directory: string): OutsideRecord | undefined {
  const textIn = (name: string) => textOf(join(directory, name));
  const file = <T>(name: string, form: v.GenericSchema<unknown, T>) => inForm(form, parseOutsideJson(textIn(name)));
  const lines = <T>(name: string, form: v.GenericSchema<unknown, T>) =>
    wholeLines(textIn(name)).lines.flatMap((line) => inForm(form, line) ?? []);
  const run = file(FILES.run, Run);
  if (run === undefined) return undefined;
  return {
    directory,
    run,
    iterations: lines(FILES.iterations, Lines.iterations),
    findings: lines(FILES.findings, Lines.findings),
    triage: lines(FILES.triage, Lines.triage),
    coverage: file(FILES.coverage, CoverageForm),
    canaries: file(FILES.canaries, Canaries) ?? [],
    replays: file(FILES.replays, Replays) ?? [],
  };
}

/** The text of a regular file; empty where there is none. */
function textOf(path: string): string {
  return isFile(path, MOST_BYTES) ? readFileSync(path, 'utf8') : '';
}

/** Whether there is a regular file, no link, of at most so many bytes. */
export function isFile(path: string, mostBytes: number): boolean {
  try {
    const status = lstatSync(path);
    return status.isFile() && status.size <= mostBytes;
  } catch {
    return false;
  }
}
