/** How large a disk is before it is resized, and what is asked for then. */
import type { Choices, Draw } from '../../plan/draw.ts';
import { ABOUT_SIZES, drawSize, KiB, MiB, SECTOR } from '../../plan/size.ts';
import type { Swarm } from '../../plan/swarm.ts';
import type { Change } from './resize-options.ts';

const CHANGES = [64 * KiB, 512 * KiB, MiB, 3 * MiB, 4 * MiB] as const;
const QCOW2_SIZES = [MiB, 4 * MiB, 16 * MiB, 256 * MiB] as const;
const RAW_SIZES = [MiB, 4 * MiB, 16 * MiB, 64 * MiB] as const;

/** With clusters of 512 bytes: `qemu-img` makes a table for each 32 KiB that it cuts off, which of 256 MiB takes seconds. */
const SMALL_CLUSTER_STARTS = [MiB, 4 * MiB, 16 * MiB] as const;

/** What sizes depend on. */
interface Kind {
  readonly format: 'raw' | 'qcow2';
  /** In what the image is allocated, in bytes. */
  readonly unit: number;
  /** The new part is really written. */
  readonly fills: boolean;
  /** A size beyond 32 bits, which the disk has before or is to have. */
  readonly beyond?: number | undefined;
}

interface Sizes {
  readonly start: number;
  readonly change: Change;
}

/** Draws both: the image that is filled stays small, and always grows. */
export function drawSizes(draw: Draw, swarm: Swarm, { format, unit, fills, beyond }: Kind): Sizes {
  if (beyond !== undefined) return drawLarge(draw, swarm, beyond, unit);
  if (fills) {
    const start = draw.pick([MiB, 4 * MiB]);
    const end = draw.pick([4 * MiB, 8 * MiB, 16 * MiB]);
    return { start, change: { kind: 'to', size: end === start ? 16 * MiB : end } };
  }
  const sizes = format === 'qcow2' ? QCOW2_SIZES : RAW_SIZES;
  const start = drawSize(draw, swarm, unit === SECTOR ? SMALL_CLUSTER_STARTS : sizes, unit, ABOUT_SIZES);
  return { start, change: drawChange(draw, swarm, { start, sizes, unit }) };
}

/** A disk that gets as large, one that is no more, and one that stays about as large: across the border, or not. */
function drawLarge(draw: Draw, swarm: Swarm, beyond: number, unit: number): Sizes {
  const other = drawSize(draw, swarm, QCOW2_SIZES, unit, ABOUT_SIZES);
  const grow = draw.pick([true, true, false]);
  const [start, end] = grow ? [other, beyond] : [beyond, other];
  switch (draw.pick(['to', 'by', 'about'] as const)) {
    case 'to':
      return { start, change: { kind: 'to', size: end } };
    case 'by':
      return { start, change: { kind: 'by', size: beyond - other, grow } };
    case 'about':
      return { start: beyond, change: drawChange(draw, swarm, { start: beyond, sizes: QCOW2_SIZES, unit }) };
  }
}

interface Start {
  readonly start: number;
  readonly sizes: Choices<number>;
  readonly unit: number;
}

function drawChange(draw: Draw, swarm: Swarm, { start, sizes, unit }: Start): Change {
  const kind = draw.pick(['to', 'grow', 'shrink', 'shrink'] as const);
  const by = drawSize(draw, swarm, CHANGES, unit, ABOUT_SIZES);
  if (kind === 'to' || (kind === 'shrink' && by >= start))
    return { kind: 'to', size: drawSize(draw, swarm, sizes, unit, ABOUT_SIZES) };
  return { kind: 'by', size: by, grow: kind === 'grow' };
}
