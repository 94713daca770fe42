import * as v from 'valibot';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import type { ImageFile, Invariant } from '../oracles/observation.ts';
import { sameImage } from '../oracles/same-image.ts';
import type { Choices, Draw } from '../plan/draw.ts';
import type { Circumstances } from '../plan/plan.ts';
import { ordinary } from '../plan/schema.ts';
import { KiB, MiB, MOST_SIZE, SECTOR, sizeText } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import { type Piece, piecesOf, type Stripes, someOf } from '../plan/stripes.ts';
import type { Swarm } from '../plan/swarm.ts';
import { type Window, windowOf } from '../plan/window.ts';
import type { Write } from '../plan/write.ts';
import { operation } from './operation.ts';
import { conversionMistakes, convertedFile, convertedSource, describing, wholeSectors } from './parts/conversion.ts';
import { SOURCE_FILE, sourceFiles } from './parts/fixture.ts';
import { ontoTheLowest, wrongWords } from './parts/mistake.ts';

/** Sizes of blocks: sectors, pages and pieces of the transport; and what is none of these. */
const EVEN: Choices<number | undefined> = [undefined, SECTOR, 4 * KiB, 64 * KiB, MiB];
const UNEVEN: Choices<number> = [1, 1000, 1000, 1536, 4097, 4097];

/** The largest block that the tools know. */
const LARGEST_BLOCK = 2 ** 31 - 1;

/** The most that is copied, in bytes and in blocks: zeros are copied like data, and each block is a request. */
const MOST_COPIED = 16 * MiB;
const MOST_BLOCKS = 2048;

const bytes = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.maxValue(LARGEST_BLOCK),
  ordinary(SECTOR, 4 * KiB, 64 * KiB, MiB),
);
/** There are no more bytes than on the largest disk, but what is asked for may lie behind its end. */
const blocks = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 * MOST_SIZE), ordinary(1, 2, 16));

/** The target, and the part of the source that is copied: it ends after so many blocks, of which the first ones are passed over. */
const Dd = v.strictObject({
  target: v.picklist(['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx']),
  blockSize: v.optional(bytes),
  count: v.optional(blocks),
  skip: v.optional(blocks),
});
type Dd = v.InferOutput<typeof Dd>;

/** Blocks of no bytes. */
const noBlockSize = wrongWords('no-block-size', (args) => [
  ...args.filter((word) => !word.startsWith('bs=')).slice(0, -2),
  'bs=0',
  ...args.slice(-2),
]);

/** Of a raw image below the source the reference keeps no lock: it writes onto it (measured: qemu-img 10.0), and the source is lost to all steps. */
const ontoLocked = ontoTheLowest('onto-its-base', ({ format }) => format !== 'raw');

/** Copies a part of the source image into a new one, block by block. */
export const dd = operation({
  name: 'dd',
  onRequest: true,
  schema: Dd,
  mistakes: [...conversionMistakes(ontoLocked), noBlockSize],
  nature: {
    formatOption: 'target',
    features: ({ blockSize = SECTOR, count, skip }) => [
      ...(blockSize % SECTOR === 0 ? [] : ['unaligned']),
      ...(count === undefined ? [] : ['counted']),
      ...(skip ? ['skips'] : []),
    ],
    leaves: (options, source) => {
      const window = windowOf(options, source.size);
      const size = Math.max(SECTOR, wholeSectors(window.length));
      return convertedSource(options.target, { ...source, size, writes: within(window, source.writes) }, false);
    },
  },
  pick: (draw, circumstances) => drawDd(draw, circumstances),
  script: (options, { source, position }) => {
    const { target, blockSize, count, skip } = options;
    // The size of a vpc is rounded as the reference does (the subject's docs/dd.md).
    const exact = target === 'vpc' ? { exactSize: true as const } : {};
    const output = { path: convertedFile(position, target), format: target, isNew: true as const, ...exact };
    const args = [
      ...['dd', '-O', target],
      ...(blockSize === undefined ? [] : [`bs=${blockText(blockSize)}`]),
      ...(count === undefined ? [] : [`count=${count}`]),
      ...(skip === undefined ? [] : [`skip=${skip}`]),
      ...[`if=${SOURCE_FILE}`, `of=${output.path}`],
    ];
    return {
      usesSource: true,
      prepare: [],
      subject: args,
      reference: args,
      operand: SOURCE_FILE,
      inputs: sourceFiles(source),
      outputs: [output],
      invariants: invariantsOf(windowOf(options, source.size), source, output),
      oracles: [noCrash, sameSuccess, inputsUntouched],
      readbacks: [...describing(target), ...sameImage],
    };
  },
});

/** Both tools' documents spell thousands with a small letter. */
function blockText(bytes: number): string {
  return sizeText(bytes).replace('K', 'k');
}

/**
 * The output reads as the part of its source, where both ends of that lie between sectors, which alone can be cut out. A part that is cut out
 * of an overlay does not show to `compare` what lies below (measured: qemu-img 10.0), and a vpc may be larger than it was asked to be.
 */
function invariantsOf({ offset, length }: Window, { format, size, ...source }: Source, output: ImageFile): Invariant[] {
  const isWhole = length === size && format !== 'vpc';
  const isOverlay = 'backing' in source && source.backing.length > 0;
  if (length === 0 || offset % SECTOR > 0 || length % SECTOR > 0 || (isOverlay && !isWhole)) return [];
  const part = isWhole ? {} : { offset, length };
  return [
    {
      says: 'the output reads as that part of its source',
      kept: { kind: 'image', path: SOURCE_FILE, format, ...part },
      found: { ...output, ...(isWhole && output.format !== 'vpc' ? {} : { length }) },
    },
  ];
}

/** What of some writes lies within a part of a disk, as that part has it. Stripes stay stripes: a plan has room for few writes. */
function within(part: Window, writes: readonly Write[]): Write[] {
  return writes.flatMap((write) =>
    write.kind === 'stripes' ? stripesWithin(part, write) : piecesWithin(part, [write]),
  );
}

/** Those that lie in it as a whole, between the rests of those that do not. */
function stripesWithin(part: Window, stripes: Stripes): Write[] {
  const pieces = piecesOf([stripes]);
  const end = part.offset + part.length;
  const isWhole = ({ offset, length }: Piece) => part.offset <= offset && offset + length <= end;
  const first = pieces.findIndex(isWhole);
  const count = pieces.filter(isWhole).length;
  if (count === 0) return piecesWithin(part, pieces);
  const whole = someOf(stripes, first, count);
  return [
    ...piecesWithin(part, pieces.slice(0, first)),
    { ...whole, offset: whole.offset - part.offset },
    ...piecesWithin(part, pieces.slice(first + count)),
  ];
}

function piecesWithin({ offset: from, length: most }: Window, pieces: readonly Piece[]): Write[] {
  return pieces.flatMap((piece) => {
    const start = Math.max(piece.offset, from);
    const length = Math.min(piece.offset + piece.length, from + most) - start;
    return length > 0 ? [{ ...piece, offset: start - from, length }] : [];
  });
}

function drawDd(draw: Draw, { source, swarm }: Circumstances): Dd {
  const target = drawTarget(draw, swarm);
  const blockSize = draw.pick(draw.chance(0.5) ? EVEN : UNEVEN);
  const part = drawPart(draw, source, blockSize ?? SECTOR);
  return { target, ...(blockSize && { blockSize }), ...part };
}

function drawTarget(draw: Draw, swarm: Swarm): Dd['target'] {
  const more = swarm.includes('more-targets') && draw.chance(0.7);
  return more ? draw.pick(['vmdk', 'vpc', 'vhdx'] as const) : draw.pick(['raw', 'raw', 'qcow2'] as const);
}

type Part = Pick<Dd, 'count' | 'skip'>;

/** Where a part lies: all of the disk, from its start, about its data, up to its end and beyond, or behind its end. */
function drawPart(draw: Draw, { size, writes }: Source, blockSize: number): Part {
  const blocks = Math.ceil(size / blockSize);
  const most = Math.min(blocks, MOST_BLOCKS, Math.floor(MOST_COPIED / blockSize));
  const places = [
    'within',
    'within',
    'within',
    'end',
    'end',
    'start',
    'behind',
    most === blocks ? 'all' : 'end',
  ] as const;
  const length = draw.chance(0.5) ? draw.integer(1, Math.min(most, 20)) : draw.integer(1, most);
  switch (draw.pick(places)) {
    case 'all':
      return draw.pick<Part>([{}, { count: blocks }, { skip: 0 }, { count: blocks + draw.integer(1, 9), skip: 0 }]);
    case 'start':
      return { count: length };
    case 'within': {
      const aim =
        writes.length > 0 && draw.chance(0.8) ? draw.pick(writes as Choices<Write>).offset : draw.integer(0, size);
      const skip = Math.min(
        blocks - 1,
        Math.max(0, Math.floor(aim / blockSize) - draw.integer(0, Math.min(length, 4))),
      );
      return { count: skip + length, skip };
    }
    case 'end': {
      const skip = blocks - length;
      return draw.chance(0.5) ? { skip } : { count: blocks + draw.pick([0, 1, 1000]), skip };
    }
    case 'behind':
      return drawNothing(draw, blocks, length);
  }
}

/** Nothing at all: no block, the first that the disk does not have, one far behind, or an end before the start. */
function drawNothing(draw: Draw, blocks: number, length: number): Part {
  return draw.pick<Part>([
    { count: 0 },
    { skip: blocks },
    { skip: blocks + draw.integer(1, 1000) },
    { count: length, skip: length },
  ]);
}
