import * as v from 'valibot';
import type { Draw } from './draw.ts';
import { drawReadQcow2, plainQcow2, Qcow2Options, qcow2Geometry } from './qcow2.ts';
import { drawLayerWrites, drawWrites } from './rich-writes.ts';
import { DiskSize, drawSize, GiB, KiB, MiB } from './size.ts';
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

/** One image of a chain below the source: the next one first, the lowest last. */
const Layer = v.variant('format', [
  v.strictObject({ format: v.literal('raw'), size: DiskSize, writes: Writes }),
  v.strictObject({ format: v.literal('qcow2'), ...Qcow2Options.entries, size: DiskSize, writes: Writes }),
]);
export type Layer = v.InferOutput<typeof Layer>;

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
  v.strictObject({ format: v.literal('raw'), ...common }),
  v.strictObject({
    format: v.literal('qcow2'),
    ...Qcow2Options.entries,
    ...common,
    backing: v.pipe(v.array(Layer), v.maxLength(3)),
  }),
  v.strictObject({
    format: v.literal('vmdk'),
    subformat: v.picklist(['monolithicSparse', 'streamOptimized']),
    ...common,
  }),
  v.strictObject({ format: v.literal('vpc'), subformat: v.picklist(['dynamic', 'fixed']), ...common }),
  v.strictObject({ format: v.literal('vhdx'), blockSize: v.picklist(BLOCK_SIZES), ...common }),
]);
export type Source = v.InferOutput<typeof Source>;

type Format = Source['format'];

/** Draws a source image: the user's formats, sizes, cluster sizes and data patterns, and what the swarm adds to them. */
export function drawSource(draw: Draw, swarm: Swarm): Source {
  const more: Format[] = swarm.includes('source-options') ? ['vhdx'] : [];
  const format = draw.pick(['qcow2', 'qcow2', 'qcow2', 'qcow2', 'raw', 'vmdk', 'vpc', ...more] as const);
  switch (format) {
    case 'qcow2':
      return drawQcow2Source(draw, swarm);
    case 'raw':
      return {
        format,
        ...drawContent(draw, swarm, format, { cluster: 4 * KiB, table: 64 * KiB, compressible: false }),
      };
    case 'vmdk': {
      const content = drawContent(draw, swarm, format, GRAINS);
      // Only a conversion can fill an image of the streaming kind.
      const streams = content.history.kind === 'converted' && swarm.includes('source-options') && draw.chance(0.5);
      return { format, subformat: streams ? 'streamOptimized' : 'monolithicSparse', ...content };
    }
    case 'vpc': {
      const fixed = swarm.includes('source-options') && draw.chance(0.2);
      const content = drawContent(draw, swarm, format, { ...BLOCKS, cluster: 2 * MiB });
      return { format, subformat: fixed && content.size <= 16 * MiB ? 'fixed' : 'dynamic', ...content };
    }
    case 'vhdx': {
      const blockSize = draw.pick(BLOCK_SIZES);
      return { format, blockSize, ...drawContent(draw, swarm, format, { ...BLOCKS, cluster: blockSize }) };
    }
  }
}

/** A vmdk has grains of 64 KiB, of which one table maps 512. */
const GRAINS = { cluster: 64 * KiB, table: 32 * MiB, compressible: false };

/** The block formats have one table for the whole disk. */
const BLOCKS = { table: 64 * MiB, compressible: false };

function drawQcow2Source(draw: Draw, swarm: Swarm): Source {
  const options = drawReadQcow2(draw, swarm);
  const content = drawContent(draw, swarm, 'qcow2', qcow2Geometry(options, 0));
  const below = content.history.kind === 'created' && swarm.includes('chains') && draw.chance(0.95);
  const backing = below ? drawChain(draw, swarm, content, options.clusterSize) : [];
  return { format: 'qcow2', ...options, ...content, backing };
}

function drawChain(
  draw: Draw,
  swarm: Swarm,
  top: Pick<Content, 'size' | 'writes'>,
  clusterSize: Qcow2Options['clusterSize'],
): Layer[] {
  return Array.from({ length: draw.integer(1, 3) }, (_, depth): Layer => {
    const size = drawBackingSize(draw, swarm, top.size);
    const options = plainQcow2(clusterSize);
    const geometry = { ...qcow2Geometry(options, size), edges: [top.size] };
    const writes = drawLayerWrites(draw, swarm, geometry, top.writes);
    if (depth > 0 && draw.chance(0.2)) {
      return { format: 'raw', size, writes: uncompressed(writes) };
    }
    return { format: 'qcow2', ...options, size, writes };
  }).filter((_, depth, layers) => !layers.slice(0, depth).some(({ format }) => format === 'raw'));
}

/**
 * The size of an image below another of `above` bytes: the same, or a smaller or larger one where the swarm allows it, elsewhere in the
 * share `otherwise`.
 */
export function drawBackingSize(draw: Draw, swarm: Swarm, above: number, otherwise = 0): number {
  if (!draw.chance(swarm.includes('uneven-chains') ? 0.85 : otherwise)) return above;
  const size = draw.pick([above / 2, above * 2, above - 64 * KiB, above + 64 * KiB, above - 512, above + 512]);
  return sectors(size);
}

/** Whether an image below another is shorter or longer than it, as `name=word`; nothing where both are as long. */
export function lengthOf(name: string, below: number, above: number): string[] {
  return below === above ? [] : [`${name}=${below < above ? 'shorter' : 'longer'}`];
}

/** A size in whole sectors, within what is drawn at all. */
function sectors(size: number): number {
  return Math.min(GiB, Math.max(64 * KiB, Math.floor(size / 512) * 512));
}

/** The share of sources of an uneven size where the swarm does not ask for them: every reader and every writer has an end to mind. */
const ODD_SOURCES = 0.3;

const RICH = ['rich', 'rich', 'rich', 'rich'] as const;

type Content = Pick<Source, 'size' | 'pattern' | 'writes' | 'history'>;

function drawContent(draw: Draw, swarm: Swarm, format: Format, units: Omit<Geometry, 'size'>): Content {
  const size = drawSize(draw, swarm, SIZES, units.cluster, ODD_SOURCES);
  const history = drawHistory(draw, swarm, format, size, units);
  const disk = { ...units, size: history.kind === 'resized' ? history.from : size };
  const table = format === 'raw' ? (['mbr', 'mbr'] as const) : [];
  const pattern = draw.pick(['zeros', 'random', 'sparse', ...table, 'filled', ...RICH, ...RICH] as const);
  return { size, pattern, writes: drawPattern(draw, swarm, pattern, disk), history };
}

function drawPattern(draw: Draw, swarm: Swarm, pattern: Source['pattern'], disk: Geometry): Write[] {
  switch (pattern) {
    case 'zeros':
      return [];
    case 'random':
      return drawBlocks(draw);
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
      return { kind, from: sectors(draw.pick([size / 2, size - 512, size + 512, size + MiB, size * 2])) };
    case 'committed':
      return { kind, before: drawLayerWrites(draw, swarm, disk) };
    case 'rebased':
      return { kind, below: drawLayerWrites(draw, swarm, disk) };
  }
}
