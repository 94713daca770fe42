import type { Tools } from '../execution/tools.ts';
import { inertLine } from '../trust/inert.ts';

/** What a run tells of its tools when it begins, in lines of inert text. */
export function toolWords({ subjectVersion, referenceVersion, hasQemuIo }: Tools): string[] {
  return [
    inertLine(`Subject:   ${subjectVersion}`),
    inertLine(`Reference: ${referenceVersion}`),
    ...(hasQemuIo ? [] : ['qemu-io is missing: steps whose images need data are inconclusive.']),
  ];
}
