import { insideOf, isUnit, ordinaryOf, type SchemaNode } from '../plan/schema.ts';
import { SECTOR } from '../plan/size.ts';
import { isDisk } from './disks.ts';
import { isExtent, type Members, withParts } from './values.ts';

/**
 * The most ordinary unit in the place of another, with all extents as many of it as they were of the other: what crosses its borders still does. First on
 * disks as large as they were, then on such as are as many of it too: so many places of their own need room.
 */
export function* scaled(node: SchemaNode, value: Members): Generator<Members> {
  for (const [name, entry] of Object.entries(node.entries ?? {})) {
    const [usual] = ordinaryOf(entry);
    const unit = value[name];
    if (!isUnit(entry) || typeof unit !== 'number' || typeof usual !== 'number' || unit === usual) continue;
    for (const disks of [false, true]) yield inUnits(node, value, { unit, usual, disks }) as Members;
  }
}

interface Units {
  readonly unit: number;
  readonly usual: number;
  /** Whether the sizes of disks are counted in units. */
  readonly disks: boolean;
}

function inUnits(schema: SchemaNode, value: unknown, units: Units): unknown {
  const node = insideOf(schema);
  if (isUnit(node) && value === units.unit) return units.usual;
  if (units.disks && isDisk(node) && typeof value === 'number') return inSectors(value, units);
  const changed = withParts(node, value, (entry, part) => inUnits(entry, part, units));
  if (!isExtent(changed)) return changed;
  const { offset, length, stride } = changed;
  const apart = typeof stride === 'number' ? { stride: inSectors(stride, units) } : {};
  return { ...changed, offset: inSectors(offset, units), length: Math.max(SECTOR, inSectors(length, units)), ...apart };
}

function inSectors(bytes: number, { unit, usual }: Units): number {
  return Math.round((bytes / unit) * (usual / SECTOR)) * SECTOR;
}
