import { join } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { describeVote, severityOfBug } from '../triage/jury.ts';
import { inertLine, markdownBlock, markdownCode } from '../trust/inert.ts';
import { parseOutsideJson } from '../trust/parse.ts';
import { SEVERITY_WORDS } from '../verdict/severity.ts';
import { describeBug, describeFinding } from '../verdict/words.ts';
import { byteWords } from './byte-words.ts';
import { readText } from './evidence.ts';
import { gapEntryOf } from './gap-entry.ts';
import { newnessWords } from './newness.ts';
import type { FindingLine } from './record.ts';
import { IN_CLONE, replayCommand } from './replay.ts';
import type { BugLine, Report } from './report.ts';
import { reproduceCommand } from './reproduce.ts';

/** A bug in one line of plain, inert text. */
export function bugLine(bug: BugLine): string {
  const { finding, traits, indices, fingerprint } = bug;
  const severity = severityOfBug(bug);
  return inertLine(`Bug ${fingerprint} (${severity}), seen ${indices.length} ×: ${describeBug(finding, traits)}`);
}

/** How long a reproducer may be to be shown whole; they are bounded to some thirty lines, but words may be long. */
const REPRODUCER_CHARACTERS = 12_000;

/** Why no script is printed. */
const SCRIPT_LOST = 'Its script is missing from the record, so it is not printed here.';
const SCRIPT_SHOWS_NOTHING =
  'Its script did not show the difference when it was run by itself, so it is not printed here.';

/** A bug for the job summary: what differs, how often it was seen, and the script that shows it. */
export function bugSection(report: Report, bug: BugLine): string {
  const { expected, got } = describeFinding(bug.finding);
  const { folder, fingerprint, finding, reproduced } = bug;
  const script = readReproducer(report, bug);
  const severity = severityOfBug(bug);
  return [
    `#### ${markdownCode(describeBug(finding, bug.traits), 300)}`,
    '',
    `- severity **${severity}**: ${SEVERITY_WORDS[severity]}`,
    `- expected (reference): ${markdownCode(expected, 500)}`,
    `- got (subject): ${markdownCode(got, 500)}`,
    ...(bug.bytes === undefined ? [] : byteWords(bug.bytes).map((words) => `- ${words}`)),
    ...newnessWords(bug, report, issueLink).map((words) => `- ${words}`),
    `- ${seenWords(bug, report)}; type ${markdownCode(finding.type)}, fingerprint \`${fingerprint}\``,
    ...bug.jury.map((vote) => `- ${markdownCode(vote.juror)}: ${describeVote(vote)}`),
    `- smallest case: ${markdownCode(join(report.directory, folder), 400)}`,
    '',
    ...(reproduced ? runScript(report, bug) : []),
    ...runAgain(report, bug),
    ...(reproduced && script !== undefined
      ? [
          '<details><summary>The script</summary>',
          '',
          markdownBlock(script, 'sh', REPRODUCER_CHARACTERS),
          '',
          '</details>',
          '',
        ]
      : [reproduced ? SCRIPT_LOST : SCRIPT_SHOWS_NOTHING, '']),
    ...gapEntry(report, bug),
  ].join('\n');
}

/** Characters of a command that is to be pasted: it names two paths. */
const COMMAND_CHARACTERS = 12_000;

/** How a finding's script is run, for the summary. */
export function runScript(report: Report, { folder }: Pick<FindingLine, 'folder'>): string[] {
  const command = reproduceCommand(report, { folder });
  const elsewhere = `elsewhere, download the report and put your own paths${report.run.containerEngine === 'none' ? '' : ', once the image is built or pulled as the workflow does'}`;
  const place = `Run its script by itself. The paths are those of the machine that did this run; ${elsewhere}:`;
  return [place, '', markdownBlock(command, 'sh', COMMAND_CHARACTERS), ''];
}

/** How a finding's whole case is run again, for the summary. */
export function runAgain(report: Report, { folder }: Pick<FindingLine, 'folder'>): string[] {
  const command = replayCommand(report, { folder });
  return [`Run the whole case again, ${IN_CLONE}:`, '', markdownBlock(command, 'sh', COMMAND_CHARACTERS), ''];
}

/** In how many iterations a bug was met, and by which operations. */
export function seenWords(bug: BugLine, report: Report): string {
  const { indices } = bug;
  const { finished } = report;
  const [first] = indices;
  if (first === undefined) {
    return 'met by no iteration of this run: found by an earlier run and still there, or by stepping into a known gap';
  }
  return `seen in ${indices.length} of ${finished} iterations, first in ${first}${shownWords(bug, report)}`;
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
    'It is accepted. This entry of a `gaps-file` keeps it from being drawn:',
    '',
    markdownBlock(entry, 'yaml'),
    '',
  ];
}

function readReproducer({ directory }: Report, { folder }: BugLine): string | undefined {
  return readText(join(directory, folder, 'repro.sh'));
}
