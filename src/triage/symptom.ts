import type { TranscriptEntry } from '../sandbox/transcript.ts';
import { describeExit, succeeded } from '../verdict/exit.ts';
import type { Finding } from '../verdict/finding.ts';

/** What must never happen, be the request correct or mistaken: a mistake is then only one way to it, and told among what the smallest case needs. */
const WHATEVER_WAS_ASKED: readonly Finding['kind'][] = ['crash', 'input-modified'];

/**
 * What a difference looks like, whatever image showed it, as a text that is equal for equal symptoms: the subject's command, the kind of
 * difference, and what is typical of the kind. Never a seed, size, offset, path, version or date. Shrinking keeps it, so that it
 * never slips to another bug.
 */
export function symptomOf(finding: Finding, transcript: readonly TranscriptEntry[]): string {
  const { mistake: name } = finding;
  const mistake = name === undefined || WHATEVER_WAS_ASKED.includes(finding.kind) ? [] : [`mistake ${name}`];
  const command = judgedCommand(finding, transcript)?.args[0] ?? '';
  return JSON.stringify([command, finding.kind, ...mistake, ...detailsOf(finding)]);
}

/** Whether the subject was reading what the reference had written when the difference showed. */
export function isTwin(finding: Finding, transcript: readonly TranscriptEntry[]): boolean {
  return judgedCommand(finding, transcript)?.directory.startsWith('twin/') ?? false;
}

/** What the subject was asked for last, with which a step ends in a finding; what it left, or what it promised, is judged after more was asked. */
function judgedCommand({ kind, step }: Finding, transcript: readonly TranscriptEntry[]): TranscriptEntry | undefined {
  const asked = transcript.filter((entry) => entry.step === step && entry.program === 'subject');
  const itself = kind === 'input-modified' || kind === 'above-bound';
  return itself ? asked.findLast(({ purpose }) => purpose === 'test') : asked.at(-1);
}

function detailsOf(finding: Finding): string[] {
  switch (finding.kind) {
    case 'exit':
      return [endOf(finding.reference), endOf(finding.subject), masked(finding.message)];
    case 'crash':
      return [describeExit(finding.subject), masked(finding.message)];
    case 'json':
      return [leadingPointer(finding.differences.map(({ pointer }) => pointer.replace(/\d+/g, 'N')))];
    case 'unparsable':
      return [finding.what];
    case 'size':
      return [finding.subject > finding.reference ? 'larger' : 'smaller', finding.reader ?? '', ...inSnapshot(finding)];
    case 'unreadable':
      return [masked(finding.message)];
    case 'inconsistent':
      return (['corruptions', 'leaks', 'errors'] as const).filter(
        (counter) => finding.subject[counter] !== finding.reference[counter],
      );
    case 'above-bound':
      return [finding.member, finding.side];
    case 'content':
      return [...(finding.both ? ['both'] : []), ...inSnapshot(finding)];
    case 'input-modified':
      return [];
  }
}

/** What an internal snapshot holds is another matter than what the disk does, whatever it is called. */
function inSnapshot({ snapshot }: Finding & { kind: 'content' | 'size' }): string[] {
  return snapshot === undefined ? [] : ['snapshot'];
}

/** The member that is the least nested: which others differ too depends on the image, on whether it has a backing file for example. */
function leadingPointer(pointers: readonly string[]): string {
  const depth = (pointer: string) => pointer.split('/').length;
  return pointers.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))[0] ?? '';
}

function endOf(exit: (Finding & { kind: 'exit' })['subject']): string {
  return succeeded(exit) ? 'success' : exit.kind === 'exited' ? 'refusal' : describeExit(exit);
}

/**
 * A message without what changes from run to run: quoted names, paths, numbers. One that is a quotation as a whole, as the subject's
 * `Error: "…"` is, says something all the same; so does the source file of a panic.
 */
function masked(message: string): string {
  return message
    .slice(0, 300)
    .replace(/^(\w+: )?"([^"]*)"$/, '$1$2')
    .replace(/'[^']*'|"[^"]*"|`[^`]*`|‘[^’]*’/g, 'Q')
    .replace(/\S*[/\\]([\w-]+\.rs):\S*/g, '$1')
    .replace(/\S*[/\\]\S*/g, 'P')
    .replace(/\b\S+\.(?:img|raw|qcow2|vmdk|vpc|vhdx?)\b/g, 'P')
    .replace(/0x[0-9a-f]+|\d+/gi, 'N');
}
