/** The run's bugs and the repository's issues, brought together: what GitHub says of the run is read here and nowhere else. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { warning } from '@actions/core';
import { context } from '@actions/github';
import type { Run } from '../github/body.ts';
import { mayFile } from '../github/policy.ts';
import { type PlanToReplay, Tracker } from '../github/tracker.ts';
import type { Filing } from '../inputs/filing.ts';
import { OPERATIONS } from '../operations/index.ts';
import type { BugLine, Report } from '../report/report.ts';
import { writeStandings } from '../report/standing.ts';
import { REFERENCE } from '../sandbox/sandbox.ts';
import type { KnownPlan, Replay } from '../session/replays.ts';
import { stackOf } from '../session/session.ts';
import type { Bug } from '../triage/bug.ts';
import { BadPlan, parsePlan } from '../triage/stored-plan.ts';
import { inertLine } from '../trust/inert.ts';

/** How many issues' plans are run again at most; each takes three times what an iteration takes. */
const MOST_REPLAYS = 50;

/** The issues of the repository, as far as this run may use them. */
export class Issues {
  readonly #filing: Filing;
  readonly #tracker: Tracker | undefined;
  readonly #files: boolean;
  #replays: readonly Replay[] = [];

  constructor(filing: Filing) {
    this.#filing = filing;
    const token = filing['github-token'];
    this.#tracker = token === '' ? undefined : new Tracker({ token, ...placeOf(filing) });
    this.#files = mayFile(filing['create-issues'], triggerOf());
  }

  /** The smallest plans of open issues, on a schedule that may file. What somebody made of an issue's body is checked like any stored plan. */
  async known(): Promise<readonly KnownPlan[]> {
    const tracker = this.#tracker;
    if (!this.#files || context.eventName !== 'schedule' || tracker === undefined) return [];
    const stored = await orWarn(() => tracker.plansToReplay());
    return (stored ?? []).slice(0, MOST_REPLAYS).flatMap(parsed);
  }

  /** Keeps what came of running those plans again. */
  replayed(replays: readonly Replay[]): void {
    this.#replays = replays;
  }

  /**
   * Files the bugs of a run, or looks which are known, and keeps their standings in the record; whether there are any to report.
   * Nothing that GitHub refuses is an error.
   */
  async settle(report: Report): Promise<boolean> {
    const tracker = this.#tracker;
    const isOver = report.run.state === 'finished' && report.run.instar !== REFERENCE;
    if (tracker === undefined || !isOver || report.bugs.length + this.#replays.length === 0) return false;
    const bugs = report.bugs.map((line) => bugOf(report, line));
    const run = runOf(report);
    const { 'max-issues': maxIssues, 'close-fixed': closeFixed } = this.#filing;
    const filing = { bugs, replays: this.#replays, run, maxIssues, closeFixed };
    const filed = await orWarn(() => (this.#files ? tracker.file(filing) : tracker.look(bugs, run)));
    for (const words of filed?.warnings ?? []) warning(words);
    if (!filed?.read) return false;
    writeStandings(report.directory, filed.bugs);
    return true;
  }
}

/** Whatever goes wrong with issues, the run's own report comes first. */
async function orWarn<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    warning(inertLine(`Issues were left alone: ${stackOf(error)}`, 2000));
    return undefined;
  }
}

function placeOf({ labels }: Filing) {
  const { owner, repo } = context.repo;
  return { baseUrl: context.apiUrl, owner, repo, labels };
}

function triggerOf() {
  const repository = context.payload.repository;
  const branch: unknown = repository?.['default_branch'];
  return {
    event: context.eventName,
    ref: context.ref,
    defaultBranch: typeof branch === 'string' ? branch : undefined,
  };
}

function parsed({ fingerprint, number, json }: PlanToReplay): KnownPlan[] {
  try {
    return [{ fingerprint, plan: parsePlan(json, OPERATIONS, `the plan in issue ${number}`) }];
  } catch (error) {
    if (!(error instanceof BadPlan)) throw error;
    warning(inertLine(`An issue is not tried again: ${error.message}`));
    return [];
  }
}

function bugOf({ directory, run }: Report, line: BugLine): Bug {
  const { fingerprint, finding, folder, traits, reproduced, origin, indices } = line;
  const read = (name: string) => readFileSync(join(directory, folder, name), 'utf8');
  return {
    fingerprint,
    finding,
    traits,
    reproduced,
    origin,
    reproducer: read('repro.sh'),
    plan: parsePlan(JSON.parse(read('plan.json')), OPERATIONS, folder),
    sightings: indices.map((index) => ({ seed: run.seed, index })),
  };
}

function runOf({ run, directory }: Report): Run {
  const { serverUrl, runId } = context;
  const { owner, repo } = context.repo;
  return {
    id: String(runId),
    url: `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`,
    date: run.startedAt.slice(0, 10),
    subjectVersion: run.subjectVersion,
    referenceVersion: run.referenceVersion,
    image: run.image,
    report: basename(directory),
  };
}
