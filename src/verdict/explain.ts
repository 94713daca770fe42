import type { Finding } from './finding.ts';

/** What a kind of difference means to the one who has to find its cause: a sentence of ours, without a word of the subject. */
export function explain(finding: Finding): string {
  switch (finding.kind) {
    case 'exit':
      return 'Both tools got the same command and the same files, but they end differently: one refuses or fails where the other does not, or both do with different exit codes.';
    case 'crash':
      return 'The subject was killed by a signal or panicked. No input may make it do that.';
    case 'input-modified':
      return 'The subject changed a file that this command should only read. The reference left it as it was.';
    case 'json':
      return 'The JSON reports about one image, or about the images that both tools made of the same, say different things.';
    case 'unparsable':
      return 'The subject’s output is not valid JSON, or lacks a member that it must have.';
    case 'content':
      return contentWords(finding);
    case 'size':
      return 'The images that the two tools made are disks of different sizes to a guest.';
    case 'unreadable':
      return 'The reference cannot use the image that the subject made by the same command.';
    case 'inconsistent':
      return 'The reference’s check finds other damage in the subject’s image than in its own.';
    case 'above-bound':
      return 'A converted image became larger than the size that `measure` promised for it.';
  }
}

/** Whether data are wrong by an invariant, whoever breaks it, or only differ, is the first thing to know. */
function contentWords({ broken, both, twin }: Finding & { kind: 'content' }): string {
  if (both)
    return 'Both results break an invariant that must hold for any correct tool (see “expected”): a guest reads wrong data.';
  if (broken !== undefined)
    return 'The subject’s result breaks an invariant that the reference’s result keeps (see “expected”): data is lost or wrong.';
  if (twin) return 'From an image that the reference wrote, the subject reads other data than the reference.';
  return 'A guest reads other data from the subject’s image than from the reference’s, made by the same command.';
}
