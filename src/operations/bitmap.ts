import * as v from 'valibot';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched, outputsUntouchedWhenRefused } from '../oracles/inputs.ts';
import { sameImage } from '../oracles/same-image.ts';
import type { Draw } from '../plan/draw.ts';
import type { Circumstances } from '../plan/plan.ts';
import { drawQcow2, OTHER_REFCOUNT_BITS, Qcow2Options, qcow2Arguments, qcow2Geometry } from '../plan/qcow2.ts';
import { drawLayerWrites, drawWrites } from '../plan/rich-writes.ts';
import { DiskSize, drawSize, KiB, MiB } from '../plan/size.ts';
import { UNUSUAL } from '../plan/swarm.ts';
import { uncompressed, type Write, Writes } from '../plan/write.ts';
import { operation, type Preparation } from './operation.ts';
import { DAMAGES } from './parts/damage.ts';
import { build, fill, imageOf, reference } from './parts/fixture.ts';
import { missingFile, unknownFlag, wrongWords } from './parts/mistake.ts';

const FORMAT = 'qcow2';
const FILE = 'disk.qcow2';
const NEW = 'new';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB, 64 * KiB] as const;
const GRANULARITIES = [64 * KiB, 512, 4 * KiB, MiB] as const;
const Granularity = v.optional(v.picklist(GRANULARITIES));

/** What can be asked for, as the flags of one command, in their order. */
const ASKED = {
  add: ['--add'],
  remove: ['--remove'],
  clear: ['--clear'],
  enable: ['--enable'],
  disable: ['--disable'],
  merge: ['--merge'],
  'add disabled': ['--add', '--disable'],
  'clear and enable': ['--clear', '--enable'],
  'disable and clear': ['--disable', '--clear'],
  'remove and add': ['--remove', '--add'],
  'add and merge': ['--add', '--merge'],
} as const;
type Asked = keyof typeof ASKED;

const USUAL = [
  ...(['add', 'add', 'remove', 'clear', 'enable', 'disable', 'merge', 'merge'] as const),
  ...(['add disabled', 'clear and enable', 'disable and clear', 'remove and add'] as const),
] as const;

/** A bitmap that the reference added; without a granularity it chose one. */
const Present = v.strictObject({ granularity: Granularity, disabled: v.boolean() });
type Present = v.InferOutput<typeof Present>;

/** Only the newer version of the format has bitmaps. */
const { compat: _, ...Layout } = Qcow2Options.entries;

const Bitmap = v.strictObject({
  asked: v.picklist(Object.keys(ASKED) as [Asked, ...Asked[]]),
  ...Layout,
  size: DiskSize,
  /** What is written before there are any bitmaps. */
  writes: Writes,
  first: v.optional(Present),
  second: v.optional(Present),
  /** What is written then, which those that are enabled mark. */
  marked: Writes,
  /** The bitmap that is asked for; the other one is what is merged into it. */
  of: v.picklist(['first', 'second']),
  /** Of what is added. */
  granularity: Granularity,
});
type Bitmap = v.InferOutput<typeof Bitmap>;

/** A bitmap that is not there. */
const missingBitmap = wrongWords('missing-bitmap', () => ['bitmap', '--remove', '-f', FORMAT, FILE, 'gone']);

/** A granularity that is no power of two. */
const oddGranularity = wrongWords('odd-granularity', () => ['bitmap', '--add', '-g', '1000', '-f', FORMAT, FILE, NEW]);

/** Adds, removes, empties, switches or merges persistent bitmaps of an image that the reference made. */
export const bitmap = operation({
  name: 'bitmap',
  onRequest: true,
  schema: Bitmap,
  mistakes: [missingFile, missingBitmap, oddGranularity, unknownFlag, DAMAGES],
  nature: { features: () => [`format=${FORMAT}`] },
  pick: (draw, circumstances) => drawBitmap(draw, circumstances),
  script: (options) => {
    const args = argumentsOf(options);
    const file = { path: FILE, format: FORMAT };
    return {
      usesSource: false,
      prepare: preparationOf(options),
      subject: args,
      reference: args,
      operand: FILE,
      inputs: [],
      outputs: [file],
      invariants: [{ says: 'the disk reads as before', kept: { kind: 'image', ...file }, found: file }],
      oracles: [noCrash, sameSuccess, inputsUntouched, outputsUntouchedWhenRefused],
      readbacks: [sameWrittenInfo(() => 'bitmap_info_divergence'), ...sameImage],
    };
  },
});

function argumentsOf({ asked, of, granularity }: Bitmap): string[] {
  const flags: readonly string[] = ASKED[asked];
  const adds = flags.includes('--add');
  const isNew = adds && !flags.includes('--remove');
  const other = isNew || of === 'second' ? 'first' : 'second';
  return [
    'bitmap',
    ...flags.flatMap((flag) => (flag === '--merge' ? [flag, other] : [flag])),
    ...(adds ? granularityWords(granularity) : []),
    ...['-f', FORMAT, FILE, isNew ? NEW : of],
  ];
}

function granularityWords(granularity: number | undefined): string[] {
  return granularity === undefined ? [] : ['-g', String(granularity)];
}

function preparationOf({ size, writes, first, second, marked, ...layout }: Bitmap): Preparation[] {
  const imageWith = (content: readonly Write[]) =>
    imageOf({
      format: FORMAT,
      options: qcow2Arguments({ ...layout, compat: '1.1' }),
      file: FILE,
      size,
      writes: content,
    });
  const add = (present: Present | undefined, name: string) => {
    if (present === undefined) return [];
    const flags = ['--add', ...(present.disabled ? ['--disable'] : []), ...granularityWords(present.granularity)];
    return [reference(['bitmap', ...flags, '-f', FORMAT, FILE, name])];
  };
  const added = [...add(first, 'first'), ...add(second, 'second')];
  return [...build([imageWith(writes)]), ...added, ...fill(imageWith(marked))];
}

function drawBitmap(draw: Draw, { swarm }: Circumstances): Bitmap {
  const asked = draw.pick(USUAL);
  const newer = drawQcow2(draw, swarm, { clusterSizes: CLUSTERS });
  const { compat: _compat, ...layout } = newer;
  const size = drawSize(draw, swarm, SIZES, layout.clusterSize);
  const geometry = qcow2Geometry(newer, size);
  const writes = drawWrites(draw, swarm, geometry, 0, 4);
  const marked = drawLayerWrites(draw, swarm, { ...geometry, compressible: false }, writes);
  const isNew = asked === 'add' || asked === 'add disabled';
  const count = isNew ? draw.pick([0, 1, 2]) : asked === 'merge' ? 2 : draw.pick([1, 2, 2]);
  const one = drawPresent(draw);
  // A merge is asked for between equals.
  const another = asked === 'merge' ? { ...one, disabled: draw.chance(0.4) } : drawPresent(draw);
  const usual: Bitmap = {
    asked,
    ...layout,
    size,
    writes,
    ...(count > 0 && { first: one }),
    ...(count > 1 && { second: another }),
    marked: uncompressed(marked),
    of: count > 1 ? draw.pick(['first', 'second'] as const) : 'first',
    ...drawGranularity(draw),
  };
  return draw.chance(UNUSUAL) ? { ...usual, ...drawUnusual(draw) } : usual;
}

function drawPresent(draw: Draw): Present {
  return { ...drawGranularity(draw), disabled: draw.chance(0.4) };
}

function drawGranularity(draw: Draw): Pick<Bitmap, 'granularity'> {
  return draw.chance(0.5) ? { granularity: draw.pick(GRANULARITIES) } : {};
}

function drawUnusual(draw: Draw): Partial<Bitmap> {
  switch (draw.pick(['refcounts', 'granularity', 'mixed'] as const)) {
    case 'refcounts':
      return { refcountBits: draw.pick(OTHER_REFCOUNT_BITS) };
    case 'granularity':
      return {
        asked: 'merge',
        first: { granularity: 4 * KiB, disabled: false },
        second: { granularity: 64 * KiB, disabled: false },
      };
    case 'mixed':
      return { asked: 'add and merge', first: { disabled: false } };
  }
}
