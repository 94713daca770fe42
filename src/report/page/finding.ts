import { pastOf } from '../../history/history.ts';
import { describeVote, severityOfBug } from '../../triage/jury.ts';
import { inertLine, inertLines } from '../../trust/inert.ts';
import { explain } from '../../verdict/explain.ts';
import type { Finding } from '../../verdict/finding.ts';
import { bySeverity, SEVERITY_WORDS, severityOf } from '../../verdict/severity.ts';
import { describeFinding, expectedLabel } from '../../verdict/words.ts';
import { seenWords } from '../bug-section.ts';
import { isNew, newnessWords } from '../newness.ts';
import type { FindingLine } from '../record.ts';
import { replayOfCopy } from '../replay.ts';
import { allBugs, type BugLine, type Report } from '../report.ts';
import { RUN_SCRIPT, reproduceHere } from '../reproduce.ts';
import { WHY_UNEXPLAINED } from '../unexplained.ts';
import { differenceRows } from './difference.ts';
import type { PageDetails, PageFinding } from './model.ts';

/** The text of a file in a finding's folder; undefined where the record lost it. */
export type ScriptOf = (folder: string) => string | undefined;

/** Longer reproducers are not shown: they stand in their folder. */
const SCRIPT_CHARACTERS = 12_000;

/** How many members of two documents, and how many other words, are shown of one finding. */
const MOST_ROWS = 40;

/** A finding of which both the head and the details are made only when there is room for them. */
export interface Draft {
  readonly head: PageFinding;
  details(): PageDetails;
}

/** Every finding, the worst first, of equally bad ones the bugs as the report orders them; at the end what did not come back. */
export function draftsOf(report: Report, scriptOf: ScriptOf): Draft[] {
  const found = [
    ...allBugs(report).map((bug) => draftOfBug(bug, report, scriptOf)),
    ...report.unexplained.map((line) => draftOfFinding(line, 'finding', report, scriptOf)),
  ];
  return [
    ...found.toSorted((a, b) => bySeverity(a.head.severity, b.head.severity)),
    ...report.flaky.map((line) => draftOfFinding(line, 'flaky', report, scriptOf)),
  ];
}

function draftOfBug(bug: BugLine, report: Report, scriptOf: ScriptOf): Draft {
  const { finding, fingerprint, folder, traits, reproduced } = bug;
  const standing = report.standings.get(fingerprint);
  const past = pastOf(fingerprint, report.history);
  const byHistory = past === undefined ? 'new' : 'known';
  return {
    head: {
      id: fingerprint,
      kind: 'bug',
      title: inertLine(describeFinding(finding).title, 300),
      severity: severityOfBug(bug),
      operation: finding.operation,
      standing: standing?.state ?? (report.history.runs.length === 0 ? '' : byHistory),
      isNew: isNew(bug, report),
      sightings: bug.indices.length,
    },
    details: () => ({
      ...commonDetails(finding, folder, report),
      severityWords: SEVERITY_WORDS[severityOfBug(bug)],
      ...(bug.bytes && { bytes: bug.bytes }),
      traits: traits.slice(0, MOST_ROWS).map((trait) => inertLine(trait, 100)),
      notes: [seenWords(bug, report), ...newnessWords(bug, report)],
      ...issueOf(standing?.issue),
      jury: bug.jury
        .slice(0, MOST_ROWS)
        .map((vote) => ({ juror: inertLine(vote.juror, 120), says: describeVote(vote) })),
      ...(reproduced
        ? shownScript(scriptOf(folder), report)
        : { scriptNote: 'It did not show the difference when it was tried by itself, so it is not printed here.' }),
    }),
  };
}

/** An address is a link only where it can be nothing else. */
function issueOf(issue: { readonly number: number; readonly url: string } | undefined): Pick<PageDetails, 'issue'> {
  return issue && /^https?:\/\/[!-~]{1,500}$/.test(issue.url)
    ? { issue: { number: issue.number, url: issue.url } }
    : {};
}

function draftOfFinding(
  { finding, folder, index }: FindingLine,
  kind: 'finding' | 'flaky',
  report: Report,
  scriptOf: ScriptOf,
): Draft {
  const severity = severityOf(finding, false);
  return {
    head: {
      id: `iteration ${index}`,
      kind,
      title: inertLine(describeFinding(finding).title, 300),
      severity,
      operation: finding.operation,
      standing: kind === 'flaky' ? 'flaky' : '',
      isNew: false,
      sightings: 1,
    },
    details: () => ({
      ...commonDetails(finding, folder, report),
      severityWords: SEVERITY_WORDS[severity],
      traits: [],
      notes: [
        kind === 'flaky'
          ? 'it did not come back each time it was tried again, so it counts as inconclusive'
          : WHY_UNEXPLAINED,
        `iteration ${index}, step ${finding.step}`,
      ],
      jury: [],
      ...shownScript(scriptOf(folder), report),
    }),
  };
}

function commonDetails(finding: Finding, folder: string, report: Report) {
  const rows = differenceRows(finding).slice(0, MOST_ROWS);
  return {
    type: inertLine(finding.type, 100),
    explanation: explain(finding),
    rows: rows.map(({ name, reference, subject }) => ({
      name: inertLine(name, 200),
      reference: inertLine(reference, 600),
      subject: inertLine(subject, 600),
    })),
    folder: inertLine(folder, 200),
    replay: inertLine(replayOfCopy(report, { folder }), 2000),
    expectedLabel: expectedLabel(finding),
  };
}

function shownScript(
  script: string | undefined,
  { run }: Report,
): Pick<PageDetails, 'script' | 'runsScript' | 'scriptNote'> {
  if (script === undefined) return { scriptNote: 'The record lost it.' };
  if (script.length > SCRIPT_CHARACTERS) return { scriptNote: 'It is too long to be shown here.' };
  const inert = inertLines(script, SCRIPT_CHARACTERS);
  const isSame = inert === script;
  const runsScript = inertLine(reproduceHere(run) ?? RUN_SCRIPT, 2000);
  return {
    script: inert,
    runsScript,
    scriptNote: isSame ? '' : 'Characters that could act stand as escapes here: run the file.',
  };
}
