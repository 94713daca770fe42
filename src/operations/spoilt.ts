/** Copies of images that are spoilt on purpose, and where in an image that can be done. */
import { KiB } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import type { Preparation } from './operation.ts';

/** Whether the reference laid the image out so that it is known where the tables lie: straight from `create`, in clusters that hold all tables. */
export function isCountedPlainly(source: Source): source is Source & { format: 'qcow2' } {
  if (source.format !== 'qcow2' || source.history.kind !== 'created') return false;
  return source.refcountBits === 16 && source.clusterSize >= 4 * KiB;
}

/** The first L2 table: its cluster, behind which the first cluster of data follows, and where in the file the entry of that lies. */
interface Table {
  readonly cluster: number;
  readonly entry: number;
}

/**
 * What is written first puts an L2 table into the fifth cluster and itself into the sixth; undefined where something else is written first, or
 * where compressed data, which begin where they like, may have taken their place.
 */
export function firstTable({
  clusterSize,
  extendedL2,
  snapshot = [],
  writes,
}: Source & { format: 'qcow2' }): Table | undefined {
  const all = [...snapshot, ...writes];
  const [first] = all;
  if (first?.kind !== 'data' || all.some(({ kind }) => kind === 'compressed')) return undefined;
  const width = extendedL2 ? 16 : 8;
  const index = Math.floor(first.offset / clusterSize) % (clusterSize / width);
  return { cluster: 4, entry: 4 * clusterSize + index * width };
}

/** Each side's file, copied on that side. */
export function copied(file: string, copy: string): Preparation {
  return { kind: 'each', program: 'cp', args: [file, copy] };
}

/** The bytes at an offset of each side's file, not of its disk, are others. */
export function setBytes(file: string, offset: number, byte: number, length = 1): Preparation[] {
  const command = `write -q -P ${byte} ${offset} ${length}`;
  return [{ kind: 'each', program: 'qemu-io', args: ['-f', 'raw', '-c', command, file] }];
}
