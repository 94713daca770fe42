import type { ImageFile } from '../../oracles/observation.ts';
import { sizeText } from '../../plan/size.ts';
import type { Source } from '../../plan/source.ts';
import { type Piece, piecesOf } from '../../plan/stripes.ts';
import type { Write } from '../../plan/write.ts';
import type { Preparation } from '../operation.ts';
import { type FormatOptions, optionArguments } from './image-options.ts';
import { noisePath } from './noise.ts';

/** The source image's path in either side's directory. */
export const SOURCE_FILE = 'source.img';

/** The source image and the chain below it, as files that an operation reads. */
export function sourceFiles(source: Source): readonly ImageFile[] {
  const below = source.format === 'qcow2' ? source.backing : [];
  const chain = below.map(({ format }, depth) => ({ path: backingFile(depth), format }));
  return [{ path: SOURCE_FILE, format: source.format }, ...chain];
}

/** Where an image below the source lies, the next one at no depth. */
export function backingFile(depth: number): string {
  return `back${depth + 1}.img`;
}

/** A command of the reference that builds something for both sides. */
export function reference(args: readonly string[]): Preparation {
  return { kind: 'shared', program: 'reference', args };
}

/** An image that the reference makes: the words of its `create`, and what is written into it. */
export interface Image {
  readonly create: readonly string[];
  readonly format: string;
  readonly file: string;
  readonly writes: readonly Write[];
}

/** The commands that make images, lower ones first, and fill all of them by one process: its start costs more than its work. */
export function build(images: readonly Image[]): Preparation[] {
  const filled = images.filter(({ writes }) => writes.length > 0);
  const [first, ...others] = filled;
  const created = images.map(({ create }) => reference(create));
  if (first === undefined) return created;
  const args = others.length === 0 ? writeArguments(first.format, first.file, first.writes) : filled.flatMap(writeOne);
  return [...created, { kind: 'shared', program: 'qemu-io', args }];
}

function writeOne({ format, file, writes }: Image): string[] {
  const commands = [`open -o driver=${format} ${file}`, ...piecesOf(writes).map(writeCommand), 'close'];
  return commands.flatMap((command) => ['-c', command]);
}

/** The name of each internal snapshot. */
export const SNAPSHOT = 'before';

/** The same, but of one image a snapshot is taken when it holds what is told, and only then it is written to. */
export function buildWithSnapshot(
  images: readonly Image[],
  file: string,
  snapshot: readonly Write[] | undefined,
): Preparation[] {
  if (snapshot === undefined) return build(images);
  const first = images.map((image) => (image.file === file ? { ...image, writes: snapshot } : image));
  return [
    ...build(first),
    reference(['snapshot', '-q', '-c', SNAPSHOT, file]),
    ...images.filter((image) => image.file === file).flatMap(fill),
  ];
}

/** The words with which the reference copies what an internal snapshot of a qcow2 image holds. */
export function snapshotCopy(snapshot: string, file: string, copy: string): string[] {
  return ['convert', '-q', '-f', 'qcow2', '-O', 'qcow2', '-l', snapshot, file, copy];
}

/** All writes of an image that is there already, in one process. */
export function fill({ format, file, writes }: Image): Preparation[] {
  if (writes.length === 0) return [];
  return [{ kind: 'shared', program: 'qemu-io', args: writeArguments(format, file, writes) }];
}

/** What an image is made from. */
export interface ImageDescription {
  readonly format: string;
  readonly options: FormatOptions;
  readonly file: string;
  readonly size: number;
  readonly writes: readonly Write[];
  readonly below?: Backing | undefined;
}

/** An image with data in it. */
export function imageOf({ format, options, file, size, writes, below }: ImageDescription): Image {
  return { create: createArguments(format, options, file, size, below), format, file, writes };
}

/** The image that an overlay records as below it, by name and format. */
export interface Backing {
  readonly file: string;
  readonly format: string;
}

/** The words of a `create` command; options without a value are left out, and without a size an overlay takes its backing's. */
export function createArguments(
  format: string,
  options: FormatOptions,
  file: string,
  size: number | undefined,
  below?: Backing,
): string[] {
  const backingArguments = below === undefined ? [] : ['-b', below.file, '-F', below.format];
  const sizeArguments = size === undefined ? [] : [sizeText(size)];
  return ['create', '-q', '-f', format, ...optionArguments(options), ...backingArguments, file, ...sizeArguments];
}

/** All writes of an image in one process, on each side's own file. */
export function writeOnEach(format: string, file: string, writes: readonly Write[]): Preparation[] {
  if (writes.length === 0) return [];
  return [{ kind: 'each', program: 'qemu-io', args: writeArguments(format, file, writes) }];
}

function writeArguments(format: string, file: string, writes: readonly Write[]): string[] {
  return ['-f', format, ...piecesOf(writes).flatMap((piece) => ['-c', writeCommand(piece)]), file];
}

function writeCommand(piece: Piece): string {
  const { kind, offset, length } = piece;
  switch (kind) {
    case 'data':
      return `write -q ${dataOf(piece)} ${offset} ${length}`;
    case 'compressed':
      return `write -q -c ${dataOf(piece)} ${offset} ${length}`;
    case 'zeros':
      return `write -q -z ${piece.unmap ? '-u ' : ''}${offset} ${length}`;
    case 'discard':
      return `discard -q ${offset} ${length}`;
  }
}

/** A byte for all of it, or a file. */
function dataOf({ byte, content }: Write & { kind: 'data' | 'compressed' }): string {
  return content === undefined ? `-P ${byte}` : `-s ${noisePath(content, byte)}`;
}
