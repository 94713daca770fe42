import { counted } from './counted.ts';
import { describeExit, succeeded } from './exit.ts';
import type { CheckCounts, Finding } from './finding.ts';
import { isSuspicious, type Reason } from './verdict.ts';

/** A finding for people: the symptom, and what each side did. The texts may hold the subject's words. */
export interface Words {
  readonly title: string;
  readonly expected: string;
  readonly got: string;
}

/** Puts a finding into words. */
export function describeFinding(finding: Finding): Words {
  const words = describe(finding);
  const asked = finding.mistake === undefined ? '' : `asked with a mistake (${finding.mistake}), `;
  return { ...words, title: `${finding.operation}: ${asked}${words.title}` };
}

/** A bug in one line: its symptom, and what it takes to show it. */
export function describeBug(finding: Finding, traits: readonly string[]): string {
  const { title } = describeFinding(finding);
  return traits.length === 0 ? title : `${title} (${traits.join(', ')})`;
}

function describe(finding: Finding): Words {
  switch (finding.kind) {
    case 'exit':
      return {
        title: exitTitle(finding),
        expected: `${describeExit(finding.reference)}${succeeded(finding.subject) ? ` (${finding.message})` : ''}`,
        got: `${describeExit(finding.subject)}${succeeded(finding.subject) ? '' : ` (${finding.message})`}`,
      };
    case 'crash':
      return {
        title: 'the subject crashed',
        expected: 'an orderly end, success or refusal',
        got: `${describeExit(finding.subject)} (${finding.message})`,
      };
    case 'input-modified':
      return {
        title: `the subject changed ${finding.file}, which it should only read`,
        expected: 'the input stays byte-identical',
        got: 'the input has other bytes',
      };
    case 'json':
      return describeJson(finding);
    case 'unparsable':
      return describeUnparsable(finding);
    default:
      return describeFile(finding);
  }
}

function exitTitle({ subject, reference }: Finding & { kind: 'exit' }): string {
  if (succeeded(reference)) return 'the subject fails where the reference succeeds';
  return succeeded(subject) ? 'the subject succeeds where the reference fails' : 'the exit codes differ';
}

/** What the expectation of a finding is called: some rest on what the reference did, the others must hold for any tool. */
export function expectedLabel(finding: Finding): string {
  const always = ['crash', 'input-modified', 'above-bound'].includes(finding.kind);
  const isInvariant = finding.kind === 'content' && finding.broken !== undefined;
  return always || isInvariant ? 'expected (of any tool)' : 'expected (reference)';
}

function readWhere({ file, twin, snapshot }: Finding & { kind: 'content' }): string {
  if (twin) return `the subject reads other data from ${file}, which the reference wrote,`;
  return `a guest reads other data from ${diskIn(file, snapshot)}`;
}

/** The disk of an image, or of an internal snapshot in it. */
function diskIn(file: string, snapshot: string | undefined): string {
  return snapshot === undefined ? file : `the snapshot “${snapshot}” in ${file}`;
}

function describeFile(
  finding: Exclude<Finding, { kind: 'exit' | 'crash' | 'input-modified' | 'json' | 'unparsable' }>,
): Words {
  switch (finding.kind) {
    case 'content':
      return {
        title: `${readWhere(finding)} at ${hex(finding.offset)}`,
        expected: finding.broken ?? 'what the reference’s image holds',
        got: `other data from byte ${finding.offset} (${hex(finding.offset)}) on${finding.both ? '; the reference breaks this too' : ''}`,
      };
    case 'size':
      return {
        title: `${diskIn(finding.file, finding.snapshot)} is a disk of another size${finding.reader ? ` to ${finding.reader}` : ''}`,
        expected: `${finding.reference} bytes`,
        got: `${finding.subject} bytes`,
      };
    case 'unreadable':
      return {
        title: `${finding.reader ?? 'the reference'} cannot use the subject’s ${finding.file}`,
        expected: 'a readable image',
        got: finding.message,
      };
    case 'inconsistent':
      return {
        title: `check counts other damage in ${finding.file}`,
        expected: describeCounts(finding.reference),
        got: describeCounts(finding.subject),
      };
    case 'above-bound':
      return {
        title: `${finding.what} became larger than measured`,
        expected: `at most ${finding.bound} bytes, by \`${finding.member}\``,
        got: `${finding.value} bytes`,
      };
  }
}

/** Where a member had to be there, it may be that alone which is missing. */
function describeUnparsable({ what, member, start }: Finding & { kind: 'unparsable' }): Words {
  return {
    title: `${what} is not valid JSON${member === undefined ? '' : `, or lacks the member ${member}`}`,
    expected: member === undefined ? 'one whole JSON document' : `a JSON document with the member ${member}`,
    got: start,
  };
}

function describeJson({ what, differences }: Finding & { kind: 'json' }): Words {
  const [first] = differences;
  const more = differences.length > 1 ? ` and ${differences.length - 1} more` : '';
  const pointer = first?.pointer === '' ? 'the whole document' : (first?.pointer ?? '');
  return {
    title: `${what} differs in ${pointer}${more}`,
    expected: differences.map((one) => `${one.pointer} = ${one.reference}`).join(', '),
    got: differences.map((one) => `${one.pointer} = ${one.subject}`).join(', '),
  };
}

function describeCounts({ corruptions, leaks, errors }: CheckCounts): string {
  return [counted(corruptions, 'corruption'), counted(leaks, 'leak'), counted(errors, 'check error')].join(', ');
}

/** An offset as people write it. */
export function hex(offset: number): string {
  return `0x${offset.toString(16)}`;
}

/** Why something could not be judged, in one line. */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'inconclusive_external_timeout':
      return `the ${reason.side} ran longer than ${reason.seconds} s (${reason.command})${isSuspicious(reason) ? ', where the reference was prompt' : ''}`;
    case 'killed':
      return `a command on the ${reason.side}’s side was killed from outside, most likely for want of memory (${reason.command})`;
    case 'missing_helper':
      return `${reason.helper} is missing in the image`;
    case 'fixture_failed':
      return `the reference could not make the input (${reason.command}: ${reason.message})`;
    case 'reference_failed':
      return `the reference could not read back its own result (${reason.command}: ${reason.message})`;
    case 'reference_invariant':
      return `the reference itself broke what must hold, and the subject did not: ${reason.says} (${reason.message})`;
    case 'scratch_full':
      return describeRoom(reason);
    case 'limit_reached':
      return `a difference was seen while there were no more ${reason.limit} to be had in the sandbox, which may have caused it`;
    case 'reference_crashed':
      return `the reference broke down itself (${reason.command}: ${reason.message})`;
    case 'leads_elsewhere':
      return `the subject left a link where ${reason.file} should be: what was compared may have been another file`;
    case 'own_conversion_failed':
      return `the subject could not make what it had measured (${reason.message})`;
    case 'not_started':
      return `the subject could not be started any more, as if it had been rebuilt (${reason.message})`;
    case 'too_much_said':
      return `an answer has ${reason.bytes} bytes, of which only the beginning is kept`;
    case 'flaky':
      return `a difference came back only ${reason.cameBack} of ${reason.tries} times when it was tried again`;
    case 'lane_lost':
      return `the lane broke twice (${reason.message})`;
    case 'nothing_to_compare':
      return 'known gaps covered every step';
  }
}

function describeRoom({ freeBytes, neededBytes }: Reason & { kind: 'scratch_full' }): string {
  if (neededBytes === undefined && freeBytes === 0) return 'there was no room left in the scratch space';
  const needed = neededBytes === undefined ? '' : `, ${roughly(neededBytes, Math.ceil)} needed`;
  return `a difference was seen while the scratch space had too little room (${roughly(freeBytes, Math.floor)} free${needed}), which may have caused it`;
}

/** Bytes in a large unit: reasons are counted by their words, which should be the same for iterations of one cause. */
function roughly(bytes: number, round: (value: number) => number): string {
  const [MiB, GiB] = [2 ** 20, 2 ** 30];
  return bytes < GiB ? `${round(bytes / MiB)} MiB` : `${(round((bytes / GiB) * 10) / 10).toFixed(1)} GiB`;
}
