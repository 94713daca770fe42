import { inertJson, inertLine } from '../../trust/inert.ts';
import { counted } from '../../verdict/counted.ts';
import { headlineOf } from '../headline.ts';
import { fuzzingSeconds, PHASE_WORDS, type Phases } from '../phases.ts';
import { askedWords, remarksOn, suspicionOf } from '../remarks.ts';
import { sameRunCommand } from '../replay.ts';
import type { Report } from '../report.ts';
import { pageCoverage } from './coverage.ts';
import { type Draft, draftsOf, type ScriptOf } from './finding.ts';
import type { Fact, PageData, PageFinding, PageRun, Times } from './model.ts';

/** The worst findings are shown; the others stand in the record. */
const MOST_FINDINGS = 1000;

/** Characters of all findings' heads, and of all their details, as they are written: the page stays below 2 MB. */
const HEAD_CHARACTERS = 600_000;
const DETAIL_CHARACTERS = 700_000;

/** What the page shows of a report: bounded, and inert also to the eye. */
export function pageDataOf(report: Report, scriptOf: ScriptOf): PageData {
  const { run, counts, finished, operations, phases } = report;
  const drafts = draftsOf(report, scriptOf);
  const findings = fitting(drafts);
  return {
    headline: headlineOf(report),
    counts,
    finished,
    asked: askedWords(report),
    remarks: [...remarksOn(run), ...suspicionOf(report), ...errorWords(report)],
    started: inertLine(run.startedAt, 40),
    facts: factsOf(report),
    operations,
    findings,
    left: drafts.length - findings.length,
    reasons: report.reasons.slice(0, 20).map(({ reason, times }) => timesOf(reason, times)),
    gaps: report.gaps.slice(0, 100).map(({ gap, times }) => timesOf(gap, times)),
    canaries: report.canaries.slice(0, 100).map(({ gap, says }) => ({ gap: inertLine(gap, 100), says })),
    phases: phases === undefined ? [] : phasesIn(phases),
    coverage: pageCoverage(report.coverage),
    runs: runsOf(report),
    command: inertLine(sameRunCommand(report), 2000),
  };
}

/** As many findings, and of the first of them as many details, as there is room for. */
function fitting(drafts: readonly Draft[]): PageFinding[] {
  const heads = new Room(HEAD_CHARACTERS);
  const details = new Room(DETAIL_CHARACTERS);
  const shown = drafts.slice(0, MOST_FINDINGS).filter(({ head }) => heads.take(head));
  return shown.map((draft) => {
    const found = details.isFull ? undefined : draft.details();
    return found && details.take(found) ? { ...draft.head, details: found } : draft.head;
  });
}

/** Characters of JSON that may still be written: once one thing did not fit, nothing does that comes after it. */
class Room {
  #left: number;

  constructor(characters: number) {
    this.#left = characters;
  }

  get isFull(): boolean {
    return this.#left < 0;
  }

  take(value: unknown): boolean {
    if (!this.isFull) this.#left -= inertJson(value, 0).length;
    return !this.isFull;
  }
}

function timesOf(what: string, times: number): Times {
  return { what: inertLine(what, 300), times };
}

function errorWords({ run }: Report): string[] {
  return run.error === undefined ? [] : [`Why it did not finish: ${inertLine(run.error, 1000)}`];
}

function phasesIn(phases: Phases) {
  const names = Object.keys(PHASE_WORDS) as (keyof Phases)[];
  return names.map((name) => ({ name: PHASE_WORDS[name], milliseconds: phases[name] }));
}

/** Earlier runs and this one, which is not part of its own history. */
function runsOf(report: Report): PageRun[] {
  const { history, counts, run, bugs } = report;
  if (history.runs.length === 0) return [];
  const date = run.startedAt.slice(0, 10);
  const past = history.runs.map(({ id: _, ...one }) => one);
  const seconds = fuzzingSeconds(report.phases, run.lanes);
  return [...past, { ...counts, date: inertLine(date, 10), bugs: bugs.length, seconds }];
}

function factsOf({ run, directory, finished, phases }: Report): Fact[] {
  const { subjectVersion, referenceVersion, juryVersions, seed, seconds, lanes, containerEngine, image } = run;
  const fuzzing = fuzzingSeconds(phases, lanes);
  const facts: [string, string][] = [
    ['subject', `${run.instar} (${subjectVersion})`],
    ['reference', referenceVersion],
    ...juryVersions.map((version): [string, string] => ['juror', version]),
    ['seed', seed],
    [
      'time',
      `${seconds} s on ${counted(lanes, 'lane')}${fuzzing > 0 ? `; ${(finished / fuzzing).toFixed(1)} iterations a second over ${fuzzing} s` : ''}`,
    ],
    ['container engine', containerEngine === 'none' ? 'none' : `${containerEngine}, image ${image}`],
    ['record', directory],
    ['made by', run.program],
  ];
  return facts.map(([name, value]) => ({ name, value: inertLine(value, 400) }));
}
