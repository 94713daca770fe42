import type { Draw } from './draw.ts';
import { BEYOND_32_BITS, CLUSTER, KiB } from './size.ts';
import { drawStripes } from './stripes.ts';
import { allowed, type Swarm } from './swarm.ts';
import { drawData, type Geometry, isZeroData, MOST_DATA, MOST_REQUEST, uncompressed, type Write } from './write.ts';

/**
 * Writes of every kind that the swarm allows, anywhere on the disk: from `least` to `most` of them. The compressed ones come first and
 * never twice to one place: the reference cannot compress a cluster that is already there.
 */
export function drawWrites(draw: Draw, swarm: Swarm, geometry: Geometry, least: number, most: number): Write[] {
  return drawOver(draw, swarm, geometry, [], draw.integer(least, most));
}

/** The share of images with data in some hundred places. */
const STRIPED = 0.04;

function drawOver(draw: Draw, swarm: Swarm, geometry: Geometry, below: readonly Write[], count: number): Write[] {
  const writes: Write[] = [];
  // Where an operation cuts or joins is where data are lost.
  if (edgeWithin(geometry) !== undefined && draw.chance(0.6)) writes.push(drawAcross(draw, swarm, geometry));
  if (draw.chance(STRIPED)) writes.push(...drawStripes(draw, geometry));
  // And what one image empties, data in another must not bring back.
  const [aim] = emptiedBy(below, geometry).slice(-1);
  if (aim !== undefined && draw.chance(0.5)) writes.push(drawUnder(draw, swarm, geometry, aim));
  while (writes.length < count) writes.push(drawWrite(draw, swarm, geometry, [...below, ...writes]));
  const compressed = writes.filter(({ kind }) => kind === 'compressed');
  const apart = compressed.filter((write, at) => !compressed.slice(0, at).some((other) => overlap(write, other)));
  return [...apart, ...uncompressed(writes)];
}

/**
 * The writes of one image of a chain: at least one in all but a few cases, so that there is something to move, keep or drop. Where
 * overlaps are allowed they fall on what lies `below` as well.
 */
export function drawLayerWrites(draw: Draw, swarm: Swarm, geometry: Geometry, below: readonly Write[] = []): Write[] {
  return draw.chance(0.1) ? [] : drawOver(draw, swarm, geometry, below, draw.integer(1, 4));
}

/** How much of what the images above empty a lower image has data under: there they must not be seen again. */
const UNDER = 0.8;

/** The writes of the lowest image of a chain of three: mostly with data where those `above` empty the disk, and anywhere else. */
export function drawLowerWrites(draw: Draw, swarm: Swarm, geometry: Geometry, above: readonly Write[]): Write[] {
  const emptied = emptiedBy(above, geometry).slice(-2);
  const under = emptied.filter(() => draw.chance(UNDER)).map((aim) => drawUnder(draw, swarm, geometry, aim));
  return [...drawLayerWrites(draw, swarm, geometry), ...under];
}

function overlap(one: Extent, other: Extent): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}

/** The share of data that are nothing but zeros, as a guest writes them: no format records these in a way of its own, but some tools pass them over. */
const ZEROS = 0.12;

function drawWrite(draw: Draw, swarm: Swarm, geometry: Geometry, before: readonly Write[]): Write {
  const { size, cluster, compressible } = geometry;
  const kinds = allowed(swarm, [
    ['data', undefined],
    ['data', undefined],
    ['zeros', 'zero-writes'],
    ['discard', 'discards'],
    ...(compressible && cluster <= size ? ([['compressed', 'compressed-writes']] as const) : []),
  ] as const);
  const kind = draw.pick(kinds);
  if (kind === 'compressed') return drawCompressed(draw, swarm, geometry);
  const most = Math.min(kind === 'data' ? MOST_DATA : MOST_REQUEST, size);
  const extent = drawExtent(draw, swarm, geometry, before, most);
  switch (kind) {
    case 'data': {
      if (draw.chance(ZEROS)) return { kind, ...bounded(emptied(draw, extent, geometry, before)), byte: 0 };
      const data = drawData(draw, swarm);
      return { kind, ...(data.content === undefined ? extent : inBulk(draw, extent, geometry)), ...data };
    }
    case 'zeros':
      return { kind, ...emptied(draw, extent, geometry, before), unmap: draw.chance(0.5) };
    case 'discard':
      return { kind, ...emptied(draw, extent, geometry, before) };
  }
}

interface Extent {
  readonly offset: number;
  readonly length: number;
}

function drawCompressed(draw: Draw, swarm: Swarm, { size, cluster }: Geometry): Write {
  const whole = Math.floor(size / cluster);
  const first = draw.pick([0, draw.integer(0, whole - 1), whole - 1]);
  const count = cluster <= 64 * KiB && first + 1 < whole ? draw.pick([1, 2]) : 1;
  return { kind: 'compressed', offset: first * cluster, length: count * cluster, ...drawData(draw, swarm) };
}

/**
 * Three in five of what empties a part of the disk empty whole clusters, which formats record in a way of their own; and half of that
 * where something was: over a hole it changes nothing.
 */
function emptied(draw: Draw, extent: Extent, { size, cluster }: Geometry, before: readonly Write[]): Extent {
  if (!draw.chance(0.6)) return extent;
  const earlier = before.length > 0 && draw.chance(0.5) ? before[draw.integer(0, before.length - 1)] : undefined;
  const aim = earlier !== undefined && earlier.offset < size ? earlier.offset : extent.offset;
  const offset = Math.floor(aim / cluster) * cluster;
  const count = draw.pick([1, 1, 2, 5]);
  return { offset, length: Math.min(size - offset, count * cluster) };
}

/** Clusters so small are full of metadata, for which the subject has little room: noise there is as short as other data. */
const SMALLEST_IN_BULK = 4 * KiB;

/** Most of the noise fills whole clusters of the usual size, in which a conversion compresses: in a part of one it hardly counts. */
function inBulk(draw: Draw, extent: Extent, { size, cluster }: Geometry): Extent {
  const whole = Math.floor(size / CLUSTER);
  if (whole === 0 || cluster < SMALLEST_IN_BULK || draw.chance(0.2)) return extent;
  const first = Math.min(Math.floor(extent.offset / CLUSTER), whole - 1);
  return { offset: first * CLUSTER, length: Math.min(draw.pick([1, 2, 3]), whole - first) * CLUSTER };
}

/** Data that end, begin or lie across where the operation cuts or joins. */
function drawAcross(draw: Draw, swarm: Swarm, geometry: Geometry): Write {
  const length = Math.min(drawLength(draw, swarm, geometry), MOST_DATA, geometry.size);
  const offset = offsetAt('edge', draw, geometry, length, []);
  const within = Math.min(Math.max(0, offset), geometry.size - length);
  return { kind: 'data', offset: within, length, ...drawData(draw, swarm) };
}

/** Data at the place that a write of another image empties: in the first cluster of it that is emptied whole, as others are written anew. */
function drawUnder(draw: Draw, swarm: Swarm, geometry: Geometry, { offset, length: emptied }: Extent): Write {
  const { size, cluster } = geometry;
  const length = Math.min(drawLength(draw, swarm, geometry), MOST_DATA, size);
  const whole = Math.ceil(offset / cluster) * cluster;
  const aim = whole < offset + emptied ? whole : offset;
  return { kind: 'data', offset: Math.min(aim, size - length), length, ...drawData(draw, swarm) };
}

/** Those of another image's writes that empty a part of this disk. */
function emptiedBy(writes: readonly Write[], { size }: Geometry): Write[] {
  return writes.filter((write) => empties(write) && write.offset < size);
}

function empties(write: Write): boolean {
  return write.kind === 'zeros' || write.kind === 'discard' || isZeroData(write);
}

function bounded({ offset, length }: Extent): Extent {
  return { offset, length: Math.min(length, MOST_DATA) };
}

/** An extent of at most so many bytes, which may fall on what was written `before`. */
function drawExtent(draw: Draw, swarm: Swarm, geometry: Geometry, before: readonly Write[], most: number): Extent {
  const { size } = geometry;
  const length = Math.min(drawLength(draw, swarm, geometry), most);
  const places = allowed(swarm, [
    ['start', undefined],
    ['anywhere', undefined],
    ['anywhere', undefined],
    ['byte', 'unaligned-writes'],
    ['border', 'border-writes'],
    ['end', 'end-writes'],
    ...(before.length > 0
      ? ([
          ['earlier', 'overlapping-writes'],
          ['earlier', 'overlapping-writes'],
        ] as const)
      : []),
    ...(edgeWithin(geometry) === undefined ? [] : ([['edge', undefined]] as const)),
  ] as const);
  const offset = offsetAt(draw.pick(places), draw, geometry, length, before);
  return { offset: Math.min(Math.max(0, offset), size - length), length };
}

function drawLength(draw: Draw, swarm: Swarm, { cluster }: Geometry): number {
  const lengths = allowed(swarm, [
    [512, undefined],
    [4 * KiB, undefined],
    [draw.integer(1, 5000), 'unaligned-writes'],
    [cluster, 'large-writes'],
    [2 * cluster + 512, 'large-writes'],
    [64 * KiB + 512, 'large-writes'],
  ] as const);
  return draw.pick(lengths);
}

type Place = 'start' | 'anywhere' | 'byte' | 'border' | 'end' | 'earlier' | 'edge';

function offsetAt(place: Place, draw: Draw, geometry: Geometry, length: number, before: readonly Write[]): number {
  const { size } = geometry;
  const room = size - length;
  switch (place) {
    case 'start':
      return 0;
    case 'anywhere':
      return draw.integer(0, Math.floor(room / 512)) * 512;
    case 'byte':
      return draw.integer(0, room);
    case 'border':
      return drawBorder(draw, geometry) - draw.pick([512, Math.ceil(length / 2)]);
    case 'edge':
      return (edgeWithin(geometry) ?? 0) - draw.pick([0, 512, Math.ceil(length / 2), length]);
    case 'end':
      return draw.chance(0.5) ? room : Math.floor((size - 1) / geometry.cluster) * geometry.cluster;
    case 'earlier': {
      const earlier = before[draw.integer(0, before.length - 1)];
      const step = draw.pick([-512, 0, 512]);
      return (earlier?.offset ?? 0) + step;
    }
  }
}

/** The first edge that lies within the disk. The first offset that needs more than 32 bits is an edge of every disk. */
function edgeWithin({ edges = [], size }: Geometry): number | undefined {
  return [BEYOND_32_BITS, ...edges].find((edge) => edge > 0 && edge <= size);
}

/** Where one unit of the format ends and the next begins: a cluster, a table's share, or the 64 KiB of a transport or grain. */
function drawBorder(draw: Draw, { size, cluster, table }: Geometry): number {
  const unit = draw.pick([cluster, cluster, 64 * KiB, table]);
  const borders = Math.floor((size - 1) / unit);
  return borders < 1 ? 0 : draw.pick([1, draw.integer(1, borders), borders]) * unit;
}
