import type { Operation } from '../operations/operation.ts';
import { CALLED_FROM, type Plan, TWIN_CHECKS } from '../plan/plan.ts';
import { Source } from '../plan/source.ts';
import { type Facet, type Facets, facetsOf } from './facets.ts';

/** How often each value, and each pair of values, of one operation's options was drawn. */
export interface OperationCoverage {
  readonly values: Readonly<Record<string, number>>;
  readonly pairs: Readonly<Record<string, number>>;
  /** Those of them that were not drawn in the last 1,000 iterations. */
  readonly neverValues: readonly string[];
  readonly neverPairs: readonly string[];
}

/** The coverage of each operation by its name, and of the source images. */
export type Coverage = Readonly<Record<string, OperationCoverage>>;

/** The name under which source images are counted. */
export const SOURCE = 'source image';

/** A value that was not drawn in this many iterations counts as never drawn. */
export const WINDOW = 1000;

interface Tally {
  count: number;
  /** The iteration, counted from 1, in which it was drawn last; 0 for never. */
  last: number;
}

interface Table {
  readonly alternatives: readonly Facets[];
  readonly values: Map<string, Tally>;
  readonly pairs: Map<string, Tally>;
}

/** Counts what plans choose. Its memory depends on the schemas alone, not on the length of the run. */
export class CoverageCounter {
  readonly #tables = new Map<string, Table>();
  #iterations = 0;

  constructor(operations: readonly Operation[]) {
    this.#tables.set(SOURCE, tableOf(facetsOf(Source)));
    for (const { name, schema, mistakes, nature } of operations) {
      const twins = nature.leavesNone ? ['none'] : TWIN_CHECKS;
      const asked = [
        choiceOf('mistake', ['none', ...mistakes.flat()]),
        choiceOf('twin', twins),
        choiceOf('calledFrom', ['none', ...CALLED_FROM]),
      ];
      const alternatives = facetsOf(schema).map((facets) => [...facets, ...asked]);
      this.#tables.set(name, tableOf(alternatives));
    }
  }

  /** Counts the choices of one plan. */
  add({ source, steps }: Plan): void {
    this.#iterations += 1;
    this.#count(SOURCE, [source]);
    for (const step of steps) {
      if (step.kind === 'skipped') continue;
      const mistakes = step.mistakes ?? ['none'];
      const { twin, calledFrom = 'none' } = step;
      const asked = mistakes.map((mistake) => ({ ...step.options, mistake, twin, calledFrom }));
      this.#count(step.operation, asked);
    }
  }

  /** The counts so far. */
  coverage(): Coverage {
    const entries = [...this.#tables].map(([name, { values, pairs }]) => [
      name,
      {
        values: countsOf(values),
        pairs: countsOf(pairs),
        neverValues: this.#neverIn(values),
        neverPairs: this.#neverIn(pairs),
      },
    ]);
    return Object.fromEntries(entries) as Coverage;
  }

  /** Counts options that were asked for in one step, what they have in common only once. */
  #count(name: string, asked: readonly unknown[]): void {
    const table = this.#tables.get(name);
    if (table === undefined) return;
    const drawn = asked.map((options) => spelledOut(table, options));
    for (const value of new Set(drawn.flat())) this.#tick(table.values, value);
    for (const pair of new Set(drawn.flatMap(pairsOf))) this.#tick(table.pairs, pair);
  }

  #tick(tallies: Map<string, Tally>, key: string): void {
    const tally = tallies.get(key);
    if (tally === undefined) return;
    tally.count += 1;
    tally.last = this.#iterations;
  }

  #neverIn(tallies: Map<string, Tally>): string[] {
    const since = Math.max(0, this.#iterations - WINDOW);
    return [...tallies].filter(([, { last }]) => last <= since).map(([key]) => key);
  }
}

function tableOf(alternatives: readonly Facets[]): Table {
  const none = (): Tally => ({ count: 0, last: 0 });
  const all = (facets: Facets) => facets.flatMap(spelled);
  const values = alternatives.flatMap(all);
  const pairs = alternatives.flatMap((facets) =>
    facets.flatMap((facet, at) =>
      all(facets.slice(at + 1)).flatMap((right) => spelled(facet).map((left) => joined(left, right))),
    ),
  );
  return {
    alternatives,
    values: new Map(values.map((key) => [key, none()])),
    pairs: new Map(pairs.map((key) => [key, none()])),
  };
}

function spelledOut({ alternatives }: Table, options: unknown): string[] {
  const facets = alternatives.find((alternative) => alternative.every((facet) => fits(facet, options)));
  return (facets ?? []).map((facet) => `${facet.name}=${facet.read(options)}`);
}

const joined = (left: string, right: string) => `${left} ${right}`;
const spelled = ({ name, values }: Facet) => values.map((value) => `${name}=${value}`);

function pairsOf(drawn: readonly string[]): string[] {
  return drawn.flatMap((left, at) => drawn.slice(at + 1).map((right) => joined(left, right)));
}

function choiceOf(name: string, values: readonly string[]): Facet {
  return { name, values, read: (options) => String((options as Record<string, unknown>)[name]) };
}

function fits(facet: Facet, options: unknown): boolean {
  const value = facet.read(options);
  return value !== undefined && facet.values.includes(value);
}

function countsOf(tallies: Map<string, Tally>): Record<string, number> {
  return Object.fromEntries([...tallies].map(([key, { count }]) => [key, count]));
}

/** What several parts of one run drew together; undefined of none. What each of them did not draw lately none of them did. */
export function mergeCoverage([first, ...others]: readonly Coverage[]): Coverage | undefined {
  return first && others.reduce(addCoverage, first);
}

function addCoverage(one: Coverage, other: Coverage): Coverage {
  const entries = Object.entries(one).map(([name, ours]) => {
    const theirs = other[name] ?? { values: {}, pairs: {}, neverValues: ours.neverValues, neverPairs: ours.neverPairs };
    const both = (left: readonly string[], right: readonly string[]) => left.filter((key) => right.includes(key));
    return [
      name,
      {
        values: addCounts(ours.values, theirs.values),
        pairs: addCounts(ours.pairs, theirs.pairs),
        neverValues: both(ours.neverValues, theirs.neverValues),
        neverPairs: both(ours.neverPairs, theirs.neverPairs),
      },
    ];
  });
  return Object.fromEntries(entries) as Coverage;
}

function addCounts(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(one).map(([key, count]) => [key, count + (other[key] ?? 0)]));
}
