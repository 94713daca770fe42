import type { Finding } from './finding.ts';

/** What a kind of difference means to the one who has to find its cause: a sentence of ours, without a word of the subject. */
export function explain(finding: Finding): string {
  switch (finding.kind) {
    case 'exit':
      return 'Both tools got the same command and the same files, and they end differently: one refuses or fails where the other does not, or says so with another exit code.';
    case 'crash':
      return 'The subject ended by a signal or an internal failure, which no input may bring about.';
    case 'input-modified':
      return 'The subject changed a file that the command has only to read. The reference left it as it was.';
    case 'json':
      return 'Both tools describe the same image, and their JSON says different things about it.';
    case 'unparsable':
      return 'The subject’s JSON cannot be read as such, or lacks a member that it must have.';
    case 'content':
      return contentWords(finding);
    case 'size':
      return 'The images that the two tools made are disks of different sizes to a guest.';
    case 'unreadable':
      return 'The reference cannot use the image that the subject made by the same command.';
    case 'inconsistent':
      return 'The reference’s check finds other damage in the subject’s image than in its own.';
    case 'above-bound':
      return 'A measured size promised that a converted image fits into it, and one became larger.';
  }
}

/** Whether data are wrong by an invariant, whoever breaks it, or only differ, is the first thing to know. */
function contentWords({ broken, both, twin }: Finding & { kind: 'content' }): string {
  if (both)
    return 'Both tools break what must hold here whoever is right otherwise: data that a guest reads are wrong.';
  if (broken !== undefined)
    return 'The subject breaks what must hold here, and the reference does not: data are lost or wrong.';
  if (twin) return 'The subject reads other data from an image than the reference, which wrote it.';
  return 'A guest reads other data from the subject’s image than from the reference’s, made by the same command.';
}
