import * as v from 'valibot';
import { drawableSize, drawChain, Layer } from './chain.ts';
import type { Draw } from './draw.ts';
import { drawOddEnd, LessBytes } from './odd-end.ts';
import { drawReadQcow2, Qcow2Options, qcow2Geometry } from './qcow2.ts';
import { drawLayerWrites, drawWrites } from './rich-writes.ts';
import { BEYOND_32_BITS, DiskSize, drawBeyond, drawSize, GiB, KiB, MiB } from './size.ts';
import { drawSnapshot } from './snapshot.ts';
import type { Swarm } from './swarm.ts';
import { drawBlocks, drawFilled, drawSpread, type Geometry, partitionTable, type Write, Writes } from './write.ts';

const SIZES = [MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB] as const;
const BLOCK_SIZES = [MiB, 8 * MiB, 32 * MiB] as const;

/** What the reference did to the image after it was made: it need not come straight out of `create`. */
const History = v.variant('kind', [
  v.strictObject({ kind: v.literal('created') }),
  v.strictObject({ kind: v.literal('converted'), from: v.picklist(['raw', 'qcow2']), compressed: v.boolean() }),
  v.strictObject({ kind: v.literal('resized'), from: DiskSize }),
  /** An overlay with the writes was committed into the image, which had these before. */
  v.strictObject({ kind: v.literal('committed'), before: Writes }),
  /** The image had a backing file with these writes, and was rebased onto none. */
  v.strictObject({ kind: v.literal('rebased'), below: Writes }),
]);
export type History = v.InferOutput<typeof History>;

const common = {
  size: DiskSize,
  pattern: v.picklist(['rich', 'mbr', 'zeros', 'random', 'sparse', 'filled']),
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

function drawQcow2Source(draw: Draw, swarm: Swarm): Source {
  const options = drawReadQcow2(draw, swarm);
  const content = drawContent(draw, swarm, 'qcow2', qcow2Geometry(options, 0));
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

/** The share of disks whose last part lies beyond 32 bits. */
const BEYOND = 0.04;

/** Whether a large disk costs little: with few tables, and where holes are passed over, by `cp` as by whoever reads it. */
function mayBeLarge(format: Format, { cluster }: Omit<Geometry, 'size'>): boolean {
  return format === 'vmdk' || format === 'vpc' || (format === 'qcow2' && cluster >= 64 * KiB);
}

function drawRawContent(draw: Draw, swarm: Swarm) {
  const content = drawContent(draw, swarm, 'raw', { cluster: 4 * KiB, table: 64 * KiB, compressible: false });
  const { history, size } = content;
  return drawOddEnd(draw, swarm, content, history.kind === 'resized' ? history.from : size);
}

const RICH = ['rich', 'rich', 'rich', 'rich'] as const;

type Content = Pick<Source, 'size' | 'pattern' | 'writes' | 'history'>;

function drawContent(draw: Draw, swarm: Swarm, format: Format, units: Omit<Geometry, 'size'>): Content {
  const beyond = mayBeLarge(format, units) ? drawBeyond(draw, BEYOND) : undefined;
  const size = beyond ?? drawSize(draw, swarm, SIZES, units.cluster, ODD_SOURCES);
  const history: History = beyond ? { kind: 'created' } : drawHistory(draw, swarm, format, size, units);
  const disk = { ...units, size: history.kind === 'resized' ? history.from : size, edges: [BEYOND_32_BITS] };
  const table = format === 'raw' ? (['mbr', 'mbr'] as const) : [];
  const pattern = draw.pick(['zeros', 'random', 'sparse', ...table, 'filled', ...RICH, ...RICH] as const);
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
    case 'rich':
      return drawWrites(draw, swarm, disk, 2, 8);
  }
}

/**
 * Clusters of a disk that is committed or rebased before its time: the reference looks at each, which at 512 bytes a cluster takes some
 * seconds for 1 GiB, and on a busy machine more than a command may.
 */
const MOST_CLUSTERS_MOVED = 262_144;

function drawHistory(draw: Draw, swarm: Swarm, format: Format, size: number, units: Omit<Geometry, 'size'>): History {
  const none: History = { kind: 'created' };
  if (!swarm.includes('histories') || draw.chance(0.4)) return none;
  const disk = { ...units, size };
  const moves = size / units.cluster <= MOST_CLUSTERS_MOVED ? (['committed', 'rebased'] as const) : [];
  const kinds = format === 'qcow2' ? (['converted', 'resized', ...moves] as const) : (['converted'] as const);
  const kind = draw.pick(format === 'raw' ? (['converted', 'resized'] as const) : kinds);
  switch (kind) {
    case 'converted':
      return { kind, from: draw.pick(['raw', 'qcow2']), compressed: format === 'qcow2' && draw.chance(0.3) };
    case 'resized':
      return { kind, from: drawableSize(draw.pick([size / 2, size - 512, size + 512, size + MiB, size * 2])) };
    case 'committed':
      return { kind, before: drawLayerWrites(draw, swarm, disk) };
    case 'rebased':
      return { kind, below: drawLayerWrites(draw, swarm, disk) };
  }
}
