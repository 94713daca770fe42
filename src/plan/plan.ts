/**
 * What an iteration will do, as pure data made from a seed and an index: no disk, no clock, no process.
 * The same seed, index and choice of operations give the same plan on every machine.
 */
import { type Draw, seededDraw } from './draw.ts';
import { drawSource, type Source } from './source.ts';
import { drawSwarm, type Swarm } from './swarm.ts';

/** The version of the stored form; a plan of another version is refused on replay. */
export const PLAN_VERSION = 3;

/** Options of a step as its operation drew them: JSON, checked by the operation's own schema when read back. */
export type Options = Readonly<Record<string, unknown>>;

/** How the subject is made to read what the reference wrote in a step: not at all, or by one of its own readers. */
export const TWIN_CHECKS = ['none', 'describe', 'examine', 'read'] as const;
export type TwinCheck = (typeof TWIN_CHECKS)[number];

/** From where a command is called, if not from the directory of its images: from the one above. */
export const CALLED_FROM = ['above'] as const;
export type CalledFrom = (typeof CALLED_FROM)[number];

/** An operation with every option chosen. */
export interface Choice {
  readonly operation: string;
  readonly options: Options;
  /** Mistakes with which it is asked for first, one after the other, by names that the operation knows; both tools must refuse each. */
  readonly mistakes?: readonly string[] | undefined;
  readonly calledFrom?: CalledFrom | undefined;
  readonly twin: TwinCheck;
}

/** One operation with every option chosen, or the note that a known gap covers all that could be drawn. */
export type Step =
  | ({ readonly kind: 'run'; readonly position: number } & Choice)
  | { readonly kind: 'skipped'; readonly position: number; readonly operation: string; readonly gap: string };

/** One iteration: a source image and a chain of steps. */
export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly seed: string;
  readonly index: number;
  /** The features that were switched on when it was drawn. */
  readonly swarm: Swarm;
  readonly source: Source;
  readonly steps: readonly Step[];
  /** Ids of the known gaps that turned a draw away, once for each draw. */
  readonly avoided: readonly string[];
}

/** What an operation draws its options in view of. */
export interface Circumstances {
  readonly source: Source;
  readonly swarm: Swarm;
}

/** What planning needs to know of an operation. */
export interface Picker {
  readonly name: string;
  /** The mistakes that can be made on purpose when asking for it, in groups of which one at most is made. */
  readonly mistakes: readonly (readonly string[])[];
  readonly nature: { readonly leavesNone?: true };
  pick(draw: Draw, circumstances: Circumstances): Options;
}

/** The operations to draw from, and the ledger's answer for a choice: the id of a gap it steps into. */
export interface Catalogue {
  readonly operations: readonly [Picker, ...Picker[]];
  gapOf(choice: Choice, source: Source): string | undefined;
}

/**
 * The share of steps with mistakes, in the half of the iterations that make any, and how many such a step makes at most. A refusal costs
 * little: it comes before anything was changed, so that one image serves for all of them.
 */
const MISTAKEN = 0.4;
const MOST_MISTAKES = 4;

/** The share of steps after which the subject also reads what the reference wrote. */
const TWINNED = 0.8;

/** The share of steps whose commands are called from another directory than that of their images. */
const CALLED_FROM_ELSEWHERE = 0.4;

/** Redraws before giving up; redraws before trying another operation. */
const REDRAWS = 48;
const REDRAWS_OF_OPTIONS = 6;

/** Makes the plan of iteration `index` (from 0) of the run with this seed. Total: it never fails. */
export function makePlan(seed: string, index: number, catalogue: Catalogue): Plan {
  const draw = seededDraw(`${seed}/${index}`);
  const length = draw.integer(2, 4);
  const swarm = drawSwarm(draw);
  const avoided: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const source = drawSource(draw, swarm);
    const steps = Array.from({ length }, (_, before) => {
      const position = before + 1;
      return drawStep({ seed: `${seed}/${index}/${position}`, position, source, swarm, catalogue, avoided });
    });
    const comparable = steps.some((step) => step.kind === 'run');
    if (comparable || attempt === REDRAWS) {
      return { version: PLAN_VERSION, seed, index, swarm, source, steps, avoided };
    }
  }
}

interface StepDraw extends Circumstances {
  readonly seed: string;
  readonly position: number;
  readonly catalogue: Catalogue;
  readonly avoided: string[];
}

/** A step has a generator of its own, so that nothing an earlier step drew can move it. */
function drawStep({ seed, position, catalogue, avoided, ...circumstances }: StepDraw): Step {
  const draw = seededDraw(seed);
  let operation = draw.pick(catalogue.operations);
  let others = [...catalogue.operations];
  for (let attempt = 1; ; attempt += 1) {
    const choice = drawChoice(draw, operation, circumstances);
    const gap = catalogue.gapOf(choice, circumstances.source);
    if (gap === undefined) {
      const manner = drawManner(draw, operation, circumstances).filter((one) => {
        const kept = catalogue.gapOf({ ...choice, ...one }, circumstances.source);
        if (kept !== undefined) avoided.push(kept);
        return kept === undefined;
      });
      const mistakes = manner.flatMap((one) => one.mistakes ?? []);
      const [from] = manner.flatMap(({ calledFrom }) => calledFrom ?? []);
      const asked = { ...(mistakes.length > 0 && { mistakes }), ...(from && { calledFrom: from }) };
      return { kind: 'run', position, ...choice, ...asked };
    }
    avoided.push(gap);
    if (attempt === REDRAWS) return { kind: 'skipped', position, operation: choice.operation, gap };
    // Where other options do not help, it is the source that the operation cannot have: another one is drawn, none of them twice.
    if (attempt % REDRAWS_OF_OPTIONS === 0) {
      others = others.filter((other) => other !== operation);
      const [first = operation, ...rest] = others;
      operation = draw.pick([first, ...rest]);
    }
  }
}

function drawChoice(draw: Draw, { name, nature, pick }: Picker, circumstances: Circumstances): Choice {
  const options = pick(draw, circumstances);
  const twin = draw.chance(TWINNED) ? draw.pick(['describe', 'examine', 'read'] as const) : 'none';
  return { operation: name, options, twin: nature.leavesNone ? 'none' : twin };
}

/** How a choice is asked for: with mistakes first, and from where; each by itself. */
function drawManner(
  draw: Draw,
  picker: Picker,
  circumstances: Circumstances,
): Pick<Choice, 'mistakes' | 'calledFrom'>[] {
  const mistakes = drawMistakes(draw, picker, circumstances).map((name) => ({ mistakes: [name] }));
  return draw.chance(CALLED_FROM_ELSEWHERE) ? [...mistakes, { calledFrom: draw.pick(CALLED_FROM) }] : mistakes;
}

function drawMistakes(draw: Draw, { mistakes }: Picker, { swarm }: Circumstances): string[] {
  if (!swarm.includes('mistakes') || !draw.chance(MISTAKEN)) return [];
  const groups = [...mistakes];
  const drawn: string[] = [];
  while (drawn.length < MOST_MISTAKES && groups.length > 0) {
    const [[first, ...others] = []] = groups.splice(draw.integer(0, groups.length - 1), 1);
    if (first !== undefined) drawn.push(draw.pick([first, ...others]));
  }
  return drawn;
}
