/**
 * Where two disks differ. Ranges are `[from, to)` in bytes as a guest counts them; only the bytes of `window` were compared. From `start`
 * on, both sides' bytes around the first difference, in hexadecimal digits.
 */
export interface ByteDifference {
  /** The larger disk's. */
  readonly size: number;
  readonly window: ByteRange;
  readonly ranges: readonly ByteRange[];
  /** Whether there are more ranges than these. */
  readonly more: boolean;
  readonly start: number;
  readonly expected: string;
  readonly got: string;
}

/** From the first byte to the one behind the last. */
export type ByteRange = readonly [from: number, to: number];

/** How many ranges are told. */
export const MOST_RANGES = 32;
