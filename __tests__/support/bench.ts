import type { Bench, Observation } from '../../src/oracles/observation.ts';
import { ended } from './ended.ts';

/**
 * A bench on which all files are as they were, unless these paths are of files that the subject changed. What else an oracle may ask a test has to say
 * itself: without it, asking fails.
 */
export function benchWith(given: Partial<Bench>, changed: readonly string[] = []): Bench {
  const bench: Partial<Bench> = {
    lendToTwin: async () => {},
    pathOf: (root, path) => `${root}/${path}`,
    untouched: async ({ path }) => !changed.includes(path),
    ...given,
  };
  return bench as Bench;
}

/** What both sides did, of which a test says what matters to it: both succeeded, printed nothing and had no files. */
export function observed(given: Partial<Observation>): Observation {
  const nothing = { operation: 'convert', inputs: [], outputs: [], invariants: [], bench: benchWith({}) };
  return { ...nothing, subject: ended(0), reference: ended(0), ...given };
}
