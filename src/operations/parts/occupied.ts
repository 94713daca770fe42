import * as v from 'valibot';
import type { Draw } from '../../plan/draw.ts';
import type { Preparation } from '../operation.ts';

/** Whether another file is in the place of what an operation makes, which both tools must replace. */
export const Occupied = v.optional(v.literal(true));

/** Another file in the output's place, in a share of the draws. */
export function drawOccupied(draw: Draw, share: number): { readonly occupied?: true } {
  return draw.chance(share) ? { occupied: true } : {};
}

/** Puts a file there that is longer than what becomes of a small disk, and shorter than others: full at its start, within and at its end. */
export function occupy(file: string): Preparation[] {
  const writes = ['0', '2M', '5632K'].flatMap((offset) => ['-c', `write -q -P 238 ${offset} 512K`]);
  return [
    { kind: 'each', program: 'reference', args: ['create', '-q', '-f', 'raw', file, '6M'] },
    { kind: 'each', program: 'qemu-io', args: ['-f', 'raw', ...writes, file] },
  ];
}
