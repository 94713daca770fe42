/** What is said of findings that were not made into bugs. */
import { counted } from '../verdict/counted.ts';

/** Why a finding was not. */
export const WHY_UNEXPLAINED = 'the time, or the tries for the symptom, were used up';

/** That so many, one at least, were not, in a sentence. */
export function unexplainedWords(findings: number): string {
  return `${counted(findings, 'finding')} could not be reduced to bugs: ${WHY_UNEXPLAINED}.`;
}
