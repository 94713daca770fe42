/** How the source image of an iteration is made, by the reference alone. */
import type { Layer } from '../../plan/chain.ts';
import { sizeText } from '../../plan/size.ts';
import type { Source } from '../../plan/source.ts';
import type { Write } from '../../plan/write.ts';
import type { Preparation } from '../operation.ts';
import {
  type Backing,
  backingFile,
  build,
  buildWithSnapshot,
  type Image,
  imageOf,
  reference,
  SOURCE_FILE,
} from './fixture.ts';
import { layerOptions, optionArguments, optionsOf } from './image-options.ts';
import { forgottenFormats } from './unnamed-backing.ts';

/** What the source image was made from, where it was made from another. */
const ORIGIN_FILE = 'origin.img';

/** The commands that make the source image and what lies below it, by the reference alone. */
export function buildSource(source: Source): Preparation[] {
  return [...buildWhole(source), ...oddEnds(source)];
}

/** Cuts raw files off within their last sector. No `create` makes such a file: it rounds up (measured: qemu-img 10.0). */
function oddEnds(source: Source): Preparation[] {
  const cut = (file: string, size: number, lessBytes: number | undefined): Preparation[] =>
    lessBytes === undefined
      ? []
      : [reference(['resize', '-q', '-f', 'raw', '--shrink', file, sizeText(size - lessBytes)])];
  if (source.format === 'raw') return cut(SOURCE_FILE, source.size, source.lessBytes);
  const layers = source.format === 'qcow2' ? source.backing : [];
  return layers.flatMap((layer, depth) =>
    layer.format === 'raw' ? cut(backingFile(depth), layer.size, layer.lessBytes) : [],
  );
}

function buildWhole(source: Source): Preparation[] {
  const { format, history, writes, size } = source;
  const options = optionsOf(source);
  const plain = (file: string, content: readonly Write[], bytes = size): Image =>
    imageOf({ format, options, file, size: bytes, writes: content });
  const above = (file: string, below: string): Image =>
    imageOf({ format, options, file, size, writes, below: { file: below, format } });
  switch (history.kind) {
    case 'created':
      return buildChain(source);
    case 'converted': {
      const compress = history.compressed ? ['-c'] : [];
      const spelled = [...optionArguments(options), ...compress];
      const args = ['convert', '-f', history.from, '-O', format, ...spelled, ORIGIN_FILE, SOURCE_FILE];
      const plainly = writes.map((write) =>
        write.kind === 'compressed' ? { ...write, kind: 'data' as const } : write,
      );
      const origin = imageOf({ format: history.from, options: {}, file: ORIGIN_FILE, size, writes: plainly });
      return [...build([origin]), reference(args)];
    }
    case 'resized': {
      const shrink = history.from > size ? ['--shrink'] : [];
      const args = ['resize', '-q', '-f', format, ...shrink, SOURCE_FILE, sizeText(size)];
      return [...build([plain(SOURCE_FILE, writes, history.from)]), reference(args)];
    }
    case 'committed': {
      const images = [plain(SOURCE_FILE, history.before), above(ORIGIN_FILE, SOURCE_FILE)];
      return [...build(images), reference(['commit', '-q', '-f', format, ORIGIN_FILE])];
    }
    case 'rebased': {
      const images = [plain(ORIGIN_FILE, history.below), above(SOURCE_FILE, ORIGIN_FILE)];
      return [...build(images), reference(['rebase', '-q', '-f', format, '-b', '', SOURCE_FILE])];
    }
  }
}

function buildChain(source: Source): Preparation[] {
  if (source.format !== 'qcow2') return build(chainOf(source));
  const made = buildWithSnapshot(chainOf(source), SOURCE_FILE, source.snapshot);
  const below = source.backing.map((image, depth) => ({ image, file: backingFile(depth) }));
  return [...made, ...forgottenFormats([{ image: source, file: SOURCE_FILE }, ...below])];
}

/** The source image and those below it, the lowest first. */
function chainOf(source: Source): Image[] {
  const { format, size, writes } = source;
  const layers = source.format === 'qcow2' ? source.backing : [];
  const below = layers.map((layer, depth) => layerImage(layer, depth, layers[depth + 1])).toReversed();
  const top = { format, options: optionsOf(source), file: SOURCE_FILE, size, writes };
  return [...below, imageOf({ ...top, below: backingAt(0, layers[0]) })];
}

function layerImage(layer: Layer, depth: number, next: Layer | undefined): Image {
  const { format, size, writes } = layer;
  const made = { format, options: layerOptions(layer), file: backingFile(depth), size, writes };
  return imageOf({ ...made, below: backingAt(depth + 1, next) });
}

function backingAt(depth: number, layer: Layer | undefined): Backing | undefined {
  return layer && { file: backingFile(depth), format: layer.format };
}
