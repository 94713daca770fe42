/** What a comparison answers by its exit code: 0 for two equal disks, 1 for different ones; anything else is an error. */
import type { CommandResult } from '../sandbox/command.ts';
import { TYPE_ENDS } from '../verdict/finding.ts';
import { readCompared } from './compared.ts';
import { sameExitCode, sameSuccess } from './ending.ts';
import { differencesOf } from './json.ts';
import type { Observation, Oracle } from './observation.ts';

const EQUAL = 0;
const DIFFERENT = 1;

/**
 * The subject gives the reference's answer. Where that has none it may not call the disks equal: the digits of an error differ by design
 * (gap compare-error-code). Two disks that are called equal and are not cost whoever then deletes one of them.
 */
export const sameAnswer: Oracle = async (observation) => {
  const { operation, subject, reference } = observation;
  if (!isAnswer(reference)) return sameSuccess(observation);
  const finding = await sameExitCode(observation);
  const hides = codeOf(reference) === DIFFERENT && codeOf(subject) === EQUAL;
  return finding && hides ? { ...finding, type: `${operation}${TYPE_ENDS.identity}` } : finding;
};

/** The same of a strict comparison: of what is allocated either may think as it likes, but not of the data. */
export const sameStrictAnswer: Oracle = async (observation) => {
  const { subject, reference } = observation;
  const isFree = isAnswer(subject) && isAnswer(reference) && [subject, reference].some(isAboutAllocation);
  if (isFree && !(codeOf(subject) === EQUAL && (await holdOtherData(observation)))) return undefined;
  return sameAnswer(observation);
};

/** Whether the reference finds other data where allocation does not count, in the first input and the last, which the others lie below. */
async function holdOtherData({ inputs, bench }: Observation): Promise<boolean> {
  const images = [inputs[0], inputs.at(-1)].flatMap((file) => (file ? [file.path] : []));
  const result = await bench.ask({ side: 'reference', program: 'reference', args: ['compare', ...images] });
  return readCompared(result).kind === 'differ';
}

/** Where both found other data, they name the same place in the same words (the subject's docs/compare.md). */
export const sameMismatch: Oracle = async ({ operation, subject, reference }) => {
  const differ = [subject, reference].every((result) => codeOf(result) === DIFFERENT);
  if (!differ || !namesPlace(reference)) return undefined;
  const differences = differencesOf(linesOf(subject), linesOf(reference));
  if (differences.length === 0) return undefined;
  return { kind: 'json', type: `${operation}${TYPE_ENDS.output}`, what: 'what it prints', differences, as: 'lines' };
};

/** The same of a strict comparison, in which the subject may come upon other allocation first. */
export const sameStrictMismatch: Oracle = async (observation) =>
  isAboutAllocation(observation.subject) ? undefined : sameMismatch(observation);

function isAnswer(result: CommandResult): boolean {
  const code = codeOf(result);
  return code === EQUAL || code === DIFFERENT;
}

function codeOf({ exit }: CommandResult): number | undefined {
  return exit.kind === 'exited' ? exit.code : undefined;
}

/** A strict reference also compares what is allocated, each version something else, and the subject's documents do not speak of it (gap compare-strict-status). */
function isAboutAllocation({ stdout }: CommandResult): boolean {
  return /block status mismatch/.test(stdout.text);
}

function namesPlace({ stdout }: CommandResult): boolean {
  return /^Content mismatch at offset \d+!$/m.test(stdout.text);
}

function linesOf({ stdout }: CommandResult): string[] {
  return stdout.text.trimEnd().split('\n');
}
