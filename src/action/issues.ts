/** The run's bugs and the repository's issues, brought together: what GitHub says of the run is read here and nowhere else. */
import { warning } from '@actions/core';
import { context } from '@actions/github';
import type { Run } from '../github/body.ts';
import { mayFile, remembers, seesRegressions, testedAsOf } from '../github/policy.ts';
import { type PlanToReplay, Tracker } from '../github/tracker.ts';
import type { Addition } from '../history/advance.ts';
import type { History } from '../history/history.ts';
import type { Filing } from '../inputs/filing.ts';
import { OPERATIONS } from '../operations/index.ts';
import { drawingArguments } from '../report/replay.ts';
import { allBugs, type Report } from '../report/report.ts';
import { reproduceHere } from '../report/reproduce.ts';
import { writeStandings } from '../report/standing.ts';
import { mayBeTold } from '../report/whole.ts';
import { inTurn, type KnownPlan } from '../session/replays.ts';
import { BadPlan, parsePlan } from '../triage/stored-plan.ts';
import { inertLine } from '../trust/inert.ts';
import { additionOf } from './addition.ts';
import { bugOf } from './bugs.ts';
import { actionCommit } from './guide.ts';
import { triggerOf } from './trigger.ts';
import { warnOfError } from './warn.ts';

/** The issues of the repository, as far as this run may use them. */
export class Issues {
  readonly #filing: Filing;
  readonly #tracker: Tracker | undefined;
  /** Whether this trigger files, be it by this job or another. */
  readonly #mayFile: boolean;

  constructor(filing: Filing) {
    this.#filing = filing;
    const token = filing['github-token'];
    this.#tracker = token === '' ? undefined : new Tracker({ token, ...placeOf(filing) });
    this.#mayFile = mayFile(filing['create-issues'], triggerOf(context));
  }

  /** Whether bugs of this trigger are filed: by this job or, where it is a shard, by the one that brings the shards together. */
  get files(): boolean {
    return this.#mayFile && this.#tracker !== undefined;
  }

  /**
   * The smallest plans of open issues, on a schedule that may file, and of bugs that wait to be filed. Where not all can be run again, each run
   * begins with another. What somebody made of an issue's body or of the cache is checked like any stored plan.
   */
  async known(history: History): Promise<readonly KnownPlan[]> {
    const filed = await this.#plansInIssues();
    const inIssues = filed.flatMap(({ number, ...stored }) => parsed(stored, `the plan in issue ${number}`, false));
    const waiting = this.#mayFile || isScheduled() ? unfiledIn(history, filed) : [];
    const inHistory = waiting.flatMap((stored) => parsed(stored, 'a plan in the history', true));
    return [...inTurn(inIssues, context.runNumber), ...inTurn(inHistory, context.runNumber)];
  }

  async #plansInIssues(): Promise<readonly PlanToReplay[]> {
    const tracker = this.#tracker;
    if (!this.#mayFile || !isScheduled() || tracker === undefined) return [];
    const read = await orWarn('Known bugs are not tried again', () => tracker.plansToReplay());
    if (read?.warning !== undefined) warning(`Known bugs are not tried again. ${read.warning}`);
    return read?.plans ?? [];
  }

  /**
   * Files the bugs of a run, or looks which are known, and keeps their standings in the record; whether there are any to report.
   * Nothing that GitHub refuses is an error.
   */
  async settle(report: Report): Promise<boolean> {
    const tracker = this.#tracker;
    if (tracker === undefined || !mayBeTold(report)) return false;
    if (allBugs(report).length + report.replays.length === 0) return false;
    const filed = await orWarn('Issues were left alone', () => this.#fileOrLook(report, tracker));
    for (const words of filed?.warnings ?? []) warning(words);
    if (!filed?.read) return false;
    const { bugs } = filed;
    // A full disk costs the standings, not the outputs.
    const kept = await orWarn('What the issues say is not in the report', async () => {
      writeStandings(report.directory, bugs);
      return true;
    });
    return kept ?? false;
  }

  #fileOrLook(report: Report, tracker: Tracker) {
    const bugs = allBugs(report).flatMap((line) => bugOf(report, line) ?? []);
    const run = runOf(report);
    const { 'max-issues': maxIssues, 'close-fixed': closeFixed } = this.#filing;
    const mayReopen = seesRegressions(triggerOf(context));
    const submission = { bugs, replays: report.replays, run, maxIssues, mayReopen, closeFixed };
    return this.#mayFile ? tracker.file(submission) : tracker.look(submission);
  }

  /** What this run adds to the history; undefined where it is not to be remembered, or cannot be read from the record. */
  async additionOf(report: Report): Promise<Addition | undefined> {
    if (!remembers(triggerOf(context))) return undefined;
    return orWarn('The history was left alone', async () => additionOf(report, runOf(report), this.#filing));
  }
}

function isScheduled(): boolean {
  return context.eventName === 'schedule';
}

/** Plans of bugs without an issue, neither here nor among those that were just read. */
function unfiledIn({ bugs }: History, filed: readonly PlanToReplay[]) {
  return bugs.flatMap(({ fingerprint, issue, plan: json }) => {
    const isFiled = issue !== undefined || filed.some((one) => one.fingerprint === fingerprint);
    return isFiled || json === undefined ? [] : [{ fingerprint, json }];
  });
}

/** Whatever goes wrong with issues or the history, the run's own report comes first. */
async function orWarn<T>(what: string, task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    warnOfError(what, error);
    return undefined;
  }
}

function placeOf({ labels }: Filing) {
  const { owner, repo } = context.repo;
  return { baseUrl: context.apiUrl, owner, repo, labels };
}

type Stored = Pick<PlanToReplay, 'fingerprint' | 'json'>;

function parsed({ fingerprint, json }: Stored, name: string, unfiled: boolean): KnownPlan[] {
  try {
    return [{ fingerprint, plan: parsePlan(json, OPERATIONS, name), unfiled }];
  } catch (error) {
    if (!(error instanceof BadPlan)) throw error;
    warning(inertLine(`A known bug is not tried again: ${error.message}`));
    return [];
  }
}

function runOf({ run }: Report): Run {
  const inImage = reproduceHere(run);
  const { serverUrl, runId } = context;
  const commit = actionCommit();
  const { owner, repo } = context.repo;
  return {
    id: String(runId),
    url: `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`,
    date: run.startedAt.slice(0, 10),
    elsewhere: !remembers(triggerOf(context)),
    testedAsOf: testedAsOf(triggerOf(context), run.startedAt),
    program: [run.program, ...(commit ? [`${commit.repository}@${commit.ref}`] : [])].join(', '),
    seed: run.seed,
    drawnWith: drawingArguments(run),
    subjectVersion: run.subjectVersion,
    referenceVersion: run.referenceVersion,
    image: run.image,
    ...(inImage === undefined ? {} : { inImage }),
  };
}
