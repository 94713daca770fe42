/** The bugs of a run as SARIF 2.1.0, for code scanning: one result a bug, which is found again by its fingerprint whatever seed found it. */
import type { Location, Log, ReportingDescriptor, Result, Run } from 'sarif';
import { FINGERPRINT_SCHEME } from '../triage/bug.ts';
import { severityOfBug } from '../triage/jury.ts';
import { plainTitle } from '../trust/inert.ts';
import { explain } from '../verdict/explain.ts';
import type { Finding } from '../verdict/finding.ts';
import { type Severity, severityOf } from '../verdict/severity.ts';
import { describeBug, describeFinding } from '../verdict/words.ts';
import { allBugs, type BugLine, type Report } from './report.ts';
import { unexplainedWords } from './unexplained.ts';
import { isWhole } from './whole.ts';

/** Where code scanning shows a finding: the path that was named for its operation, else the same for all. Relative to the repository. */
export interface SarifPlaces {
  readonly paths: ReadonlyMap<string, string>;
  readonly otherwise: string;
}

/** The severities that are errors; what is only told or refused otherwise, or depends on the version, is a warning. */
const ERRORS: readonly Severity[] = ['data-loss', 'corruption', 'crash'];

/** The report's bugs as a SARIF log. All text of the subject in it is inert, also where its message would be shown with links. */
export function sarifOf(report: Report, places: SarifPlaces): Log {
  const bugs = bugsIn(report);
  const run: Run = {
    tool: { driver: { name: 'disk-image-differential-fuzz', ...versionOf(report), rules: rulesOf(bugs) } },
    invocations: [{ executionSuccessful: report.verdict !== 'error', ...unexplainedNote(report) }],
    results: bugs.map((bug) => resultOf(bug, places)),
    columnKind: 'utf16CodeUnits',
  };
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
}

/** An alert is found again by its bug's fingerprint, which is not yet known of what could not be made small. */
function bugsIn(report: Report): BugLine[] {
  return allBugs(report).filter(({ unfinished }) => !unfinished);
}

/**
 * Whether the log may stand for all bugs that there are: code scanning takes what an upload does not hold for fixed. A known one that still
 * shows may have been met by no iteration and not ruled on, as there is an issue, or was no time; one without an issue may not have been
 * tried again at all.
 */
export function mayReplaceAlerts(report: Report): boolean {
  const { history, replays } = report;
  const held = new Set(bugsIn(report).map(({ fingerprint }) => fingerprint));
  const shows = new Set(replays.flatMap(({ fingerprint, agrees }) => (agrees ? [] : [fingerprint])));
  const tried = new Set(replays.map(({ fingerprint }) => fingerprint));
  const waiting = history.bugs.flatMap(({ fingerprint, issue }) => (issue === undefined ? [fingerprint] : []));
  const isGone = (fingerprint: string) => tried.has(fingerprint) && !shows.has(fingerprint);
  const known = [...tried, ...waiting];
  return isWhole(report) && known.every((fingerprint) => held.has(fingerprint) || isGone(fingerprint));
}

/** The last word of the program's name, as it stands in the record. */
function versionOf({ run: { program } }: Report) {
  return { semanticVersion: program.split(' ').at(-1) ?? program };
}

function rulesOf(bugs: readonly BugLine[]): ReportingDescriptor[] {
  const byType = new Map(bugs.map(({ finding }) => [finding.type, finding]));
  return [...byType].map(([id, finding]) => {
    const text = meaningOf(bugs.filter((bug) => bug.finding.type === id));
    return {
      id,
      shortDescription: { text: `${finding.operation}: subject and reference differ (${id})` },
      fullDescription: { text },
      help: { text },
      defaultConfiguration: { level: levelOf(severityOf(finding, false)) },
    };
  });
}

/** What bugs of one type mean: a file may be another disk, or hold other data, or be of no use. */
function meaningOf(bugs: readonly BugLine[]): string {
  return [...new Set(bugs.map(({ finding }) => explain(finding)))].join(' Or: ');
}

function resultOf(bug: BugLine, places: SarifPlaces): Result {
  const { finding, traits, fingerprint, folder } = bug;
  const { expected, got } = describeFinding(finding);
  const severity = severityOfBug(bug);
  const sentences = [describeBug(finding, traits), `Expected: ${expected}`, `Got: ${got}`];
  const text = sentences.map((sentence) => plainMessage(sentence)).join('. ');
  return {
    ruleId: finding.type,
    level: levelOf(severity),
    message: { text: `${text}. The script that shows it is ${folder}/repro.sh in the run’s report.` },
    locations: [locationOf(finding, places)],
    properties: { tags: [severity] },
    partialFingerprints: { [`differentialFuzz/v${FINGERPRINT_SCHEME}`]: fingerprint, ...knownToGitHub(fingerprint) },
  };
}

/**
 * The only fingerprint by which code scanning finds an alert again (GitHub's "SARIF support for code scanning"). Where it is missing, the
 * upload makes it from the text of the line, which all bugs of a type in one file have in common.
 */
function knownToGitHub(fingerprint: string) {
  return { primaryLocationLineHash: `${fingerprint}:1` };
}

function levelOf(severity: Severity): 'error' | 'warning' {
  return ERRORS.includes(severity) ? 'error' : 'warning';
}

/** A difference between two programs has no line; code scanning shows only what has one. */
function locationOf({ operation }: Finding, { paths, otherwise }: SarifPlaces): Location {
  const uri = encodeURI(paths.get(operation) ?? otherwise);
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region: { startLine: 1 } } };
}

/** Braces would be placeholders. */
function plainMessage(text: string): string {
  return plainTitle(text, 600).replace(/[{}]/g, (brace) => (brace === '{' ? '\\x7b' : '\\x7d'));
}

function unexplainedNote({ unexplained: { length } }: Report) {
  if (length === 0) return {};
  const text = `${unexplainedWords(length)} All stand in findings.jsonl.`;
  return { toolExecutionNotifications: [{ level: 'note' as const, message: { text } }] };
}
