/** Copies of images that are spoilt on purpose, and where in an image that can be done. */
import { KiB } from '../../plan/size.ts';
import type { Source } from '../../plan/source.ts';
import type { Preparation } from '../operation.ts';

/** Bytes of a file, not of its disk, that are to be the same one. */
export interface Bytes {
  readonly offset: number;
  /** One, unless it is told. */
  readonly length?: number;
  readonly byte: number;
}

/**
 * Where a new qcow2 image has its tables, in clusters of the file: behind the header's lie the refcount table, its first block, and the L1 table;
 * what is written first adds an L2 table and itself (measured: qemu-img 10.0, `ERROR cluster 5 refcount=0`). The clusters have to hold all of a table.
 */
export const [L1_TABLE, L2_TABLE, DATA] = [3, 4, 5];

const REFCOUNT_BLOCK = 2;

/** How often a cluster is counted, at most 255 times: a count has two bytes, the higher one first (docs/interop/qcow2.rst). */
export function counted(cluster: number, times: number, clusterSize: number): Bytes {
  return { offset: REFCOUNT_BLOCK * clusterSize + cluster * 2 + 1, byte: times };
}

/** An entry of a table, whose highest byte is its first, leads to a place between two clusters. */
export function astray(entry: number): Bytes {
  return { offset: entry + 6, byte: 2 };
}

/** Whether the reference laid the image out so that it is known where the tables lie: straight from `create`, in clusters that hold all tables. */
export function isCountedPlainly(source: Source): source is Source & { format: 'qcow2' } {
  if (source.format !== 'qcow2' || source.history.kind !== 'created') return false;
  return source.refcountBits === 16 && source.clusterSize >= 4 * KiB;
}

/**
 * Where in the file the L2 entry of what was written first lies; undefined where that was no data, or where compressed data, which begin where
 * they like, may have taken the place of the table.
 */
export function firstEntry(source: Source & { format: 'qcow2' }): number | undefined {
  const { clusterSize, extendedL2, snapshot = [], writes } = source;
  const all = [...snapshot, ...writes];
  const [first] = all;
  if (first?.kind !== 'data' || all.some(({ kind }) => kind === 'compressed')) return undefined;
  const width = extendedL2 ? 16 : 8;
  const index = Math.floor(first.offset / clusterSize) % (clusterSize / width);
  return L2_TABLE * clusterSize + index * width;
}

/** Each side's file, copied on that side. */
export function copied(file: string, copy: string): Preparation {
  return { kind: 'each', program: 'cp', args: [file, copy] };
}

/** The words with which `qemu-io` puts bytes into a file. */
export function bytesArguments(file: string, ...all: readonly Bytes[]): string[] {
  const commands = all.map(({ offset, length = 1, byte }) => `write -q -P ${byte} ${offset} ${length}`);
  return ['-f', 'raw', ...commands.flatMap((command) => ['-c', command]), file];
}

/** Puts bytes into each side's file. */
export function setBytes(file: string, ...all: readonly Bytes[]): Preparation {
  return { kind: 'each', program: 'qemu-io', args: bytesArguments(file, ...all) };
}
