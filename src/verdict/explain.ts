import { type Finding, TYPE_ENDS } from './finding.ts';

type Kind = Finding['kind'];

/** What a difference means to the one who has to find its cause: a sentence of ours, without a word of the subject. */
export function explain(finding: Finding): string {
  if (isTwin(finding)) return OF_TWIN[finding.kind] ?? ofKind(finding);
  const particular = OF_TYPE[finding.kind]?.find(([end]) => finding.type.endsWith(TYPE_ENDS[end]));
  return particular?.[1] ?? ofKind(finding);
}

function isTwin({ type }: Finding): boolean {
  return [TYPE_ENDS.twinInfo, TYPE_ENDS.twinCheck, TYPE_ENDS.twinContent].some((end) => type.endsWith(end));
}

/** The subject had only to read what the reference wrote. */
const OF_TWIN: Partial<Record<Kind, string>> = {
  exit: 'The subject refuses to read an image that the reference wrote, or fails at it.',
  json: 'The two tools’ own reports of an image that the reference wrote say different things.',
  content: 'From an image that the reference wrote, the subject reads other data than the reference.',
  size: 'The subject’s copy of an image that the reference wrote is a disk of another size.',
  unreadable: 'The reference cannot use the copy that the subject made of an image which the reference wrote.',
  inconsistent: 'The two tools’ own checks of an image that the reference wrote count different damage.',
};

/** What types say that a kind does not. */
const OF_TYPE: Partial<Record<Kind, readonly (readonly [end: keyof typeof TYPE_ENDS, says: string])[]>> = {
  exit: [
    [
      'identity',
      'The subject calls two disks equal that the reference calls different: who then deletes one of them loses what only that one held.',
    ],
    [
      'unreadable',
      'Data of the image cannot be read, and the reference says so. The subject reports success all the same: what it wrote or answered rests on something else.',
    ],
    [
      'unwritten',
      'There was no room for what was to be written, and the reference says so. The subject reports success all the same: a part may be missing.',
    ],
  ],
  json: [
    [
      'output',
      'Both tools find two disks different, but name the first difference in another place or in other words.',
    ],
    [
      'list',
      'The lists of internal snapshots differ: each tool’s own list of the same image, or the reference’s lists of the images that the two tools left.',
    ],
    [
      'bothInfo',
      'What the reference reports of the image that the subject left is not what it reports of its own, after the same command.',
    ],
  ],
  size: [
    ['thirdReader', 'To a third program, the images that the two tools left are disks of different sizes.'],
    [
      'inSnapshot',
      'An internal snapshot is a disk of another size in the subject’s image than in the reference’s, after the same command.',
    ],
  ],
  unreadable: [
    ['thirdReader', 'A third program can read the image that the reference left, but not the subject’s.'],
    [
      'inSnapshot',
      'The reference cannot read an internal snapshot in the image that the subject left, though it can in its own, after the same command.',
    ],
    [
      'fixture',
      'While the step was prepared, the reference could not do with the subject’s files what it had done with its own.',
    ],
  ],
  inconsistent: [['counts', 'The two tools’ own checks of the same image count different damage.']],
};

/** What holds of any other finding of a kind. */
function ofKind(finding: Finding): string {
  switch (finding.kind) {
    case 'exit':
      return 'Both tools were asked for the same, but they end differently: one refuses or fails where the other does not, or their exit codes, which may be the answer, are not the same.';
    case 'crash':
      return 'The subject was killed by a signal or panicked. No input may make it do that.';
    case 'input-modified':
      return 'The subject changed a file that this command must leave as it was: one that it only reads, or any where it has to refuse.';
    case 'json':
      return 'The two tools’ own JSON about the same image says different things.';
    case 'unparsable':
      return 'The subject’s output is not valid JSON, or lacks a member that it must have.';
    case 'content':
      return contentWords(finding);
    case 'size':
      return 'The images that the two tools left are disks of different sizes to a guest.';
    case 'unreadable':
      return 'The reference cannot use the image that the subject left, though it can use its own, after the same command.';
    case 'inconsistent':
      return 'The reference’s check finds more damage in the subject’s image than in its own.';
    case 'above-bound':
      return finding.side === 'subject'
        ? 'What the subject converted became larger than it had measured, beyond the tolerance that it documents.'
        : 'What the reference converted became larger than both tools had measured.';
  }
}

/** Whether data are wrong by an invariant, whoever breaks it, or only differ, is the first thing to know. */
function contentWords({ broken, both, snapshot }: Finding & { kind: 'content' }): string {
  if (both)
    return 'Both results break an invariant that must hold for any correct tool (see “expected”): a guest reads wrong data.';
  if (broken !== undefined)
    return 'The subject’s result breaks an invariant that must hold for any correct tool (see “expected”): data is lost or wrong.';
  return snapshot === undefined
    ? 'A guest reads other data from the subject’s image than from the reference’s, after the same command.'
    : 'An internal snapshot holds other data in the subject’s image than in the reference’s, after the same command.';
}
