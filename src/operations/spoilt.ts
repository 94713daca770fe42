/** Copies of images that are spoilt on purpose, and where in an image that can be done. */
import { KiB } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import type { Preparation } from './operation.ts';

/** Whether the reference laid the image out so that it is known where the tables lie: straight from `create`, in clusters that hold all tables. */
export function isCountedPlainly(source: Source): source is Source & { format: 'qcow2' } {
  if (source.format !== 'qcow2' || source.history.kind !== 'created') return false;
  return source.refcountBits === 16 && source.clusterSize >= 4 * KiB;
}

/** On each side a copy of its file, in which the byte at an offset of the file, not of the disk, is another. */
export function spoiltCopy(file: string, copy: string, offset: number, byte: number): Preparation[] {
  return [copied(file, copy), ...setByte(copy, offset, byte)];
}

/** Each side's file, copied on that side. */
export function copied(file: string, copy: string): Preparation {
  return { kind: 'each', program: 'cp', args: [file, copy] };
}

/** The byte at an offset of each side's file is another. */
export function setByte(file: string, offset: number, byte: number): Preparation[] {
  return [{ kind: 'each', program: 'qemu-io', args: ['-f', 'raw', '-c', `write -q -P ${byte} ${offset} 1`, file] }];
}
