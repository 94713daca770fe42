import type { ImageFile } from '../oracles/observation.ts';
import { type Qcow2Options, qcow2Arguments } from '../plan/qcow2.ts';
import { sizeText } from '../plan/size.ts';
import type { Layer, Source } from '../plan/source.ts';
import type { Write } from '../plan/write.ts';
import type { Preparation } from './operation.ts';

/** Values of `-o`, by their names; those without a value are left out. */
export type FormatOptions = Readonly<Record<string, string | number | undefined>>;

/** The source image's path in either side's directory. */
export const SOURCE_FILE = 'source.img';

/** What the source image was made from, where it was made from another. */
const ORIGIN_FILE = 'origin.img';

/** The source image and the chain below it, as files that an operation reads. */
export function sourceFiles(source: Source): readonly ImageFile[] {
  const below = source.format === 'qcow2' ? source.backing : [];
  const chain = below.map(({ format }, depth) => ({ path: backingFile(depth), format }));
  return [{ path: SOURCE_FILE, format: source.format }, ...chain];
}

function backingFile(depth: number): string {
  return `back${depth + 1}.img`;
}

/** The commands that make the source image and what lies below it, by the reference alone. */
export function buildSource(source: Source): Preparation[] {
  const { format, history, writes, size } = source;
  const options = sourceOptions(source);
  const plain = (file: string, bytes = size) => reference(createArguments(format, options, file, bytes));
  switch (history.kind) {
    case 'created':
      return [...buildChain(source), ...writeInto(format, SOURCE_FILE, writes)];
    case 'converted': {
      const compress = history.compressed ? ['-c'] : [];
      const spelled = [...optionArguments(options), ...compress];
      const args = ['convert', '-f', history.from, '-O', format, ...spelled, ORIGIN_FILE, SOURCE_FILE];
      const plainly = writes.map((write) =>
        write.kind === 'compressed' ? { ...write, kind: 'data' as const } : write,
      );
      return [
        reference(createArguments(history.from, {}, ORIGIN_FILE, size)),
        ...writeInto(history.from, ORIGIN_FILE, plainly),
        reference(args),
      ];
    }
    case 'resized': {
      const shrink = history.from > size ? ['--shrink'] : [];
      return [
        plain(SOURCE_FILE, history.from),
        ...writeInto(format, SOURCE_FILE, writes),
        reference(['resize', '-q', '-f', format, ...shrink, SOURCE_FILE, sizeText(size)]),
      ];
    }
    case 'committed':
      return [
        plain(SOURCE_FILE),
        ...writeInto(format, SOURCE_FILE, history.before),
        reference(overlayArguments(options, { file: SOURCE_FILE, format }, ORIGIN_FILE, size)),
        ...writeInto(format, ORIGIN_FILE, writes),
        reference(['commit', '-q', '-f', format, ORIGIN_FILE]),
      ];
    case 'rebased':
      return [
        plain(ORIGIN_FILE),
        ...writeInto(format, ORIGIN_FILE, history.below),
        reference(overlayArguments(options, { file: ORIGIN_FILE, format }, SOURCE_FILE, size)),
        ...writeInto(format, SOURCE_FILE, writes),
        reference(['rebase', '-q', '-f', format, '-b', '', SOURCE_FILE]),
      ];
  }
}

function buildChain(source: Source): Preparation[] {
  const { format, size } = source;
  const options = sourceOptions(source);
  const layers = source.format === 'qcow2' ? source.backing : [];
  if (layers.length === 0) return [reference(createArguments(format, options, SOURCE_FILE, size))];
  const [top] = layers;
  return [
    ...layers
      .flatMap((layer, depth) => buildLayer(layer, depth, layers[depth + 1]))
      .toReversed()
      .flat(),
    reference(overlayArguments(options, { file: backingFile(0), format: top?.format ?? '' }, SOURCE_FILE, size)),
  ];
}

/** One layer as a group of commands; groups are run from the lowest layer up. */
function buildLayer(layer: Layer, depth: number, below: Layer | undefined): Preparation[][] {
  const { format, size, writes } = layer;
  const file = backingFile(depth);
  const options = layer.format === 'qcow2' ? qcow2Arguments(layer) : {};
  const args =
    below === undefined
      ? createArguments(format, options, file, size)
      : overlayArguments(options, { file: backingFile(depth + 1), format: below.format }, file, size);
  return [[reference(args), ...writeInto(format, file, writes)]];
}

function sourceOptions(source: Source): FormatOptions {
  switch (source.format) {
    case 'qcow2':
      return qcow2Arguments(source);
    case 'raw':
      return {};
    case 'vmdk':
    case 'vpc':
      return { subformat: source.subformat };
    case 'vhdx':
      return { block_size: source.blockSize };
  }
}

/** A command of the reference that builds something for both sides. */
export function reference(args: readonly string[]): Preparation {
  return { kind: 'shared', program: 'reference', args };
}

/** A qcow2 image with data in it, made by the reference. */
export function buildQcow2(file: string, options: Qcow2Options, size: number, writes: readonly Write[]): Preparation[] {
  const args = createArguments('qcow2', qcow2Arguments(options), file, size);
  return [reference(args), ...writeInto('qcow2', file, writes)];
}

/** A qcow2 overlay with data in it, made by the reference. */
export function buildOverlay(
  file: string,
  backing: string,
  options: Qcow2Options,
  size: number,
  writes: readonly Write[],
): Preparation[] {
  const args = overlayArguments(qcow2Arguments(options), { file: backing, format: 'qcow2' }, file, size);
  return [reference(args), ...writeInto('qcow2', file, writes)];
}

/** A source image that is an overlay of another, or stands alone. */
export function overlaySource(top: Qcow2Options & Pick<Source, 'size' | 'writes'>, below?: Layer): Source {
  return { format: 'qcow2', ...top, pattern: 'rich', history: { kind: 'created' }, backing: below ? [below] : [] };
}

/** The words of a `create` command; options without a value are left out. */
export function createArguments(format: string, options: FormatOptions, file: string, size: number): string[] {
  return ['create', '-q', '-f', format, ...optionArguments(options), file, sizeText(size)];
}

/** The words of a `create` of an overlay, its backing file recorded by name and format; without a size it takes the backing's. */
export function overlayArguments(
  options: FormatOptions,
  backing: { readonly file: string; readonly format: string },
  file: string,
  size: number | undefined,
  format = 'qcow2',
): string[] {
  const backingArguments = ['-b', backing.file, '-F', backing.format];
  const sizeArguments = size === undefined ? [] : [sizeText(size)];
  return ['create', '-q', '-f', format, ...optionArguments(options), ...backingArguments, file, ...sizeArguments];
}

/** Format options in the reference's spelling. */
export function optionArguments(options: FormatOptions): string[] {
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
  return ['-f', format, ...writes.flatMap((write) => ['-c', writeCommand(write)]), file];
}

function writeCommand(write: Write): string {
  const { kind, offset, length } = write;
  switch (kind) {
    case 'data':
      return `write -q -P ${write.byte} ${offset} ${length}`;
    case 'compressed':
      return `write -q -c -P ${write.byte} ${offset} ${length}`;
    case 'zeros':
      return `write -q -z ${write.unmap ? '-u ' : ''}${offset} ${length}`;
    case 'discard':
      return `discard -q ${offset} ${length}`;
  }
}
