/** Raw files whose length is no whole number of sectors. Disks are counted in sectors: their readers add zeros to the last one. */
import * as v from 'valibot';
import type { Draw } from './draw.ts';
import { ordinary, telling } from './schema.ts';
import { SECTOR } from './size.ts';
import type { Swarm } from './swarm.ts';
import { drawData, type Write } from './write.ts';

/** By how many bytes such a file is shorter than its disk: what it holds ends within the last sector. */
export const LessBytes = v.optional(
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(SECTOR - 1), ordinary(SECTOR / 2, 1), telling()),
);

/** The share of such files among the raw ones, where the swarm asks for odd sizes and elsewhere. */
const ODD_ENDS = 0.5;
const OTHERWISE = 0.15;

/** How many of them have data in what is left of the last sector. */
const FILLED = 0.8;

interface Content {
  readonly size: number;
  readonly writes: readonly Write[];
}

/**
 * What a raw file holds, of which some end within a sector. `room` is the size of the disk, in bytes, when it is written to: where that is the
 * smaller one, there is no last sector to fill yet.
 */
export function drawOddEnd<T extends Content>(
  draw: Draw,
  swarm: Swarm,
  content: T,
  room = content.size,
): T | (T & { readonly lessBytes: number }) {
  if (!draw.chance(swarm.includes('odd-sizes') ? ODD_ENDS : OTHERWISE)) return content;
  const any = draw.integer(1, SECTOR - 1);
  const lessBytes = draw.pick([1, SECTOR - 1, any, any]);
  if (room < content.size || !draw.chance(FILLED)) return { ...content, lessBytes };
  const last: Write = { kind: 'data', offset: content.size - SECTOR, length: SECTOR, ...drawData(draw, swarm) };
  return { ...content, writes: [...content.writes, last], lessBytes };
}
