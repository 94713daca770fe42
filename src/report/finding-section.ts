import { inertLine, markdownBlock, markdownCode } from '../trust/inert.ts';
import { describeFinding, expectedLabel } from '../verdict/words.ts';
import type { FindingLine } from './record.ts';
import { IN_CLONE, replayOfIteration } from './replay.ts';
import type { Report } from './report.ts';

/** Characters of the command that is to be pasted. */
const COMMAND_CHARACTERS = 12_000;

/** A finding that no bug accounts for, for the job summary: what differs, and how the iteration is run again. */
export function findingSection(report: Report, { index, finding, folder }: FindingLine): string {
  const { title, expected, got } = describeFinding(finding);
  return [
    `#### Iteration ${index}, step ${finding.step}: ${markdownCode(title, 300)}`,
    '',
    `- type: ${markdownCode(finding.type)}`,
    `- ${expectedLabel(finding)}: ${markdownCode(expected, 500)}`,
    `- got (subject): ${markdownCode(got, 500)}`,
    `- its case, with a script that shows it: ${markdownCode(folder, 400)} in the report`,
    '',
    `Run the iteration again, ${IN_CLONE}:`,
    '',
    markdownBlock(inertLine(replayOfIteration(report, index), COMMAND_CHARACTERS), 'sh', COMMAND_CHARACTERS),
    '',
  ].join('\n');
}
