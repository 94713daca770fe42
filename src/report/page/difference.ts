import { describeExit, succeeded } from '../../verdict/exit.ts';
import type { Finding } from '../../verdict/finding.ts';
import { describeFinding } from '../../verdict/words.ts';
import type { PageRow } from './model.ts';

/** What both sides did, thing by thing, in the subject's words where it has some. */
export function differenceRows(finding: Finding): readonly PageRow[] {
  switch (finding.kind) {
    case 'json':
      return finding.differences.map(({ pointer, reference, subject }) => ({
        name: pointer === '' ? 'the whole document' : pointer,
        reference,
        subject,
      }));
    case 'inconsistent':
      return (['corruptions', 'leaks', 'errors'] as const).map((counter) => ({
        name: counter === 'errors' ? 'check errors' : counter,
        reference: String(finding.reference[counter]),
        subject: String(finding.subject[counter]),
      }));
    case 'exit':
      return endRows(finding);
    default: {
      const { expected, got } = describeFinding(finding);
      return [{ name: NAMES[finding.kind], reference: expected, subject: got }];
    }
  }
}

const NAMES: Readonly<Record<Exclude<Finding['kind'], 'json' | 'inconsistent' | 'exit'>, string>> = {
  'above-bound': 'size of the file',
  content: 'data that a guest reads',
  crash: 'end',
  'input-modified': 'bytes of the input',
  size: 'size of the disk',
  unparsable: 'output',
  unreadable: 'image',
};

/** The message is the refusing side's, as the other has none. */
function endRows({ subject, reference, message }: Finding & { kind: 'exit' }): PageRow[] {
  const ends = { name: 'end', reference: describeExit(reference), subject: describeExit(subject) };
  const words = succeeded(subject) ? { reference: message, subject: '' } : { reference: '', subject: message };
  return [ends, { name: 'message', ...words }];
}
