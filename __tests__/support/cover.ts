import { OPERATION_NAMES } from '../../src/operations/index.ts';
import type { Wrapper } from '../../testing/hunt.ts';

/**
 * Wrappers that have each of the keys that any has, so many of them where there are as many, beyond those that are `taken` anyway. The rarest key
 * comes first; of those that have it the one that has the fewest others, then the first by its name. So another wrapper in the folder changes
 * what is drawn for its own keys alone, and not what is drawn for all.
 */
export function coverOf(
  wrappers: readonly Wrapper[],
  keysOf: (wrapper: Wrapper) => readonly string[],
  { times = 1, taken = [] as readonly Wrapper[] } = {},
): Wrapper[] {
  const having = (among: readonly Wrapper[], key: string) => among.filter((one) => keysOf(one).includes(key));
  const keys = [...new Set(wrappers.flatMap(keysOf))].toSorted();
  const drawn = [...taken];
  for (const key of keys.toSorted((a, b) => having(wrappers, a).length - having(wrappers, b).length)) {
    const others = having(wrappers, key).filter((one) => !drawn.includes(one));
    const narrowest = others.toSorted((a, b) => keysOf(a).length - keysOf(b).length);
    drawn.push(...narrowest.slice(0, Math.max(0, times - having(drawn, key).length)));
  }
  return wrappers.filter((one) => drawn.includes(one));
}

/** The longest first, of which another may be the beginning. */
const OPERATIONS = ['\\*', ...OPERATION_NAMES.toSorted((a, b) => b.length - a.length)].join('|');
const OF_OPERATION = new RegExp(`^(?:${OPERATIONS})_(?!divergence$)`);

/** How the types end that a wrapper may be found as, whatever the operation: `content_divergence`, or the whole type where only one operation has it. */
export function endsOf({ expected }: Pick<Wrapper, 'expected'>): string[] {
  return [...new Set(expected.map((type) => type.replace(OF_OPERATION, '')))];
}

/** Of the planted bugs the first of each operation that is drawn on request, and with them one that may be found as each type. */
export function sampleOf(wrappers: readonly Wrapper[]): Wrapper[] {
  const onRequest = wrappers.filter((one) => one.onRequest);
  const operationOf = ({ name }: Wrapper) => name.split('-')[0];
  const first = onRequest.filter((one) => onRequest.find((other) => operationOf(other) === operationOf(one)) === one);
  return coverOf(wrappers, endsOf, { taken: first });
}
