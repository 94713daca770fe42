/**
 * What an iteration will do, as pure data made from a seed and an index: no disk, no clock, no process.
 * The same seed, index and choice of operations give the same plan on every machine.
 */
import { type Draw, seededDraw } from './draw.ts';
import { drawSource, type Source } from './source.ts';

/** The version of the stored form; a plan of another version is refused on replay. */
export const PLAN_VERSION = 1;

/** Options of a step as its operation drew them: JSON, checked by the operation's own schema when read back. */
export type Options = Readonly<Record<string, unknown>>;

/** One operation with every option chosen, or the note that a known gap covers all that could be drawn. */
export type Step =
  | { readonly kind: 'run'; readonly position: number; readonly operation: string; readonly options: Options }
  | { readonly kind: 'skipped'; readonly position: number; readonly operation: string; readonly gap: string };

/** One iteration: a source image and a chain of steps. */
export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly seed: string;
  readonly index: number;
  readonly source: Source;
  readonly steps: readonly Step[];
  /** Ids of the known gaps that turned a draw away, once for each draw. */
  readonly avoided: readonly string[];
}

/** What planning needs to know of an operation. */
export interface Picker {
  readonly name: string;
  pick(draw: Draw, source: Source): Options;
}

/** The operations to draw from, and the ledger's answer for a picked step: the id of a gap it steps into. */
export interface Catalogue {
  readonly operations: readonly [Picker, ...Picker[]];
  gapOf(operation: string, options: Options, source: Source): string | undefined;
}

/** How often a draw that stepped into a known gap is repeated before it is given up. */
const REDRAWS = 32;

/** Makes the plan of iteration `index` (from 0) of the run with this seed. Total: it never fails. */
export function makePlan(seed: string, index: number, catalogue: Catalogue): Plan {
  const draw = seededDraw(`${seed}/${index}`);
  const length = draw.integer(2, 4);
  const avoided: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const source = drawSource(draw);
    const steps = Array.from({ length }, (_, before) =>
      drawStep({ seed: `${seed}/${index}/${before + 1}`, position: before + 1, source, catalogue, avoided }),
    );
    const comparable = steps.some((step) => step.kind === 'run');
    if (comparable || attempt === REDRAWS) {
      return { version: PLAN_VERSION, seed, index, source, steps, avoided };
    }
  }
}

interface StepDraw {
  readonly seed: string;
  readonly position: number;
  readonly source: Source;
  readonly catalogue: Catalogue;
  readonly avoided: string[];
}

/** A step has a generator of its own, so that nothing an earlier step drew can move it. */
function drawStep({ seed, position, source, catalogue, avoided }: StepDraw): Step {
  const draw = seededDraw(seed);
  for (let attempt = 1; ; attempt += 1) {
    const { name, pick } = draw.pick(catalogue.operations);
    const options = pick(draw, source);
    const gap = catalogue.gapOf(name, options, source);
    if (gap === undefined) return { kind: 'run', position, operation: name, options };
    avoided.push(gap);
    if (attempt === REDRAWS) return { kind: 'skipped', position, operation: name, gap };
  }
}
