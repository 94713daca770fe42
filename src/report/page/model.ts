/**
 * What the page `report.html` is made of. Its program in the browser knows these types and nothing else of the run, and everything in
 * them is bounded and made inert before it gets there.
 */
import type { ByteDifference } from '../../verdict/bytes.ts';
import type { Severity } from '../../verdict/severity.ts';

/** All that the page shows. */
export interface PageData {
  /** What the run comes down to, and how that is to look. */
  readonly headline: { readonly tone: 'ok' | 'divergent' | 'inconclusive' | 'error'; readonly words: string };
  readonly counts: { readonly ok: number; readonly divergent: number; readonly inconclusive: number };
  readonly finished: number;
  /** How the finished iterations relate to those that were asked for; empty where all are there. */
  readonly asked: string;
  /** What has to be known of the run before its numbers are believed. */
  readonly remarks: readonly string[];
  readonly started: string;
  readonly facts: readonly Fact[];
  readonly operations: readonly PageOperation[];
  readonly findings: readonly PageFinding[];
  /** Findings for which there was no room. */
  readonly left: number;
  readonly reasons: readonly Times[];
  readonly gaps: readonly Times[];
  /** Known gaps that were stepped into on purpose, and whether each still is what is documented. */
  readonly canaries: readonly { readonly gap: string; readonly says: string }[];
  readonly phases: readonly { readonly name: string; readonly milliseconds: number }[];
  readonly coverage: readonly PageCoverage[];
  /** Earlier runs, the oldest first, and this one at the end. */
  readonly runs: readonly PageRun[];
  /** The command that does the same run on another machine. */
  readonly command: string;
}

/** A line of the run's description. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** How often something happened. */
export interface Times {
  readonly what: string;
  readonly times: number;
}

/** How an operation's steps ended. */
export interface PageOperation {
  readonly operation: string;
  readonly ran: number;
  readonly ok: number;
  readonly divergent: number;
  readonly inconclusive: number;
  readonly skipped: number;
}

/** A run of the trend. */
export interface PageRun {
  readonly date: string;
  readonly ok: number;
  readonly divergent: number;
  readonly inconclusive: number;
  readonly bugs: number;
  readonly seconds: number;
}

/** A bug, a finding that no bug accounts for, or one that did not come back. */
export interface PageFinding {
  /** A fingerprint, or the iteration. */
  readonly id: string;
  readonly kind: 'bug' | 'finding' | 'flaky';
  readonly title: string;
  readonly severity: Severity;
  readonly operation: string;
  /** How it stands with what was known before; empty where that is not known. */
  readonly standing: string;
  /** Whether it is a bug that nobody knew of before the run. */
  readonly isNew: boolean;
  readonly sightings: number;
  /** Absent where the page had no room for them. */
  readonly details?: PageDetails;
}

/** What is shown of a finding when it is opened. */
export interface PageDetails {
  readonly type: string;
  /** What such a severity, and such a difference, mean. */
  readonly severityWords: string;
  readonly explanation: string;
  /** What the expectation in the rows rests on. */
  readonly expectedLabel: string;
  readonly rows: readonly PageRow[];
  readonly bytes?: ByteDifference;
  /** What the smallest case cannot do without. */
  readonly traits: readonly string[];
  readonly notes: readonly string[];
  readonly issue?: { readonly number: number; readonly url: string };
  readonly jury: readonly { readonly juror: string; readonly says: string }[];
  readonly folder: string;
  readonly replay: string;
  /** The reproducer; absent where there is none to be shown, which `scriptNote` explains. */
  readonly script?: string;
  /** The command that runs it in the directory of the subject; there where it is. */
  readonly runsScript?: string;
  readonly scriptNote: string;
}

/** One thing on which both sides differ: a JSON pointer, or what it is in words. */
export interface PageRow {
  readonly name: string;
  readonly reference: string;
  readonly subject: string;
}

/** What was drawn of one operation's options. */
export interface PageCoverage {
  readonly operation: string;
  readonly values: readonly { readonly option: string; readonly value: string; readonly count: number }[];
  /** Two indices into `values`, the smaller first, and how often both were drawn together. */
  readonly pairs: readonly (readonly [number, number, number])[];
}
