import seedrandom from 'seedrandom';

/** Characters of the longest seed that a run may be given. */
export const MOST_SEED = 200;

/** A choice of at least one thing. */
export type Choices<T> = readonly [T, ...T[]];

/** A stream of random choices that depends on its seed alone. Pickers get all their randomness from one. */
export interface Draw {
  /** One of the choices, all equally likely. */
  pick<T>(choices: Choices<T>): T;
  /** True with the given probability, from 0 to 1. */
  chance(probability: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
}

/** The stream of choices that belongs to a seed text: the same text gives the same choices, for ever. */
export function seededDraw(seed: string): Draw {
  const random = seedrandom(seed);
  const integer = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  return {
    pick: ([first, ...others]) => {
      const position = integer(0, others.length);
      return position === 0 ? first : (others[position - 1] ?? first);
    },
    chance: (probability) => random() < probability,
    integer,
  };
}
