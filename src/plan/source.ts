import * as v from 'valibot';
import { drawChain, Layer } from './chain.ts';
import type { Draw } from './draw.ts';
import { drawOddEnd, LessBytes } from './odd-end.ts';
import { drawReadQcow2, Qcow2Options, qcow2Geometry } from './qcow2.ts';
import { drawWrites } from './rich-writes.ts';
import { BEYOND_32_BITS, DiskSize, drawBeyond, drawSize, GiB, KiB, MiB } from './size.ts';
import { drawSnapshot } from './snapshot.ts';
import { drawHistory, History } from './source-history.ts';
import { drawStripes } from './stripes.ts';
import type { Swarm } from './swarm.ts';
import {
  drawBlocks,
  drawFilled,
  drawSpread,
  type Geometry,
  partitionTable,
  uncompressed,
  type Write,
  Writes,
} from './write.ts';

const SIZES = [MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB] as const;
const BLOCK_SIZES = [MiB, 8 * MiB, 32 * MiB] as const;

const common = {
  size: DiskSize,
  pattern: v.picklist(['rich', 'mbr', 'zeros', 'random', 'sparse', 'filled', 'stripes']),
  writes: Writes,
  history: History,
};

/** The image that the steps of an iteration read: its format, options, content, and the chain below it. */
export const Source = v.variant('format', [
  v.strictObject({ format: v.literal('raw'), lessBytes: LessBytes, ...common }),
  v.strictObject({
    format: v.literal('qcow2'),
    ...Qcow2Options.entries,
    ...common,
    backing: v.pipe(v.array(Layer), v.maxLength(3)),
    /** What it held when an internal snapshot of it was taken. Its readers do not read that. */
    snapshot: v.optional(Writes),
    /** Each cluster has its place in the file before it is written to, so that places lie beyond 32 bits too where the disk does. */
    preallocation: v.optional(v.picklist(['metadata'])),
  }),
  v.strictObject({
    format: v.literal('vmdk'),
    subformat: v.picklist(['monolithicSparse', 'streamOptimized']),
    /** Grains that are zeros are recorded as such. */
    zeroedGrains: v.optional(v.literal(true)),
    ...common,
  }),
  v.strictObject({
    format: v.literal('vpc'),
    subformat: v.picklist(['dynamic', 'fixed']),
    /** The very size, which cylinders, heads and sectors need not come to. */
    exactSize: v.optional(v.literal(true)),
    ...common,
  }),
  v.strictObject({
    format: v.literal('vhdx'),
    blockSize: v.picklist(BLOCK_SIZES),
    /** Blocks without data are recorded as not present, instead of as zeros. */
    absentBlocks: v.optional(v.literal(true)),
    ...common,
  }),
]);
export type Source = v.InferOutput<typeof Source>;

/**
 * Whether a disk is best read beside one with large holes: of these clusters, which all are data, the reference passes over holes in the file, but
 * reads all of them where the other disk is a vmdk or a vhdx, and asks for holes again for each table of a qcow2 image in small clusters (measured:
 * qemu-img 10.0, 12 s for 4 GiB beside clusters of 512 bytes on a busy machine).
 */
export function isPreallocated(source: Source): boolean {
  return source.format === 'qcow2' && source.preallocation !== undefined;
}

type Format = Source['format'];

/** Draws a source image: the usual formats, sizes, cluster sizes and data patterns, and what the swarm adds. */
export function drawSource(draw: Draw, swarm: Swarm): Source {
  const more: Format[] = swarm.includes('source-options') ? ['vhdx'] : [];
  const format = draw.pick(['qcow2', 'qcow2', 'qcow2', 'qcow2', 'raw', 'vmdk', 'vpc', ...more] as const);
  switch (format) {
    case 'qcow2':
      return drawQcow2Source(draw, swarm);
    case 'raw':
      return { format, ...drawRawContent(draw, swarm) };
    case 'vmdk': {
      const content = drawContent(draw, swarm, format, GRAINS);
      // Only a conversion can fill an image of the streaming kind.
      const streams = content.history.kind === 'converted' && swarm.includes('source-options') && draw.chance(0.5);
      if (streams) return { format, subformat: 'streamOptimized', ...content };
      return {
        format,
        subformat: 'monolithicSparse',
        ...option(draw, swarm, { zeroedGrains: true as const }),
        ...content,
      };
    }
    case 'vpc': {
      const fixed = swarm.includes('source-options') && draw.chance(0.2);
      const content = drawContent(draw, swarm, format, { ...BLOCKS, cluster: 2 * MiB });
      const subformat = fixed && content.size <= 16 * MiB ? 'fixed' : 'dynamic';
      return { format, subformat, ...option(draw, swarm, { exactSize: true as const }), ...content };
    }
    case 'vhdx': {
      const blockSize = draw.pick(BLOCK_SIZES);
      const content = drawContent(draw, swarm, format, { ...BLOCKS, cluster: blockSize });
      // A conversion takes what it does not write for zeros, which blocks that are not present need not be.
      const isPlain = content.history.kind === 'created';
      return { format, blockSize, ...(isPlain && option(draw, swarm, { absentBlocks: true as const })), ...content };
    }
  }
}

/** An option of the format in half of the images, where the swarm allows any. */
function option<T extends object>(draw: Draw, swarm: Swarm, chosen: T): T | Record<never, never> {
  return swarm.includes('source-options') && draw.chance(0.5) ? chosen : {};
}

/** A vmdk has grains of 64 KiB, of which one table maps 512. */
const GRAINS = { cluster: 64 * KiB, table: 32 * MiB, compressible: false };

/** The block formats have one table for the whole disk. */
const BLOCKS = { table: 64 * MiB, compressible: false };

/** The share of internal snapshots among the images to which nothing else happened. */
const SNAPPED = 0.6;

/** The share of large images whose clusters have their places beforehand. */
const PREALLOCATED = 0.6;

function drawQcow2Source(draw: Draw, swarm: Swarm): Source {
  const options = drawReadQcow2(draw, swarm);
  const content = drawContent(draw, swarm, 'qcow2', qcow2Geometry(options, 0));
  if (content.size > BEYOND_32_BITS && !options.extendedL2 && draw.chance(PREALLOCATED)) {
    // What has a place already cannot be compressed.
    const writes = uncompressed(content.writes);
    return { format: 'qcow2', ...options, ...content, writes, backing: [], preallocation: 'metadata' };
  }
  const below = content.history.kind === 'created' && swarm.includes('chains') && draw.chance(0.95);
  const backing = below ? drawChain(draw, swarm, content, options.clusterSize) : [];
  const image = { layout: options, geometry: qcow2Geometry(options, content.size), written: content.writes };
  const isPlain = content.history.kind === 'created';
  return {
    format: 'qcow2',
    ...options,
    ...content,
    backing,
    ...(isPlain && drawSnapshot(draw, swarm, image, SNAPPED)),
  };
}

/** The share of sources of an uneven size where the swarm does not ask for them: every reader and every writer has an end to mind. */
const ODD_SOURCES = 0.3;

/** Whether a large disk costs little: with few tables, and where holes are passed over, by `cp` as by whoever reads it. */
function mayBeLarge(format: Format, { cluster }: Omit<Geometry, 'size'>): boolean {
  return format === 'vmdk' || format === 'vpc' || (format === 'qcow2' && cluster >= 64 * KiB);
}

function drawRawContent(draw: Draw, swarm: Swarm) {
  const content = drawContent(draw, swarm, 'raw', { cluster: 4 * KiB, table: 64 * KiB, compressible: false });
  const { history, size } = content;
  return drawOddEnd(draw, swarm, content, history.kind === 'resized' ? history.from : size);
}

/** The patterns that reach to the end of a disk. */
const FAR = ['rich', 'rich', 'rich', 'sparse', 'stripes'] as const;

const RICH = ['rich', 'rich', 'rich', 'rich'] as const;

type Content = Pick<Source, 'size' | 'pattern' | 'writes' | 'history'>;

function drawContent(draw: Draw, swarm: Swarm, format: Format, units: Omit<Geometry, 'size'>): Content {
  const beyond = mayBeLarge(format, units) ? drawBeyond(draw) : undefined;
  const size = beyond ?? drawSize(draw, swarm, SIZES, units.cluster, ODD_SOURCES);
  const history: History = beyond ? { kind: 'created' } : drawHistory(draw, swarm, format, size, units);
  const disk = { ...units, size: history.kind === 'resized' ? history.from : size };
  const table = format === 'raw' ? (['mbr', 'mbr'] as const) : [];
  const usual = ['zeros', 'random', 'sparse', ...table, 'filled', 'stripes', ...RICH, ...RICH] as const;
  // A large disk is for what lies far behind.
  const pattern = draw.pick(beyond ? FAR : usual);
  return { size, pattern, writes: drawPattern(draw, swarm, pattern, disk), history };
}

function drawPattern(draw: Draw, swarm: Swarm, pattern: Source['pattern'], disk: Geometry): Write[] {
  switch (pattern) {
    case 'zeros':
      return [];
    case 'random':
      return drawBlocks(draw, disk.size);
    case 'sparse':
      return drawSpread(draw, disk.size);
    case 'mbr':
      return partitionTable();
    case 'filled':
      return drawFilled(draw, swarm, disk);
    case 'stripes':
      // Behind all else: where stripes are, nothing can be compressed any more.
      return [...drawWrites(draw, swarm, disk, 1, 3), ...drawStripes(draw, disk)];
    case 'rich':
      return drawWrites(draw, swarm, disk, 2, 8);
  }
}
