import type { Operation } from '../operations/operation.ts';
import type { Plan, Step } from '../plan/plan.ts';
import {
  alternativesOf,
  chosenOf,
  insideOf,
  isTelling,
  memberOf,
  nodeOf,
  ordinaryOf,
  type SchemaNode,
} from '../plan/schema.ts';
import { CLUSTER, MiB } from '../plan/size.ts';
import { Source } from '../plan/source.ts';
import { isDisk } from './disks.ts';

/** A disk above this many bytes has one L2 table of the usual clusters no longer for itself, or crosses a subject's piece. */
const LARGE = 16 * MiB;

/** Members that say how an image's data were drawn, not how it differs from a plain one. */
const LABELS = ['pattern'];

/**
 * What is not ordinary in a shrunk plan: each option that could not be made ordinary without losing the bug, as `name=value`, wherever
 * in the plan it stands; each mistake that it cannot do without; whether it must be called from elsewhere; of sizes only whether they had to be large or odd.
 */
export function featuresOf(plan: Plan, operations: readonly Operation[]): readonly string[] {
  const steps = plan.steps.flatMap((step) => ofStep(step, operations));
  const source = nodeOf(Source);
  const ofSource = [...ofNode('source', source, plan.source), ...ofSizes(source, plan.source)];
  return [...new Set([...steps, ...ofSource])].toSorted();
}

function ofStep(step: Step, operations: readonly Operation[]): string[] {
  const operation = operations.find(({ name }) => name === step.operation);
  if (operation === undefined || step.kind === 'skipped') return [];
  const mistakes = (step.mistakes ?? []).map((name) => `mistake=${name}`);
  const from = step.calledFrom === undefined ? [] : [`calledFrom=${step.calledFrom}`];
  const schema = nodeOf(operation.schema);
  const options = [...ofNode(step.operation, schema, step.options), ...ofSizes(schema, step.options)];
  return [...(operation.nature.features?.(step.options) ?? []), ...mistakes, ...from, ...options];
}

function ofNode(name: string, node: SchemaNode, value: unknown): string[] {
  switch (node.type) {
    case 'strict_object':
      return Object.entries(node.entries ?? {})
        .filter(([key]) => !LABELS.includes(key))
        .flatMap(([key, entry]) => ofNode(key, entry, memberOf(value, key)));
    case 'variant':
      return ofVariant(node, value);
    case 'optional':
      return value === undefined || node.wrapped === undefined ? [] : ofOptional(name, node.wrapped, value);
    case 'array':
      return Array.isArray(value) && node.item ? ofList(name, node.item, value) : [];
    // Of numbers only sizes are told, all of an object together.
    case 'number':
      return [];
    default:
      return value === ordinaryOf(node)[0] ? [] : [`${name}=${String(value)}`];
  }
}

/** What may be left out says something by being there: a group of options or a number that is telling by its name, a choice by its value. */
function ofOptional(name: string, node: SchemaNode, value: unknown): string[] {
  if (node.type === 'picklist' || node.type === 'literal') return [`${name}=${String(value)}`];
  const isNamed = node.type === 'strict_object' || node.type === 'array' || isTelling(node);
  return [...(isNamed ? [name] : []), ...ofNode(name, node, value)];
}

function ofVariant(node: SchemaNode, value: unknown): string[] {
  const chosen = chosenOf(node, value);
  if (chosen === undefined) return [];
  const { key = '' } = node;
  const inner = ofNode(key, chosen, value);
  return chosen === alternativesOf(node)[0] ? inner : [`${key}=${String(memberOf(value, key))}`, ...inner];
}

/** That an image has something below it says more than how much; writes are told by their kinds. */
function ofList(name: string, item: SchemaNode, values: readonly unknown[]): string[] {
  const inner = values.flatMap((value) => ofNode(name, item, value));
  return item.entries?.['writes'] || alternativesOf(item).some(({ entries }) => entries?.['writes'])
    ? [...(values.length > 0 ? [name] : []), ...inner]
    : inner;
}

/** Of the sizes of an object and its parts: whether one had to be large or end within a cluster, or the largest is no ordinary one. */
function ofSizes(node: SchemaNode, value: unknown): string[] {
  const disks = disksIn(node, value);
  const largest = Math.max(0, ...disks);
  const isOdd = largest % MiB !== 0 || disks.some((size) => size % CLUSTER !== 0);
  return [...(largest > LARGE ? ['size=large'] : []), ...(isOdd ? ['size=odd'] : [])];
}

function disksIn(schema: SchemaNode, value: unknown): number[] {
  const node = insideOf(schema);
  if (Array.isArray(value)) return value.flatMap((item) => (node.item ? disksIn(node.item, item) : []));
  if (typeof value === 'number') return isDisk(node) ? [value] : [];
  const entries = Object.entries(chosenOf(node, value)?.entries ?? {});
  return entries.flatMap(([name, entry]) => disksIn(entry, memberOf(value, name)));
}
