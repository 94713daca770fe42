import * as v from 'valibot';
import type { Draw } from './draw.ts';
import { GiB, KiB, MiB } from './size.ts';

/** One run of equal bytes that `qemu-io` writes into a fixture. Offsets and lengths are in bytes. */
export const Write = v.strictObject({
  offset: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(GiB)),
  length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MiB)),
  byte: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
});
export type Write = v.InferOutput<typeof Write>;

/** The writes of one image; a plan from outside never asks for more than this many. */
export const Writes = v.pipe(v.array(Write), v.maxLength(16));

/** One to four blocks of one random byte each, near the start of the disk: the `random` data pattern. */
export function drawBlocks(draw: Draw): Write[] {
  return Array.from({ length: draw.integer(1, 4) }, () => ({
    offset: draw.pick([0, 4 * KiB, 8 * KiB, 64 * KiB, 128 * KiB]),
    length: draw.pick([512, 4 * KiB]),
    byte: draw.integer(1, 255),
  }));
}

/** Up to `most` small blocks anywhere on a disk of `size` bytes; its last sector is often one of them. */
export function drawScattered(draw: Draw, size: number, most: number): Write[] {
  return Array.from({ length: draw.integer(0, most) }, () => {
    const length = draw.pick([512, 4 * KiB]);
    const end = size - length;
    const offset = draw.pick([0, draw.integer(0, end / 512) * 512, end]);
    return { offset, length, byte: draw.integer(1, 255) };
  });
}

/** A block at the start, one in the middle and one at the very end: the `sparse` data pattern. */
export function drawSpread(draw: Draw, size: number): Write[] {
  return [0, size / 2, size - 4 * KiB].map((offset) => ({
    offset,
    length: 4 * KiB,
    byte: draw.integer(1, 255),
  }));
}

/** The writes of a minimal partition table: signature, and one active Linux entry from sector 2048 on. */
export function partitionTable(): Write[] {
  return [
    { offset: 446, length: 1, byte: 0x80 },
    { offset: 450, length: 1, byte: 0x83 },
    { offset: 455, length: 1, byte: 0x08 },
    { offset: 459, length: 1, byte: 0x08 },
    { offset: 510, length: 1, byte: 0x55 },
    { offset: 511, length: 1, byte: 0xaa },
  ];
}
