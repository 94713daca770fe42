/** The places of a plan that can be made simpler on their own: each gives whole plans in which only it differs. */

import type { Operation } from '../operations/operation.ts';
import type { Choice, Plan, Step } from '../plan/plan.ts';
import { chosenOf, nodeOf, type SchemaNode, simplestOf } from '../plan/schema.ts';
import { Source } from '../plan/source.ts';
import { flatterSources } from './flatten.ts';
import { before, simplerValues } from './simpler.ts';

/** Plans that are simpler at one place, the simplest first. */
export type Spot = () => Iterable<Plan>;

/** All places of a plan, those first at which most can be saved. */
export function spotsOf(plan: Plan, operations: readonly Operation[]): Spot[] {
  const withSource = (source: unknown): Plan => ({ ...plan, source: source as Source });
  const source = nodeOf(Source);
  return [
    () => fewerSteps(plan),
    () => plainSource(plan),
    () => mapped(flatterSources(plan.source), withSource),
    ...plan.steps.flatMap((_, at) => stepSpots(plan, at, operations)),
    ...spotsIn(source, plan.source).map((spot) => () => mapped(spot(), withSource)),
    () => tidied(plan),
  ];
}

function* fewerSteps(plan: Plan): Generator<Plan> {
  const { steps } = plan;
  if (steps.length > 2) for (const step of steps.toReversed()) yield { ...plan, steps: [step] };
  if (steps.length > 1) for (const at of steps.keys()) yield { ...plan, steps: steps.toSpliced(at, 1) };
}

function* plainSource(plan: Plan): Generator<Plan> {
  const source = simplestOf(nodeOf(Source)) as Source;
  if (JSON.stringify(source) !== JSON.stringify(plan.source)) yield { ...plan, source };
}

/** What only tells how the plan was drawn goes, and steps are counted from one. */
function* tidied(plan: Plan): Generator<Plan> {
  const steps = plan.steps.map((step, before) => ({ ...step, position: before + 1 }));
  const tidy = { ...plan, swarm: [], avoided: [], steps };
  if (JSON.stringify(tidy) !== JSON.stringify(plan)) yield tidy;
}

type Run = Step & { readonly kind: 'run' };

function stepSpots(plan: Plan, at: number, operations: readonly Operation[]): Spot[] {
  const step = plan.steps[at];
  if (step === undefined || step.kind === 'skipped') return [];
  const operation = operations.find(({ name }) => name === step.operation);
  if (operation === undefined) return [];
  const withStep = (changed: Run): Plan => ({ ...plan, steps: plan.steps.with(at, changed) });
  const withOptions = (options: unknown) => withStep({ ...step, options: options as Choice['options'] });
  return [
    () => mapped(simplerSteps(step, operation), withStep),
    () => readersInstead(plan, step, operations),
    ...spotsIn(nodeOf(operation.schema), step.options).map((spot) => () => mapped(spot(), withOptions)),
  ];
}

/** Without any mistake, only what it begins with, with each mistake alone or a more ordinary one, without a twin check, called from its own directory, spelled out, as the simpler operation. */
function* simplerSteps(step: Run, { nature, mistakes: known }: Operation): Generator<Run> {
  const { mistakes = [], ...correct } = step;
  const [mistake, ...others] = mistakes;
  if (mistake !== undefined) yield correct;
  const begun = nature.begins?.(step.options);
  if (begun !== undefined) yield { ...correct, ...begun, twin: 'none' };
  const alone = mistake === undefined || others.length > 0 ? mistakes : before(known.flat(), mistake);
  for (const one of alone) yield { ...step, mistakes: [one] };
  if (step.twin !== 'none') yield { ...step, twin: 'none' };
  const { calledFrom, ...atHome } = step;
  if (calledFrom !== undefined) yield atHome;
  const spelledOut = nature.spelledOut?.(step.options);
  if (spelledOut !== undefined) yield { ...step, options: spelledOut };
  if (nature.simpler !== undefined) yield { ...step, operation: nature.simpler };
}

/** What was seen while the subject read the outcome of a step is seen as well when it reads a source like it. */
function* readersInstead(plan: Plan, step: Run, operations: readonly Operation[]): Generator<Plan> {
  const source = operations.find(({ name }) => name === step.operation)?.nature.leaves?.(step.options, plan.source);
  if (source === undefined || step.twin === 'none') return;
  for (const { name, nature, onRequest } of operations) {
    if (nature.reads === undefined || onRequest) continue;
    const { kind, position } = step;
    yield { ...plan, source, steps: [{ kind, position, operation: name, options: nature.reads, twin: 'none' }] };
  }
}

/** The places of a value, itself first, then its parts in their order; each gives whole values. */
function spotsIn(node: SchemaNode, value: unknown): (() => Iterable<unknown>)[] {
  return [() => simplerValues(node, value), ...partsOf(node, value)];
}

function partsOf(node: SchemaNode, value: unknown): (() => Iterable<unknown>)[] {
  switch (node.type) {
    case 'optional':
      return node.wrapped === undefined || value === undefined ? [] : spotsIn(node.wrapped, value);
    case 'variant': {
      const chosen = chosenOf(node, value);
      return chosen === undefined ? [] : spotsIn(chosen, value);
    }
    case 'array':
      return Array.isArray(value) && node.item ? itemsOf(node.item, value) : [];
    case 'strict_object':
      return membersOf(node, value as Readonly<Record<string, unknown>>);
    default:
      return [];
  }
}

function itemsOf(item: SchemaNode, values: readonly unknown[]): (() => Iterable<unknown>)[] {
  return values.flatMap((value, at) =>
    spotsIn(item, value).map((spot) => () => mapped(spot(), (changed) => values.with(at, changed))),
  );
}

function membersOf(node: SchemaNode, value: Readonly<Record<string, unknown>>): (() => Iterable<unknown>)[] {
  return Object.entries(node.entries ?? {}).flatMap(([name, entry]) =>
    spotsIn(entry, value[name]).map((spot) => () => mapped(spot(), (changed) => withMember(value, name, changed))),
  );
}

function withMember(value: Readonly<Record<string, unknown>>, name: string, changed: unknown) {
  const { [name]: _, ...others } = value;
  return changed === undefined ? others : { ...value, [name]: changed };
}

function* mapped<A, B>(values: Iterable<A>, change: (value: A) => B): Generator<B> {
  for (const value of values) yield change(value);
}
