import * as v from 'valibot';
import type { Draw } from './draw.ts';
import { ordinary } from './schema.ts';
import { GiB, KiB, MiB, MOST_SIZE } from './size.ts';
import type { Swarm } from './swarm.ts';

/** The most bytes that one request asks for: the block layer takes less than 2 GiB. */
export const MOST_REQUEST = GiB;

const offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_SIZE), ordinary(0, 64 * KiB, MiB));
const sectors = ordinary(512, 4 * KiB, 64 * KiB, MiB);
/** What is not plain data is recorded by the cluster, of which this is the usual size. */
const clusters = ordinary(64 * KiB, 512, 4 * KiB, MiB);
const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_REQUEST), clusters);
const dataLength = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4 * MiB));
const bytes = ordinary(0xab, 0xcd);
const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255), bytes);

/** The most stripes of one write: each is a command of `qemu-io` that a reader of a reproducer has to pass over. */
export const MOST_STRIPES = 400;

const stripeLength = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64 * KiB));
/** From one of the usual clusters to the next but one. */
const stride = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_SIZE), ordinary(128 * KiB, MiB));
const count = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.maxValue(MOST_STRIPES),
  ordinary(2, 4, 8, 16, 32, 64, 128, 256),
);

const NOISES = ['half-compressible', 'incompressible'] as const;

/** What data are instead of a run of the byte: noise that grows from it, of which compression leaves about a half, or all. */
export type Noise = (typeof NOISES)[number];
const content = v.optional(v.picklist(NOISES));

/** One thing that `qemu-io` does to a fixture's disk. Offsets and lengths are in bytes. */
export const Write = v.variant('kind', [
  v.strictObject({ kind: v.literal('data'), offset, length: v.pipe(dataLength, sectors), byte, content }),
  /** One cluster or more in compressed form; only whole clusters can be. What gets no smaller is stored as it is. */
  v.strictObject({ kind: v.literal('compressed'), offset, length: v.pipe(dataLength, clusters), byte, content }),
  v.strictObject({ kind: v.literal('zeros'), offset, length, unmap: v.boolean() }),
  v.strictObject({ kind: v.literal('discard'), offset, length }),
  /** The same length of data in so many places, `stride` bytes from one beginning to the next; each has another byte than the one before. */
  v.strictObject({
    kind: v.literal('stripes'),
    offset,
    length: v.pipe(stripeLength, sectors),
    stride,
    count,
    byte: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255), bytes),
  }),
]);
export type Write = v.InferOutput<typeof Write>;

/** The most writes of one image, also in a plan from outside. */
export const MOST_WRITES = 24;

/** The writes of one image, in their order. */
export const Writes = v.pipe(v.array(Write), v.maxLength(MOST_WRITES), v.readonly());

/** Whether what is written is nothing but zeros, as a guest writes them. */
export function isZeroData(write: Write): boolean {
  return write.kind === 'data' && write.byte === 0 && write.content === undefined;
}

/** The writes without those of compressed clusters, which only some images can have. */
export function uncompressed(writes: readonly Write[]): Write[] {
  return writes.filter(({ kind }) => kind !== 'compressed');
}

/** From so few numbers grows each kind of noise in an iteration, as it takes some milliseconds to make; from one, lost and stale data would look alike. */
const MOST_NOISE = 3;

/** What data consist of: runs of any byte but zero, and in two of five writes noise where the swarm allows it. */
export function drawData(draw: Draw, swarm: Swarm): { readonly byte: number; readonly content?: Noise } {
  const [first, ...others] = NOISES.filter((one) => swarm.includes(`${one}-data`));
  if (first === undefined || draw.chance(0.6)) return { byte: draw.integer(1, 255) };
  return { byte: draw.integer(1, MOST_NOISE), content: draw.pick([first, ...others]) };
}

/** What the writes of a disk depend on, in bytes: its size, its unit of allocation, and what one table of such units maps. */
export interface Geometry {
  readonly size: number;
  readonly cluster: number;
  readonly table: number;
  /** Whether clusters of the format can be compressed one by one. */
  readonly compressible: boolean;
  /** Offsets at which something ends: the next image of the chain, or what a resize keeps. */
  readonly edges?: readonly number[];
}

/** One to four blocks of one random byte each, near the start of the disk, which may be a small one: the `random` data pattern. */
export function drawBlocks(draw: Draw, size: number): Write[] {
  return Array.from({ length: draw.integer(1, 4) }, () => {
    const offset = draw.pick([0, 4 * KiB, 8 * KiB, 64 * KiB, 128 * KiB]);
    const length = draw.pick([512, 4 * KiB]);
    return { kind: 'data', offset: Math.min(offset, size - length), length, byte: draw.integer(1, 255) };
  });
}

/** A block at the start, one in the middle and one at the very end: the `sparse` data pattern. */
export function drawSpread(draw: Draw, size: number): Write[] {
  const middle = Math.floor(size / 2 / 512) * 512;
  return [0, middle, size - 4 * KiB].map((offset) => ({
    kind: 'data',
    offset,
    length: 4 * KiB,
    byte: draw.integer(1, 255),
  }));
}

/** The writes of a minimal partition table: signature, and one active Linux entry from sector 2048 on. */
export function partitionTable(): (Write & { readonly kind: 'data' })[] {
  const bytes = [
    [446, 0x80],
    [450, 0x83],
    [455, 0x08],
    [459, 0x08],
    [510, 0x55],
    [511, 0xaa],
  ] as const;
  return bytes.map(([offset, byte]) => ({ kind: 'data', offset, length: 1, byte }));
}

/** Runs of whole clusters, as a guest's file system leaves them: the `filled` data pattern. */
export function drawFilled(draw: Draw, swarm: Swarm, { size, cluster }: Geometry): Write[] {
  const unit = cluster <= LARGEST_FILLED ? cluster : 64 * KiB;
  const whole = Math.floor(size / unit);
  if (whole === 0) return [];
  return Array.from({ length: draw.integer(1, 4) }, () => {
    const count = Math.min(draw.pick([1, 1, 2, 4]), whole, Math.max(1, Math.floor(MOST_DATA / unit)));
    const offset = draw.integer(0, whole - count) * unit;
    return { kind: 'data', offset, length: count * unit, ...drawData(draw, swarm) };
  });
}

/** The largest cluster of qcow2; the blocks of other formats may be larger than what a fixture should hold. */
const LARGEST_FILLED = 2 * MiB;

/** The most bytes of data that one write puts into a fixture, but where one unit or one whole cluster is larger. */
export const MOST_DATA = 256 * KiB;
