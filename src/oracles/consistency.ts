import { type CommandResult, lastWords } from '../sandbox/command.ts';
import type { Exit } from '../verdict/exit.ts';
import { type CheckCounts, type Judgement, type Side, TYPE_ENDS } from '../verdict/finding.ts';
import { crashOf, failureOf, sameExitCode } from './ending.ts';
import { unusable } from './info.ts';
import { parseJson, valueAt } from './json.ts';
import type { Bench, Observation, Oracle } from './observation.ts';

/** The counter that every report holds, also at zero. */
const ERRORS = 'check-errors';

/** Formats that the reference's `check` examines; for the others it exits with 63. */
export const EXAMINED = ['qcow2', 'vmdk', 'vhdx'];

/** The reference's `check` finds no more corruptions, leaks or errors in the subject's file than in its own. */
export const notLessConsistent: Oracle = async (observation) => {
  const { operation, outputs } = observation;
  const type = `${operation}_check_divergence`;
  for (const { path, format } of outputs.filter((file) => EXAMINED.includes(file.format))) {
    const args = ['check', '-f', format, '--output=json', path];
    const subject = await check(observation, 'subject', args);
    // Nothing can be cleaner than clean: the reference's own file matters only where the subject's is not.
    if (typeof subject !== 'string' && isClean(subject)) continue;
    const reference = await check(observation, 'reference', args);
    if (typeof reference === 'string') throw unusable('check', reference);
    if (typeof subject === 'string') return { kind: 'unreadable', type, file: path, message: subject };
    if (worse(subject, reference)) return { kind: 'inconsistent', type, file: path, subject, reference };
  }
  return undefined;
};

/**
 * Both tools' own `check` counts the same corruptions and leaks in the same file: the first that the operation reads. Where they end
 * differently it is asked only if both could examine the image; else the exit codes tell what there is to tell.
 */
export const sameCheckCounts: Oracle = async (observation) => {
  const {
    operation,
    inputs: [file],
    bench,
    subject,
    reference,
  } = observation;
  const comparable = [subject, reference].every(hasExamined) || (await sameExitCode(observation)) === undefined;
  if (file === undefined || !comparable) return undefined;
  const types = { differ: `${operation}${TYPE_ENDS.counts}`, unparsable: `${operation}_json_parse_failure` };
  return sameCounts(bench, file.path, types);
};

/** Both tools' own `check` of a file; the subject's of the twin's copy where `place` says so. */
export async function sameCounts(
  bench: Bench,
  file: string,
  types: { readonly differ: string; readonly unparsable: string },
  place?: 'twin',
): Promise<Judgement | undefined> {
  const args = ['check', '--output', 'json', file];
  const reference = await check({ bench }, 'reference', args);
  if (typeof reference === 'string') throw unusable('check', reference);
  const asked = await bench.ask({ side: 'subject', program: 'subject', args, ...(place ? { place } : {}) });
  // In a step of its own the plain `check` was judged by how it ended; the twin is asked this alone.
  const failure = place ? failureOf(asked, types.differ, hasReported) : crashOf(asked);
  if (failure) return failure;
  const subject = countsOf(asked);
  if (subject === undefined) {
    const what = 'its JSON report';
    return { kind: 'unparsable', type: types.unparsable, what, start: lastWords(asked), member: ERRORS };
  }
  return differ(subject, reference)
    ? { kind: 'inconsistent', type: types.differ, file, subject, reference }
    : undefined;
}

function isClean({ corruptions, leaks, errors }: CheckCounts): boolean {
  return corruptions === 0 && leaks === 0 && errors === 0;
}

function worse(subject: CheckCounts, reference: CheckCounts): boolean {
  return (
    subject.corruptions > reference.corruptions || subject.leaks > reference.leaks || subject.errors > reference.errors
  );
}

/** The number of errors says how the tool worked, not how the image is; only whether there were any is compared. */
function differ(subject: CheckCounts, reference: CheckCounts): boolean {
  const { corruptions, leaks, errors } = reference;
  return subject.corruptions !== corruptions || subject.leaks !== leaks || subject.errors > 0 !== errors > 0;
}

/** What the reference counts on a side's file, or its last words. */
async function check(
  { bench }: Pick<Observation, 'bench'>,
  side: Side,
  args: readonly string[],
): Promise<CheckCounts | string> {
  const result = await bench.ask({ side, program: 'reference', args });
  return countsOf(result) ?? lastWords(result);
}

/** Exit codes with which `check` reports: no damage, errors of its own, corruptions, leaks (qemu-img's manual). */
const REPORTING = [0, 1, 2, 3];

/** Exit codes with which `check` has examined the whole image. */
const WHOLE = [0, 2, 3];

function hasReported(exit: Exit): boolean {
  return exit.kind === 'exited' && REPORTING.includes(exit.code);
}

function hasExamined({ exit }: CommandResult): boolean {
  return exit.kind === 'exited' && WHOLE.includes(exit.code);
}

/** A missing counter means zero: the reference leaves zero counters out, the subject prints them all. Undefined without a whole report. */
function countsOf({ exit, stdout }: CommandResult): CheckCounts | undefined {
  if (!hasReported(exit)) return undefined;
  const json = parseJson(stdout);
  if (typeof valueAt(json, ERRORS) !== 'number') return undefined;
  const count = (key: string) => {
    const value = valueAt(json, key);
    return typeof value === 'number' ? value : 0;
  };
  return { corruptions: count('corruptions'), leaks: count('leaks'), errors: count(ERRORS) };
}
