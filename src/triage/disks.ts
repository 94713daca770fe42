import { chosenOf, insideOf, ordinaryOf, type SchemaNode } from '../plan/schema.ts';
import { BEYOND_32_BITS, CLUSTER, MiB, SECTOR } from '../plan/size.ts';
import { simplerNumbers } from './numbers.ts';
import { type Extent, isExtent, isObject, type Members, roundedOut, withParts } from './values.ts';

/** What becomes of an extent that the smaller disk has no room for where it is. */
type Move = (extent: Members & Extent, node: SchemaNode) => Members;

interface Change {
  /** What ends beyond this offset of the first disk has to move. */
  readonly beyond: number;
  /** By how much all disks grow, in bytes; below zero they get smaller. */
  readonly by: number;
  readonly move: Move;
}

/**
 * All disks of an object and its parts get smaller by the same, and what was written near their ends stays near them, as it is or as
 * whole clusters; or it moves nearer to the start, all by the same. A disk below the most ordinary size grows to it, and one beyond 32 bits to the
 * ordinary one of those: else one bug would be told by its size as two.
 */
export function* otherDisks(node: SchemaNode, value: Members): Generator<Members> {
  const disk = diskOf(node, value);
  if (disk === undefined) return;
  const { entry, size } = disk;
  const [usual] = ordinaryOf(entry);
  for (const other of simplerNumbers(entry, size)) {
    if (other > size && other !== usual && size <= BEYOND_32_BITS) continue;
    const by = other - size;
    const beyond = other < size ? other : size / 2;
    for (const move of movesOf(by, firstBeyond(value, beyond))) {
      yield resized(node, value, { beyond, by, move }) as Members;
    }
  }
}

/** Without a part of an object that may be left out and has a disk of its own, but of that one's size: it may have come from there. */
export function* withoutParts(node: SchemaNode, value: Members): Generator<Members> {
  const disk = diskOf(node, value);
  if (disk === undefined) return;
  for (const [name, entry] of Object.entries(node.entries ?? {})) {
    const { [name]: part, ...rest } = value;
    const inner = entry.type === 'optional' && isObject(part) ? diskOf(insideOf(entry), part) : undefined;
    if (inner !== undefined && inner.size !== disk.size) yield { ...rest, [disk.name]: inner.size };
  }
}

/** The same with a disk of an odd size: what one format rounds a disk to, another has to be told. */
export function* oddOf(node: SchemaNode, value: Members): Generator<Members> {
  const disk = diskOf(node, value);
  const [usual] = disk ? ordinaryOf(disk.entry) : [];
  if (disk !== undefined && typeof usual === 'number') yield { ...value, [disk.name]: usual + SECTOR };
}

/** The first disk of an object itself: its name, schema and size in bytes. */
function diskOf({ entries = {} }: SchemaNode, value: Members) {
  const disk = Object.entries(entries).find(([name, entry]) => isDisk(entry) && Number(value[name]) > 0);
  return disk && { name: disk[0], entry: disk[1], size: Number(value[disk[0]]) };
}

/** Ways to move what has no room where it is; `first` is where the first of it begins. */
function movesOf(by: number, first: number): Move[] {
  const withTheEnd: Move = (extent) => ({ ...extent, offset: Math.max(0, extent.offset + by) });
  const start = Math.floor(first / MiB) * MiB;
  return [
    withTheEnd,
    ({ offset, ...rest }, node) => wholeClusters({ ...rest, offset: Math.max(0, offset + by) }, node),
    ...(start > 0 ? [(extent: Members & Extent) => ({ ...extent, offset: extent.offset - start })] : []),
  ];
}

/** What is recorded by the cluster is not seen at all where it covers none as a whole. */
function wholeClusters(extent: Members & Extent, node: SchemaNode): Members {
  const lengths = node.entries?.['length'];
  if (lengths === undefined || ordinaryOf(lengths)[0] !== CLUSTER) return extent;
  return { ...extent, ...roundedOut(extent, CLUSTER) };
}

/** Zero where everything has room. */
function firstBeyond(value: unknown, beyond: number): number {
  const moving = extentsIn(value).filter(({ offset, length }) => offset + length > beyond);
  return moving.length === 0 ? 0 : Math.min(...moving.map(({ offset }) => offset));
}

function extentsIn(value: unknown): Extent[] {
  if (Array.isArray(value)) return value.flatMap(extentsIn);
  if (!isObject(value)) return [];
  return isExtent(value) ? [value] : Object.values(value).flatMap(extentsIn);
}

function resized(schema: SchemaNode, value: unknown, change: Change): unknown {
  const node = insideOf(schema);
  if (isDisk(node) && typeof value === 'number') return Math.max(SECTOR, value + change.by);
  const changed = withParts(node, value, (entry, part) => resized(entry, part, change));
  const stays = !isExtent(changed) || changed.offset + changed.length <= change.beyond;
  return stays ? changed : change.move(changed, chosenOf(node, value) ?? node);
}

/** Whether a number is the size of a disk, which its most ordinary value tells. */
export function isDisk(node: SchemaNode): boolean {
  return node.type === 'number' && Number(ordinaryOf(node)[0]) >= MiB;
}
