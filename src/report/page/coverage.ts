import { inertLine } from '../../trust/inert.ts';
import type { Coverage, OperationCoverage } from '../coverage.ts';
import type { PageCoverage } from './model.ts';

/** Values of one operation's options that are shown; the schemas have less than a hundred, but a record may come from elsewhere. */
const MOST_VALUES = 160;

/** Characters of the whole coverage as JSON; what does not fit is left out operation by operation. */
const MOST_CHARACTERS = 400_000;

/** The counts of each value and pair, as numbers that refer to one list of values. */
export function pageCoverage(coverage: Coverage | undefined): PageCoverage[] {
  let room = MOST_CHARACTERS;
  return Object.entries(coverage ?? {}).flatMap(([operation, counts]) => {
    const page = ofOperation(operation, counts);
    room -= JSON.stringify(page).length;
    return room < 0 || page.pairs.length === 0 ? [] : [page];
  });
}

function ofOperation(operation: string, { values, pairs }: OperationCoverage): PageCoverage {
  const known = byOption(Object.entries(values)).slice(0, MOST_VALUES);
  const places = new Map(known.map(([key], place) => [key, place]));
  return {
    operation,
    values: known.map(([key, count]) => {
      const option = optionOf(key);
      return { option: inertLine(option, 60), value: inertLine(key.slice(option.length + 1), 60), count };
    }),
    pairs: Object.entries(pairs).flatMap(([key, count]) => {
      const pair = placesIn(key, places);
      return pair === undefined ? [] : [[...pair, count] as const];
    }),
  };
}

function optionOf(key: string): string {
  return key.split('=', 1)[0] ?? '';
}

/** An option that several alternatives of a schema have is told in one place. */
function byOption(values: readonly [string, number][]): [string, number][] {
  const options = [...new Set(values.map(([key]) => optionOf(key)))];
  return options.flatMap((option) => values.filter(([key]) => optionOf(key) === option));
}

/** Both values of a pair such as `format=raw size=whole MiB`, in order: the space between them is one of several. */
function placesIn(key: string, places: ReadonlyMap<string, number>): [number, number] | undefined {
  for (let space = key.indexOf(' '); space > 0; space = key.indexOf(' ', space + 1)) {
    const [left, right] = [places.get(key.slice(0, space)), places.get(key.slice(space + 1))];
    if (left !== undefined && right !== undefined) return left < right ? [left, right] : [right, left];
  }
  return undefined;
}
