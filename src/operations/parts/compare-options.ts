import * as v from 'valibot';
import type { Draw } from '../../plan/draw.ts';
import { ordinary } from '../../plan/schema.ts';
import { BEYOND_32_BITS, CLUSTER, KiB, MiB, MOST_SIZE, SECTOR } from '../../plan/size.ts';
import { isPreallocated, type Source } from '../../plan/source.ts';

/** The disks that the reference can make longer. */
const GROWING = ['raw', 'qcow2'] as const;

const manner = {
  /** Another size is a difference too. */
  strict: v.optional(v.literal(true)),
  /** The other image is named first. */
  swapped: v.optional(v.literal(true)),
};
const any = { format: v.picklist([...GROWING, 'vmdk', 'vpc', 'vhdx']), ...manner };
const longer = {
  format: v.picklist(GROWING),
  /** By how many bytes. */
  more: v.picklist([CLUSTER, SECTOR, 4 * KiB, 32 * MiB + SECTOR]),
  ...manner,
};
/** One sector of this byte, which may be what was there. */
const sector = {
  offset: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_SIZE), ordinary(0, CLUSTER, MiB)),
  byte: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255), ordinary(0xab, 0xcd)),
};

/** What the other image is, and what is different in it. */
export const CompareOptions = v.variant('differs', [
  v.strictObject({ differs: v.literal('nothing'), ...any }),
  v.strictObject({ differs: v.literal('sector'), ...sector, ...any }),
  v.strictObject({ differs: v.literal('zeros-behind'), ...longer }),
  /** The sector is counted from where the source ends. */
  v.strictObject({ differs: v.literal('data-behind'), ...sector, ...longer }),
]);
export type Compare = v.InferOutput<typeof CompareOptions>;

const STRICT = 0.25;
const SWAPPED = 0.3;

/** Draws what differs, in another image that is raw or qcow2 in most cases. */
export function drawCompare(draw: Draw, source: Source): Compare {
  const asked = {
    ...(draw.chance(STRICT) && { strict: true as const }),
    ...(draw.chance(SWAPPED) && { swapped: true as const }),
  };
  const differs = draw.pick(['nothing', 'sector', 'sector', 'sector', 'zeros-behind', 'data-behind'] as const);
  switch (differs) {
    case 'nothing':
      return { differs, format: drawFormat(draw, source), ...asked };
    case 'sector':
      return {
        differs,
        offset: drawPlace(draw, source),
        byte: drawByte(draw),
        format: drawFormat(draw, source),
        ...asked,
      };
    case 'zeros-behind':
      return { differs, ...drawMore(draw), ...asked };
    case 'data-behind': {
      const { format, more } = drawMore(draw);
      const offset = draw.pick([0, more - SECTOR, draw.integer(0, more / SECTOR - 1) * SECTOR]);
      return { differs, offset, byte: draw.integer(1, 255), format, more, ...asked };
    }
  }
}

function drawFormat(draw: Draw, source: Source): Compare['format'] {
  if (isPreallocated(source)) return draw.pick(GROWING);
  return draw.pick(['raw', 'raw', 'raw', 'qcow2', 'qcow2', 'qcow2', 'vmdk', 'vpc', 'vhdx'] as const);
}

function drawMore(draw: Draw) {
  const more = draw.pick([CLUSTER, SECTOR, 4 * KiB, 32 * MiB + SECTOR] as const);
  return { format: draw.pick(GROWING), more };
}

/** Zeros in one of five: over a hole they are no difference, though they are data. */
function drawByte(draw: Draw): number {
  return draw.chance(0.2) ? 0 : draw.integer(1, 255);
}

/** What a reader may take for the border of a piece. */
const BORDERS = [4 * KiB, CLUSTER, 2 * MiB, 32 * MiB, BEYOND_32_BITS] as const;

/** The last sector, one at a border or just below it, one of those that were written, or any. */
function drawPlace(draw: Draw, { size, writes }: Source): number {
  const [first, ...others] = writes.map(({ offset }) => offset);
  const borders = [0, ...BORDERS.filter((border) => border < size)] as const;
  const places = [
    size - SECTOR,
    draw.pick(borders) + draw.pick([0, -SECTOR, SECTOR]),
    first === undefined ? 0 : draw.pick([first, ...others]),
    draw.integer(0, size / SECTOR - 1) * SECTOR,
  ] as const;
  return Math.max(0, draw.pick(places));
}
