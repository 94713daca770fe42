import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pastOf } from '../history/history.ts';
import type { Plan } from '../plan/plan.ts';
import { describeOrigin } from '../triage/bug.ts';
import { describeVote, severityOfBug } from '../triage/jury.ts';
import { inertLine, markdownBlock, markdownCode } from '../trust/inert.ts';
import { SEVERITY_WORDS } from '../verdict/severity.ts';
import { describeBug, describeFinding } from '../verdict/words.ts';
import { gapEntryOf } from './gap-entry.ts';
import type { FindingLine } from './record.ts';
import { IN_CLONE, replayCommand } from './replay.ts';
import type { BugLine, Report } from './report.ts';
import { reproduceCommand } from './reproduce.ts';
import type { State } from './standing.ts';

/** A bug in one line of plain, inert text. */
export function bugLine(bug: BugLine): string {
  const { finding, traits, indices, fingerprint } = bug;
  const severity = severityOfBug(bug);
  return inertLine(`Bug ${fingerprint} (${severity}), seen ${indices.length} ×: ${describeBug(finding, traits)}`);
}

/** How long a reproducer may be to be shown whole; they are bounded to some thirty lines, but words may be long. */
const REPRODUCER_CHARACTERS = 12_000;

/** A bug for the job summary: what differs, how often it was seen, and the script that shows it. */
export function bugSection(report: Report, bug: BugLine): string {
  const { expected, got } = describeFinding(bug.finding);
  const { folder, fingerprint, finding, reproduced } = bug;
  const script = readReproducer(report, bug);
  const severity = severityOfBug(bug);
  return [
    `#### ${markdownCode(describeBug(finding, bug.traits), 300)}`,
    '',
    `- **${severity}**: ${SEVERITY_WORDS[severity]}`,
    `- expected (reference): ${markdownCode(expected, 500)}`,
    `- got (subject): ${markdownCode(got, 500)}`,
    `- ${seenWords(bug, report)}; type ${markdownCode(finding.type)}, fingerprint \`${fingerprint}\``,
    ...originLine(bug),
    ...bug.jury.map((vote) => `- ${markdownCode(vote.juror)}: ${describeVote(vote)}`),
    ...standingLine(report, fingerprint),
    ...pastLine(report, fingerprint),
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
      : ['Its script did not show it when it was tried by itself, so it is not printed here.', '']),
    ...gapEntry(report, bug),
  ].join('\n');
}

/** Characters of a command that is to be pasted: it names two paths. */
const COMMAND_CHARACTERS = 12_000;

/** How a finding's script is run, for the summary. */
export function runScript(report: Report, { folder }: Pick<FindingLine, 'folder'>): string[] {
  const command = reproduceCommand(report, { folder });
  const place = 'Its script alone (the paths are those of the machine that ran this):';
  return [place, '', markdownBlock(command, 'sh', COMMAND_CHARACTERS), ''];
}

/** How a finding's whole case is run again, for the summary. */
export function runAgain(report: Report, { folder }: Pick<FindingLine, 'folder'>): string[] {
  const command = replayCommand(report, { folder });
  return [`The whole case again, ${IN_CLONE}:`, '', markdownBlock(command, 'sh', COMMAND_CHARACTERS), ''];
}

/** What each standing means, in words. */
export const STATES: Readonly<Record<State, string>> = {
  new: 'new: an issue was opened',
  known: 'known: it has an issue',
  regression: 'a regression: its issue was closed as completed, and is open again',
  accepted: 'accepted: its issue was closed as not planned',
  pending: 'new: the next run files it',
  'not-filed': 'no issue knows it, and this run files none',
};

/** In how many iterations a bug was met. */
export function seenWords({ indices }: BugLine, { finished }: Report): string {
  const [first] = indices;
  if (first === undefined) {
    return 'met by no iteration of this run: found by an earlier run and still there, or by stepping into a known gap';
  }
  return `seen in ${indices.length} of ${finished} iterations, first in ${first}`;
}

function pastLine({ history }: Report, fingerprint: string): string[] {
  const past = pastOf(fingerprint, history);
  if (past === undefined) return [];
  return [`- known to ${past.runs} earlier ${past.runs === 1 ? 'run' : 'runs'}, first on ${past.first}`];
}

function originLine({ origin }: BugLine): string[] {
  const words = describeOrigin(origin);
  return words === undefined ? [] : [`- ${words}`];
}

function standingLine({ standings }: Report, fingerprint: string): string[] {
  const standing = standings.get(fingerprint);
  if (standing === undefined) return [];
  const { issue, state } = standing;
  const link = issue === undefined ? '' : ` ([#${issue.number}](${encodeURI(issue.url)}))`;
  return [`- ${STATES[state]}${link}`];
}

/** What has been accepted can be left out for good. */
function gapEntry({ standings, directory }: Report, bug: BugLine): string[] {
  if (standings.get(bug.fingerprint)?.state !== 'accepted') return [];
  const text = readText(join(directory, bug.folder, 'plan.json'));
  const entry = text === undefined ? undefined : gapEntryOf(bug, JSON.parse(text) as Plan);
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

/** A file of the record; one that lost it is still reported. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
