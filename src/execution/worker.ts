import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../operations/operation.ts';
import type { Plan } from '../plan/plan.ts';
import { type Lane, LaneLost } from '../sandbox/lane.ts';
import { type Sandbox, SandboxGone } from '../sandbox/sandbox.ts';
import { Assistant } from './assistant.ts';
import { keepHouse } from './housekeeping.ts';
import { directoryOf, execute, type Trial } from './iteration.ts';
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

/** Executes plans one after the other in a lane of its own, and replaces the lane when it breaks. */
export class Worker {
  readonly #options: WorkerOptions;
  /** Its shell has told its id already, by which it can be killed when it is beyond hearing. */
  #current: Lane | undefined;
  readonly #assistant: Assistant | undefined;
  /** Directories of iterations that broke their lane: the next one removes them. */
  readonly #left: string[] = [];

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { assisted, sandbox, timeoutSeconds, tools } = options;
    this.#assistant = assisted && tools.hasQemuIo ? new Assistant(sandbox, timeoutSeconds) : undefined;
    options.signal.addEventListener('abort', () => this.#current?.kill(), { once: true });
  }

  /**
   * Executes one plan; undefined when the run was stopped meanwhile. A plan that breaks two lanes is inconclusive. Throws CannotRun
   * when no lane can be opened any more.
   */
  async execute(plan: Plan): Promise<Trial | undefined> {
    let message = '';
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        const lane = await this.#lane();
        return this.#options.signal.aborted ? undefined : await this.#executeIn(lane, plan);
      } catch (error) {
        if (this.#options.signal.aborted) return undefined;
        if (!(error instanceof LaneLost)) throw error;
        message = error.message;
        await this.#dropLane();
      }
    }
    this.#left.push(directoryOf(plan, this.#options.sandbox));
    return lostTrial(plan, message);
  }

  async #executeIn(lane: Lane, plan: Plan): Promise<Trial> {
    await this.#removeLeft(lane);
    const trial = await execute(plan, { ...this.#options, lane, helper: this.#helperFor(plan, lane) });
    if (trial.littered !== undefined) {
      this.#left.push(directoryOf(plan, this.#options.sandbox));
      await this.#dropLane();
    }
    return trial;
  }

  /** What cannot be removed now will not be later on: it is tried once. */
  async #removeLeft(lane: Lane): Promise<void> {
    const { scratch, endIteration } = this.#options.sandbox;
    for (const directory of this.#left.splice(0)) await keepHouse(lane, scratch.path, endIteration, [directory]);
  }

  #helperFor({ index }: Plan, lane: Lane): Helper | undefined {
    if (this.#assistant === undefined || index % CHECKED_EVERY !== 0) return this.#assistant;
    return new SecondOpinion(this.#assistant, lane);
  }

  /** Runs a reproducer and gives its exit code; undefined when it did not end by itself or broke its lane. */
  async runReproducer(script: string): Promise<number | undefined> {
    try {
      const lane = await this.#lane();
      return await runScript(script, { ...this.#options, lane });
    } catch (error) {
      if (!(error instanceof LaneLost)) throw error;
      await this.#dropLane();
      return undefined;
    }
  }

  /** Ends its lane; a later plan would open another. */
  async close(): Promise<void> {
    await this.#dropLane();
    await this.#assistant?.close();
  }

  async #lane(): Promise<Lane> {
    const end = performance.now() + OPENING_SECONDS * 1000;
    while (this.#current === undefined) {
      try {
        this.#current = await this.#open();
      } catch (error) {
        if (!(error instanceof LaneLost)) throw error;
        if (this.#options.signal.aborted || performance.now() > end) {
          throw new SandboxGone(error.message);
        }
        await sleep(PAUSE_MILLISECONDS);
      }
    }
    return this.#current;
  }

  async #open(): Promise<Lane> {
    const lane = await this.#options.sandbox.openLane();
    try {
      await lane.sessionLeader();
      return lane;
    } catch (error) {
      lane.kill();
      throw error;
    }
  }

  async #dropLane(): Promise<void> {
    const lost = this.#current;
    this.#current = undefined;
    if (lost) await this.#options.sandbox.killLane(lost);
  }
}

function lostTrial(plan: Plan, message: string): Trial {
  const reason = { kind: 'lane_lost', message } as const;
  const operation = plan.steps[0]?.operation ?? '';
  return { steps: [{ operation, outcome: { kind: 'inconclusive', reason } }], transcript: [] };
}
