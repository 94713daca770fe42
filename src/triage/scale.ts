import { insideOf, isUnit, ordinaryOf, type SchemaNode } from '../plan/schema.ts';
import { SECTOR } from '../plan/size.ts';
import { isExtent, type Members, withParts } from './values.ts';

/** The most ordinary unit in the place of another, with all extents as many of it as they were of the other: what crosses its borders still does. */
export function* scaled(node: SchemaNode, value: Members): Generator<Members> {
  for (const [name, entry] of Object.entries(node.entries ?? {})) {
    const [usual] = ordinaryOf(entry);
    const unit = value[name];
    if (!isUnit(entry) || typeof unit !== 'number' || typeof usual !== 'number' || unit === usual) continue;
    yield inUnits(node, value, { unit, usual }) as Members;
  }
}

interface Units {
  readonly unit: number;
  readonly usual: number;
}

function inUnits(schema: SchemaNode, value: unknown, units: Units): unknown {
  const node = insideOf(schema);
  if (isUnit(node) && value === units.unit) return units.usual;
  const changed = withParts(node, value, (entry, part) => inUnits(entry, part, units));
  if (!isExtent(changed)) return changed;
  const { offset, length, stride } = changed;
  const apart = typeof stride === 'number' ? { stride: inSectors(stride, units) } : {};
  return { ...changed, offset: inSectors(offset, units), length: Math.max(SECTOR, inSectors(length, units)), ...apart };
}

function inSectors(bytes: number, { unit, usual }: Units): number {
  return Math.round((bytes / unit) * (usual / SECTOR)) * SECTOR;
}
