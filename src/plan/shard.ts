/** One part of a run of which others do the rest: the third of eight is `{ number: 3, of: 8 }`. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** The most iterations that one run may be asked to do, all its shards together. */
export const MOST_ITERATIONS = 1_000_000;

/** A matrix of GitHub's has at most 256 jobs. */
export const MOST_SHARDS = 256;

/** Reads a shard as it is written, `3/8`; undefined where that is none. */
export function parseShard(text: string): Shard | undefined {
  const found = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text);
  const [number, of] = [Number(found?.[1]), Number(found?.[2])];
  return number <= of && of <= MOST_SHARDS ? { number, of } : undefined;
}

/** How many of a run's iterations are a shard's own. */
export function shareOf(iterations: number, shard: Shard = WHOLE): number {
  return Math.max(0, Math.ceil((iterations - shard.number + 1) / shard.of));
}

/**
 * The indices that are a shard's own, in order: dealt like cards, so that all shards together have each once. A run that goes on where an
 * earlier one ended begins at `first`.
 */
export function* indicesOf(iterations: number, shard: Shard = WHOLE, first = 0): Generator<number> {
  for (let index = shard.number - 1; index < iterations; index += shard.of) yield first + index;
}

const WHOLE: Shard = { number: 1, of: 1 };
