/**
 * Looks for one subject's bug through the engine itself. A wrapper says in its header which commands it touches; in all others it is the
 * reference, so a step in which the subject is asked for none of those cannot show anything and is left out. That steps do not depend on
 * each other makes the rest of the iteration what it would have been.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from '../src/execution/tools.ts';
import { Worker } from '../src/execution/worker.ts';
import { OPERATION_NAMES, OPERATIONS, USUAL_NAMES } from '../src/operations/index.ts';
import type { Plan, Step, TwinCheck } from '../src/plan/plan.ts';
import { SUBJECT_MOUNT } from '../src/sandbox/hardening.ts';
import { REFERENCE, type Sandbox } from '../src/sandbox/sandbox.ts';
import type { TranscriptEntry } from '../src/sandbox/transcript.ts';
import { type LaboratoryNeeds, type OpenLaboratory, openLaboratory } from '../src/session/laboratory.ts';
import { plansOf } from '../src/session/plans.ts';
import type { Finding } from '../src/verdict/finding.ts';
import { isSuspicious, judge, type Verdict } from '../src/verdict/verdict.ts';
import { openPlace } from './place.ts';

/** A wrapper as its header describes it. */
export interface Wrapper {
  readonly name: string;
  readonly says: string;
  /** The commands of the subject that it changes. */
  readonly touches: readonly string[];
  /** It changes only what must be refused, so that nothing but the mistakes made on purpose can show it. */
  readonly onlyMistaken: boolean;
  /** Only an operation that is drawn on request can show it, so that all are drawn from. */
  readonly onRequest: boolean;
  /** The finding types that it may be found as; `*` stands for any operation. */
  readonly expected: readonly string[];
}

/** Reads the headers of all wrappers in a directory. Throws when one lacks a line. */
export function wrappersIn(directory: string): Wrapper[] {
  return readdirSync(directory)
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(directory, name), 'utf8');
      const line = (key: string) => new RegExp(`^# ${key}: (.+)$`, 'm').exec(text)?.[1] ?? '';
      const says = line('Planted bug') || line('Harmless');
      const [commands = '', mistaken] = line('Touches').split(', ');
      if (says === '' || commands === '') throw new Error(`${name} does not say what it does or touches`);
      const expected = line('Expected').split(' ').filter(Boolean);
      const onRequest = line('Drawn') === 'on request';
      const touches = commands.split(' ');
      return { name, says, touches, onlyMistaken: mistaken === 'when mistaken', onRequest, expected };
    });
}

/** Whether a type is one of those that a wrapper may be found as. */
export function isExpected(type: string, { expected }: Wrapper): boolean {
  return expected.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '[a-z_]+')}$`).test(type));
}

/** What showed a bug: a finding, or a time-out that is suspicious, under the type `suspicious_timeout`. */
export interface Sighting {
  readonly plan: Plan;
  readonly type: string;
  readonly operation: string;
  readonly finding: Finding | undefined;
  readonly transcript: readonly TranscriptEntry[];
}

/** What one hunt did. */
export interface Hunt {
  /** In the order of the iterations. */
  readonly sightings: readonly Sighting[];
  readonly inconclusive: number;
  readonly steps: number;
}

/** How a hunt goes on. */
export interface HuntOptions {
  readonly seed: string;
  readonly from?: number;
  readonly iterations: number;
  /** Stops at the first sighting. */
  readonly first: boolean;
}

/** Seconds that shrinking one finding may take. */
const SHRINK_SECONDS = 120;

/** One container for many hunts. */
export class Hunter {
  readonly #sandbox: Sandbox;
  readonly #tools: Tools;
  readonly #timeoutSeconds: number;

  constructor(sandbox: Sandbox, tools: Tools, timeoutSeconds: number) {
    this.#sandbox = sandbox;
    this.#tools = tools;
    this.#timeoutSeconds = timeoutSeconds;
  }

  /** Runs the iterations of a seed against a wrapper, one after the other. */
  async hunt(wrapper: Wrapper, { seed, from = 0, iterations, first }: HuntOptions): Promise<Hunt> {
    const worker = new Worker({ ...this.#placeFor(wrapper), operations: OPERATIONS });
    const planOf = plansOf(seed, drawnFor(wrapper));
    const sightings: Sighting[] = [];
    let inconclusive = 0;
    let steps = 0;
    for (let index = from; index < iterations; index += 1) {
      const plan = relevantPart(planOf(index), wrapper);
      if (plan.steps.length === 0) continue;
      steps += plan.steps.length;
      const trial = await worker.execute({ ...plan, index: uniqueIndex() });
      if (trial === undefined) break;
      const verdict = judge(trial.steps.map(({ outcome }) => outcome));
      inconclusive += verdict.kind === 'inconclusive' ? 1 : 0;
      const sighting = sightingOf(verdict, plan, trial.transcript);
      if (sighting) sightings.push(sighting);
      if (sighting && first) break;
    }
    await worker.close();
    return { sightings, inconclusive, steps };
  }

  /** A laboratory in which the findings of a hunt are confirmed, shrunk and reproduced; to be closed. */
  laboratory(wrapper: Wrapper, told: Pick<LaboratoryNeeds, 'trying'> = {}): OpenLaboratory {
    return openLaboratory({ ...this.#placeFor(wrapper), ...told, shrinks: true, shrinkSeconds: SHRINK_SECONDS });
  }

  /** Runs a reproducer with the reference in the place of the subject, and gives its exit code. */
  async tryOnReference(reproducer: string): Promise<number | undefined> {
    const worker = new Worker({ ...this.#place(REFERENCE), operations: OPERATIONS });
    const code = await worker.runReproducer(reproducer);
    await worker.close();
    return code;
  }

  #placeFor({ name }: Wrapper) {
    return this.#place(join(SUBJECT_MOUNT, name));
  }

  #place(subject: string) {
    const { signal } = new AbortController();
    const sandbox: Sandbox = { ...this.#sandbox, subject };
    return { sandbox, tools: this.#tools, timeoutSeconds: this.#timeoutSeconds, signal };
  }

  /** Ends the container. */
  close(): Promise<void> {
    return this.#sandbox.close();
  }
}

/** Starts the container with a directory of wrappers in it. */
export async function openHunter(directory: string, { lanes = 2, timeoutSeconds = 30 } = {}): Promise<Hunter> {
  const { sandbox, tools } = await openPlace(directory, lanes);
  return new Hunter(sandbox, tools, timeoutSeconds);
}

let counter = 0;

/** Hunts go on side by side in one scratch directory, in which the index names an iteration's part. */
function uniqueIndex(): number {
  counter += 1;
  return counter;
}

function sightingOf(verdict: Verdict, plan: Plan, transcript: readonly TranscriptEntry[]): Sighting | undefined {
  if (verdict.kind === 'divergent') {
    const { finding } = verdict;
    return { plan, type: finding.type, operation: finding.operation, finding, transcript };
  }
  if (verdict.kind === 'ok' || !isSuspicious(verdict.reason)) return undefined;
  const operation = transcript.find(({ exit }) => exit.kind === 'timed-out')?.args[0] ?? '';
  return { plan, type: 'suspicious_timeout', operation, finding: undefined, transcript };
}

function drawnFor({ onRequest }: Wrapper): readonly string[] {
  return onRequest ? OPERATION_NAMES : USUAL_NAMES;
}

function relevantPart(plan: Plan, { touches, onlyMistaken }: Wrapper): Plan {
  const steps = plan.steps.filter(
    (step) =>
      commandsIn(step, plan).some((name) => touches.includes(name)) &&
      (!onlyMistaken || (step.kind === 'run' && step.mistakes !== undefined)),
  );
  return { ...plan, steps: steps.map((step) => withoutIdleTwin(step, touches)) };
}

/** Reading what the reference wrote shows nothing either where the wrapper leaves those commands alone. */
function withoutIdleTwin(step: Step, touches: readonly string[]): Step {
  if (step.kind === 'skipped' || TWIN_COMMANDS[step.twin].some((name) => touches.includes(name))) return step;
  return { ...step, twin: 'none' };
}

const TWIN_COMMANDS: Readonly<Record<TwinCheck, readonly string[]>> = {
  none: [],
  // What cannot be described or examined is read.
  describe: ['info', 'convert'],
  examine: ['check', 'convert'],
  read: ['convert'],
};

/** The commands that a step asks the subject for. */
function commandsIn(step: Step, { source }: Plan): string[] {
  const operation = OPERATIONS.find(({ name }) => name === step.operation);
  if (operation === undefined || step.kind === 'skipped') return [];
  const { position, mistakes, options, twin } = step;
  const script = operation.script(options, { source, position, mistakes, dialect: 'qemu-img' });
  const own = script.prepare.flatMap(({ kind, ...rest }) =>
    kind === 'own' && 'args' in rest ? rest.args.slice(0, 1) : [],
  );
  const measured = step.operation === 'measure' ? ['convert'] : [];
  const read = script.outputs.length > 0 ? TWIN_COMMANDS[twin] : [];
  return [...script.subject.slice(0, 1), ...own, ...measured, ...read];
}
