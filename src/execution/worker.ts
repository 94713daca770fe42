import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../operations/operation.ts';
import type { Plan } from '../plan/plan.ts';
import { LaneLost } from '../sandbox/lane.ts';
import { abandon, type Lanes, type Sandbox, SandboxGone } from '../sandbox/sandbox.ts';
import { Assistant } from './assistant.ts';
import { type Directories, directoriesOf, removeDirectories } from './directories.ts';
import { execute, type Trial } from './iteration.ts';
import { runScript } from './script.ts';
import { SecondOpinion } from './second-opinion.ts';
import type { Helper } from './stage.ts';
import type { Tools } from './tools.ts';

/** What a worker needs of the run. */
export interface WorkerOptions {
  readonly operations: readonly Operation[];
  readonly sandbox: Sandbox;
  readonly tools: Tools;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly readsBytes?: true;
  /** A program that stays may do what needs no process of its own. */
  readonly assisted?: true;
}

/** How often an iteration is tried: load or an accident may break a lane once. */
const TRIES = 2;

/** So long a lane is tried to be opened: what another lane runs may kill all that it sees, or leave no process to be had, until it is ended. */
const OPENING_SECONDS = 10;
const PAUSE_MILLISECONDS = 250;

/** One iteration in so many lets the assistant and fresh processes do the same. */
const CHECKED_EVERY = 50;

/** Executes plans one after the other in lanes of its own, and replaces them when one breaks. */
export class Worker {
  readonly #options: WorkerOptions;
  /** Their shells have told their ids already, by which they can be killed when they are beyond hearing. */
  #current: Lanes | undefined;
  readonly #assistant: Assistant | undefined;
  /** Of iterations that broke a lane: the next one removes them. */
  readonly #left: Directories[] = [];
  /** Of the iteration that is tried, as long as it has not come to its end. */
  #own: Directories | undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { assisted, sandbox, timeoutSeconds, tools } = options;
    this.#assistant = assisted && tools.hasQemuIo ? new Assistant(sandbox, timeoutSeconds) : undefined;
    options.signal.addEventListener('abort', () => this.#current && abandon(this.#current), { once: true });
  }

  /**
   * Executes one plan; undefined when the run was stopped meanwhile. A plan that breaks two lanes is inconclusive. Throws CannotRun
   * when no lane can be opened any more.
   */
  async execute(plan: Plan): Promise<Trial | undefined> {
    let message = '';
    const own = directoriesOf(plan, this.#options.sandbox);
    this.#own = own;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        const lanes = await this.#lanes();
        return this.#options.signal.aborted ? undefined : await this.#executeIn(lanes, plan);
      } catch (error) {
        if (this.#options.signal.aborted) return undefined;
        if (!(error instanceof LaneLost)) throw error;
        message = error.message;
        await this.#dropLanes();
      }
    }
    this.#own = undefined;
    this.#left.push(own);
    return lostTrial(plan, message);
  }

  async #executeIn(lanes: Lanes, plan: Plan): Promise<Trial> {
    const { sandbox } = this.#options;
    // What cannot be removed now will not be later on: it is tried once.
    for (const left of this.#left.splice(0)) await removeDirectories(left, { lanes, sandbox });
    const trial = await execute(plan, { ...this.#options, lanes, helper: this.#helperFor(plan, lanes) });
    this.#own = undefined;
    if (trial.littered !== undefined) {
      this.#left.push(directoriesOf(plan, sandbox));
      await this.#dropLanes();
    }
    return trial;
  }

  #helperFor({ index }: Plan, { tools }: Lanes): Helper | undefined {
    if (this.#assistant === undefined || index % CHECKED_EVERY !== 0) return this.#assistant;
    return new SecondOpinion(this.#assistant, tools);
  }

  /** Runs a reproducer and gives its exit code; undefined when it did not end by itself or broke its lane. */
  async runReproducer(script: string): Promise<number | undefined> {
    try {
      const { subject: lane } = await this.#lanes();
      return await runScript(script, { ...this.#options, lane });
    } catch (error) {
      if (!(error instanceof LaneLost)) throw error;
      await this.#dropLanes();
      return undefined;
    }
  }

  /** Ends its lanes; a later plan would open others. */
  async close(): Promise<void> {
    await this.#dropLanes();
    await this.#assistant?.close();
  }

  async #lanes(): Promise<Lanes> {
    const end = performance.now() + OPENING_SECONDS * 1000;
    while (this.#current === undefined) {
      try {
        this.#current = await this.#options.sandbox.openLanes();
      } catch (error) {
        if (!(error instanceof LaneLost)) throw error;
        if (this.#options.signal.aborted || performance.now() > end) {
          throw new SandboxGone(error.message);
        }
        await this.#makeRoom();
        await sleep(PAUSE_MILLISECONDS);
      }
    }
    return this.#current;
  }

  async #dropLanes(): Promise<void> {
    const lost = this.#current;
    this.#current = undefined;
    if (lost === undefined) return;
    await this.#makeRoom();
    await this.#options.sandbox.killLanes(lost);
  }

  /** Images may take all the memory that the subject's part may have: then nothing can be started there, not even what ends a lane. */
  async #makeRoom(): Promise<void> {
    const { sandbox } = this.#options;
    for (const { open } of [...this.#left, ...(this.#own ? [this.#own] : [])]) await sandbox.removeBeside(open);
  }
}

function lostTrial(plan: Plan, message: string): Trial {
  const reason = { kind: 'lane_lost', message } as const;
  const operation = plan.steps[0]?.operation ?? '';
  return { steps: [{ operation, outcome: { kind: 'inconclusive', reason } }], transcript: [] };
}
