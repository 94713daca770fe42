import { join } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { describeVote, severityOfBug } from '../triage/jury.ts';
import { markdownBlock, markdownCode } from '../trust/inert.ts';
import { parseOutsideJson } from '../trust/parse.ts';
import { SEVERITY_WORDS } from '../verdict/severity.ts';
import { describeBug, describeFinding, expectedLabel } from '../verdict/words.ts';
import { byteWords } from './byte-words.ts';
import { readText } from './evidence.ts';
import { gapEntryOf } from './gap-entry.ts';
import { newnessWords } from './newness.ts';
import { IN_CLONE, replayOfCopy, replayOfIteration } from './replay.ts';
import type { BugLine, Report } from './report.ts';
import { RUN_SCRIPT, reproduceHere } from './reproduce.ts';
import { traitWords } from './trait-words.ts';

/** How long a reproducer may be to be shown whole; they are bounded to some thirty lines, but words may be long. */
const REPRODUCER_CHARACTERS = 12_000;

/** Why no script is printed. */
const SCRIPT_LOST = 'Its script is missing from the record, so it is not printed here.';
const SCRIPT_SHOWS_NOTHING =
  'Its script did not show the difference when it was run by itself, so it is not printed here.';

/** A bug for the job summary: what differs, how often it was seen, and the script that shows it. */
export function bugSection(report: Report, bug: BugLine): string {
  const { expected, got } = describeFinding(bug.finding);
  const { folder, fingerprint, finding, traits } = bug;
  const severity = severityOfBug(bug);
  return [
    `#### ${markdownCode(describeBug(finding, traits), 300)}`,
    '',
    `- severity **${severity}**: ${SEVERITY_WORDS[severity]}`,
    `- ${expectedLabel(finding)}: ${markdownCode(expected, 500)}`,
    `- got (subject): ${markdownCode(got, 500)}`,
    ...traitWords(traits).map((words) => `- ${words}`),
    ...(bug.bytes === undefined ? [] : byteWords(bug.bytes).map((words) => `- ${words}`)),
    ...newnessWords(bug, report, issueLink).map((words) => `- ${words}`),
    `- ${seenWords(bug, report)}; type ${markdownCode(finding.type)}, fingerprint \`${fingerprint}\``,
    ...bug.jury.map((vote) => `- ${markdownCode(vote.juror)}: ${describeVote(vote)}`),
    `- smallest case: ${markdownCode(folder, 400)} in the report`,
    '',
    ...scriptPart(report, bug),
    ...runAgain(report, bug),
    ...gapEntry(report, bug),
  ].join('\n');
}

/** Characters of a command that is to be pasted. */
const COMMAND_CHARACTERS = 12_000;

/** The script, and how it is run. */
function scriptPart(report: Report, bug: BugLine): string[] {
  if (!bug.reproduced) return [SCRIPT_SHOWS_NOTHING, ''];
  const script = readText(join(report.directory, bug.folder, 'repro.sh'));
  if (script === undefined) return [SCRIPT_LOST, ''];
  const inImage = reproduceHere(report.run);
  const image = inImage === undefined ? '' : ', with the image built or pulled as the workflow does';
  return [
    `Save the script below as \`repro.sh\` in the directory of the subject and run it there${image}:`,
    '',
    markdownBlock(inImage ?? RUN_SCRIPT, 'sh', COMMAND_CHARACTERS),
    '',
    '<details><summary>The script</summary>',
    '',
    markdownBlock(script.trimEnd(), 'sh', REPRODUCER_CHARACTERS),
    '',
    '</details>',
    '',
  ];
}

/** How a bug's smallest case is run again with every check; without the report only the iteration that showed it can be. */
function runAgain(report: Report, { folder, indices: [first] }: BugLine): string[] {
  const commands = [
    '# the smallest case, from a copy of the report',
    replayOfCopy(report, { folder }),
    ...(first === undefined
      ? []
      : ['# the iteration in which it was first seen, without the report', replayOfIteration(report, first)]),
  ];
  const words = `Run the whole case again, ${IN_CLONE}:`;
  return [words, '', markdownBlock(commands.join('\n'), 'sh', 2 * COMMAND_CHARACTERS), ''];
}

/** In how many iterations a bug was met, and by which operations. */
export function seenWords(bug: BugLine, report: Report): string {
  const { indices } = bug;
  const { finished } = report;
  const [first] = indices;
  if (first === undefined) {
    return 'met by no iteration of this run: found by an earlier run and still there, or by stepping into a known gap';
  }
  return `seen in ${indices.length} of ${finished} iterations, first in iteration ${first}${shownWords(bug, report)}`;
}

/** The operations whose steps showed a bug, as the end of a sentence. */
function shownWords({ fingerprint }: BugLine, { shownBy }: Report): string {
  const all = (shownBy.get(fingerprint) ?? []).map(
    ({ operation, times }) => `${operation} ${times === 1 ? 'once' : `${times} times`}`,
  );
  return all.length === 0 ? '' : `, shown by ${all.join(', ')}`;
}

function issueLink({ number, url }: { readonly number: number; readonly url: string }): string {
  return ` ([#${number}](${encodeURI(url)}))`;
}

/** What has been accepted can be left out for good. */
function gapEntry({ standings, directory }: Report, bug: BugLine): string[] {
  if (standings.get(bug.fingerprint)?.state !== 'accepted') return [];
  const text = readText(join(directory, bug.folder, 'plan.json'));
  const plan = text === undefined ? undefined : parseOutsideJson(text);
  // The folder's files are written one after the other: a full disk may have left half a plan.
  const entry = plan === undefined ? undefined : gapEntryOf(bug, plan as Plan);
  if (entry === undefined) return [];
  return [
    'It is accepted. This entry of a `gaps-file` keeps it from being drawn, and all else that its conditions hold for:',
    '',
    markdownBlock(entry, 'yaml'),
    '',
  ];
}
