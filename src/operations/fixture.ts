import { sizeText } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import type { Write } from '../plan/write.ts';
import type { Preparation } from './operation.ts';

/** The source image's path in either side's directory. */
export const SOURCE_FILE = 'source.img';

/** The commands that make the source image, by the reference alone. */
export function buildSource(source: Source): Preparation[] {
  const options = source.format === 'qcow2' ? { cluster_size: source.clusterSize } : {};
  const subformat = source.format === 'vmdk' ? { subformat: 'monolithicSparse' } : {};
  const args = createArguments(source.format, { ...options, ...subformat }, SOURCE_FILE, source.size);
  return [{ kind: 'shared', program: 'reference', args }, ...writeInto(source.format, SOURCE_FILE, source.writes)];
}

/** The words of a `create` command; options without a value are left out. */
export function createArguments(
  format: string,
  options: Readonly<Record<string, string | number | undefined>>,
  file: string,
  size: number,
): string[] {
  return ['create', '-q', '-f', format, ...optionArguments(options), file, sizeText(size)];
}

/** The words of a qcow2 overlay's `create`, its backing file recorded by name and format. */
export function overlayArguments(
  options: Readonly<Record<string, string | number | undefined>>,
  backing: string,
  file: string,
  size: number,
): string[] {
  const backingArguments = ['-b', backing, '-F', 'qcow2'];
  return ['create', '-q', '-f', 'qcow2', ...optionArguments(options), ...backingArguments, file, sizeText(size)];
}

function optionArguments(options: Readonly<Record<string, string | number | undefined>>): string[] {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.length === 0 ? [] : ['-o', given.map(([key, value]) => `${key}=${value}`).join(',')];
}

/** All writes of an image in one process of `qemu-io`, on the shared fixture. */
export function writeInto(format: string, file: string, writes: readonly Write[]): Preparation[] {
  if (writes.length === 0) return [];
  return [{ kind: 'shared', program: 'qemu-io', args: writeArguments(format, file, writes) }];
}

/** The same writes on each side's own file. */
export function writeOnEach(format: string, file: string, writes: readonly Write[]): Preparation[] {
  if (writes.length === 0) return [];
  return [{ kind: 'each', program: 'qemu-io', args: writeArguments(format, file, writes) }];
}

function writeArguments(format: string, file: string, writes: readonly Write[]): string[] {
  const commands = writes.flatMap(({ offset, length, byte }) => ['-c', `write -q -P ${byte} ${offset} ${length}`]);
  return ['-f', format, ...commands, file];
}
