/** What is wrong with the copy of an image that is examined: one count or one entry of its tables. */
import type { Draw } from '../../plan/draw.ts';
import type { Source } from '../../plan/source.ts';
import type { Preparation } from '../operation.ts';
import { SOURCE_FILE } from './fixture.ts';
import {
  astray,
  type Bytes,
  copied,
  counted,
  DATA,
  firstEntry,
  isCountedPlainly,
  L1_TABLE,
  L2_TABLE,
  setBytes,
} from './spoilt.ts';

/**
 * The cluster of the L1 table is counted twice, so that it leaks, or never, so that it may be given away, which is a corruption; so may the
 * cluster of an L2 table, or of data. Or data are lost, and leak; or they are said to lie between two clusters.
 */
export const WRONG = ['twice', 'never', 'table never', 'data never', 'data leaked', 'data unaligned'] as const;
export type Wrong = (typeof WRONG)[number];

/** The copy that is examined instead of the source. */
export const DAMAGED = 'miscounted.img';

/** One of what can be wrong with an image; undefined where it is not known where its tables lie. */
export function drawWrong(draw: Draw, source: Source): Wrong | undefined {
  const [first, ...others] = WRONG.filter((wrong) => bytesOf(wrong, source) !== undefined);
  return first && draw.pick([first, ...others]);
}

/** Makes the copy on each side; nothing where that cannot be wrong with the source. */
export function damagedCopy(wrong: Wrong, source: Source): Preparation[] {
  const bytes = bytesOf(wrong, source);
  if (bytes === undefined) return [];
  return [copied(SOURCE_FILE, DAMAGED), setBytes(DAMAGED, bytes)];
}

/**
 * What is to be another byte; undefined where it is not known (measured: qemu-img 10.0, `Leaked cluster 3`, `ERROR cluster 3 refcount=0`,
 * `Leaked cluster 5`; all of the last four with exit code 2, but the leak with 3).
 */
function bytesOf(wrong: Wrong, source: Source): Bytes | undefined {
  if (!isCountedPlainly(source)) return undefined;
  const { clusterSize, extendedL2 } = source;
  const entry = firstEntry(source);
  switch (wrong) {
    case 'twice':
      return counted(L1_TABLE, 2, clusterSize);
    case 'never':
      return counted(L1_TABLE, 0, clusterSize);
    case 'table never':
      return entry === undefined ? undefined : counted(L2_TABLE, 0, clusterSize);
    case 'data never':
      return entry === undefined ? undefined : counted(DATA, 0, clusterSize);
    case 'data leaked':
      // Of subclusters that are nowhere, an entry with others says too much to be lost in silence.
      return entry === undefined || extendedL2 ? undefined : { offset: entry, length: 8, byte: 0 };
    case 'data unaligned':
      return entry === undefined ? undefined : astray(entry);
  }
}
