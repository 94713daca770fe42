import { type CommandResult, lastWords } from '../sandbox/command.ts';
import type { CheckCounts, Side } from '../verdict/finding.ts';
import { unusable } from './info.ts';
import { parseJson, valueAt } from './json.ts';
import type { Observation, Oracle } from './observation.ts';

/** Formats that the reference's `check` examines; for the others it exits with 63. */
const CHECKED_FORMATS = ['qcow2', 'vhdx', 'vdi', 'vmdk'];

/** The reference's `check` finds no more corruptions, leaks or errors in the subject's file than in its own. */
export const notLessConsistent: Oracle = async (observation) => {
  const { operation, outputs } = observation;
  const type = `${operation}_check_divergence`;
  for (const { path, format } of outputs.filter((file) => CHECKED_FORMATS.includes(file.format))) {
    const args = ['check', '-f', format, '--output=json', path];
    const reference = await check(observation, 'reference', 'reference', args);
    if (typeof reference === 'string') throw unusable('check', reference);
    const subject = await check(observation, 'subject', 'reference', args);
    if (typeof subject === 'string') return { kind: 'unreadable', type, file: path, message: subject };
    if (worse(subject, reference)) return { kind: 'inconsistent', type, file: path, subject, reference };
  }
  return undefined;
};

/** Both tools' own `check` counts the same corruptions and leaks in the same file. */
export const sameCheckCounts: Oracle = async (observation) => {
  const { operation, inputs } = observation;
  for (const { path } of inputs) {
    const args = ['check', '--output', 'json', path];
    const reference = await check(observation, 'reference', 'reference', args);
    if (typeof reference === 'string') throw unusable('check', reference);
    const subject = await check(observation, 'subject', 'subject', args);
    if (typeof subject === 'string') {
      return { kind: 'unparsable', type: `${operation}_json_parse_failure`, what: 'its JSON report', start: subject };
    }
    if (subject.corruptions !== reference.corruptions || subject.leaks !== reference.leaks) {
      return { kind: 'inconsistent', type: `${operation}_counts_divergence`, file: path, subject, reference };
    }
  }
  return undefined;
};

function worse(subject: CheckCounts, reference: CheckCounts): boolean {
  return (
    subject.corruptions > reference.corruptions || subject.leaks > reference.leaks || subject.errors > reference.errors
  );
}

async function check(
  { bench }: Observation,
  side: Side,
  program: 'subject' | 'reference',
  args: readonly string[],
): Promise<CheckCounts | string> {
  const result = await bench.ask({ side, program, args });
  return countsOf(result) ?? lastWords(result);
}

/** A missing counter means zero: the reference leaves zero counters out, the subject prints them all. */
function countsOf({ stdout }: CommandResult): CheckCounts | undefined {
  const json = parseJson(stdout);
  if (json === undefined) return undefined;
  const count = (key: string) => {
    const value = valueAt(json, key);
    return typeof value === 'number' ? value : 0;
  };
  return { corruptions: count('corruptions'), leaks: count('leaks'), errors: count('check-errors') };
}
