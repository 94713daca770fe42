import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched, outputsUntouchedWhenRefused } from '../oracles/inputs.ts';
import type { ImageFile, Kept } from '../oracles/observation.ts';
import { staysCutOff } from '../oracles/regrown.ts';
import { sameImage } from '../oracles/same-image.ts';
import type { Draw } from '../plan/draw.ts';
import type { Circumstances, Options } from '../plan/plan.ts';
import {
  drawQcow2,
  layoutOf,
  OLD_LAYOUT,
  plainQcow2,
  qcow2Arguments,
  qcow2Geometry,
  ROOMY_CLUSTERS,
} from '../plan/qcow2.ts';
import { drawLayerWrites, drawWrites } from '../plan/rich-writes.ts';
import { drawBeyond, KiB, MiB, sizeText } from '../plan/size.ts';
import { drawTaken } from '../plan/snapshot.ts';
import { type Swarm, UNUSUAL } from '../plan/swarm.ts';
import { uncompressed, type Write } from '../plan/write.ts';
import { operation, type Preparation } from './operation.ts';
import { DAMAGES } from './parts/damage.ts';
import { build, buildWithSnapshot, createArguments, imageOf, SNAPSHOT, writeOnEach } from './parts/fixture.ts';
import { missingFile, SIZE_MISTAKES, unknownFlag } from './parts/mistake.ts';
import { newSize, Resize, type ResizeOfQcow2, snapshotOf } from './parts/resize-options.ts';
import { drawSizes } from './parts/resize-sizes.ts';

const CLUSTERS = [512, 512, 4 * KiB, 64 * KiB, 256 * KiB, 2 * MiB] as const;

/** What writes the new part. */
const FILLING = ['falloc', 'full'] as const;

/** The image below the one that is resized. */
const BELOW = 'below.qcow2';

const sameDescription = sameWrittenInfo(() => 'resize_info_divergence');

/** Changes the size of an image that each side made with its own tool, or that the reference made; the data below the new end must survive. */
export const resize = operation({
  name: 'resize',
  schema: Resize,
  mistakes: [...SIZE_MISTAKES, missingFile, unknownFlag, DAMAGES],
  nature: {
    features: (options) => {
      const difference = newSize(options) - options.size;
      return difference === 0 ? [] : [difference > 0 ? 'grows' : 'shrinks'];
    },
    begins: (options) => (options.madeBy ? undefined : { operation: 'create', options: created(options) }),
    spelledOut: (options) =>
      options.change.kind === 'to' ? undefined : { ...options, change: { kind: 'to', size: newSize(options) } },
    leaves: (options) => {
      const { size: from, writes } = options;
      const content = { size: newSize(options), pattern: 'rich', writes, history: { kind: 'resized', from } } as const;
      if (options.format === 'raw') return { format: 'raw', ...content };
      const { belowWrites } = options;
      const below = { format: 'qcow2', ...plainQcow2(64 * KiB), size: from, writes: belowWrites ?? [] } as const;
      return { format: 'qcow2', ...layoutOf(options), ...content, backing: belowWrites === undefined ? [] : [below] };
    },
  },
  pick: (draw, circumstances) => drawResize(draw, circumstances),
  script: (options) => {
    const { format, size } = options;
    const file = `disk.${format}`;
    const args = resizeArguments(options, file);
    const hasBelow = belowIn(options) !== undefined;
    const hasSnapshot = snapshotOf(options) !== undefined;
    const image = {
      ...{ path: file, format },
      ...(hasBelow ? { below: [BELOW] } : {}),
      ...(hasSnapshot ? { snapshots: [SNAPSHOT] } : {}),
    };
    const end = newSize(options);
    const kept: Kept = { kind: 'image', path: file, format, ...(end < size ? { length: end } : {}) };
    // A raw file has nothing left behind its end, and an overlay shows what is below.
    const stays = format === 'qcow2' && !hasBelow ? [staysCutOff(image, options.clusterSize, [end, size])] : [];
    const says = end < size ? 'the kept part reads as before' : 'what was there reads as before, and the new part zero';
    return {
      usesSource: false,
      prepare: preparationOf(options, image),
      subject: args,
      reference: args,
      operand: file,
      inputs: hasBelow ? [{ path: BELOW, format: 'qcow2' }] : [],
      outputs: [image],
      // A part that is cut out of an overlay does not show to `compare` what lies below (measured: qemu-img 10.0).
      invariants: hasBelow && end < size ? [] : [{ says, kept, found: { path: file, format } }],
      oracles: [noCrash, sameSuccess, inputsUntouched, ...(options.madeBy ? [outputsUntouchedWhenRefused] : [])],
      readbacks: [sameDescription, ...sameImage, ...stays],
    };
  },
});

function belowIn(options: Resize): readonly Write[] | undefined {
  return options.format === 'qcow2' ? options.belowWrites : undefined;
}

function preparationOf(options: Resize, image: ImageFile): Preparation[] {
  const { format, size, writes } = options;
  const { path: file } = image;
  const creation = format === 'qcow2' ? qcow2Arguments(options) : {};
  const belowWrites = belowIn(options);
  const below = belowWrites && { file: BELOW, format: 'qcow2' };
  const lower = below ? [imageOf({ ...below, options: {}, size, writes: belowWrites })] : [];
  if (options.madeBy) {
    const images = [...lower, imageOf({ format, options: creation, file, size, writes, below })];
    return buildWithSnapshot(images, file, snapshotOf(options));
  }
  const makes = { ...image, isNew: true } as const;
  const args = createArguments(format, creation, file, size, below);
  return [
    ...build(lower),
    { kind: 'own', args, makes, readbacks: [sameDescription, sameContent, notLessConsistent] },
    ...writeOnEach(format, file, writes),
    { kind: 'kept', file },
  ];
}

/** The image that is resized, as options of what makes it. */
function created(options: Resize): Options {
  const { format, size } = options;
  if (format === 'raw') return { format, size };
  const { belowWrites: writes } = options;
  const backing = writes && { format: 'qcow2', size, writes, givesSize: false };
  return { format, ...layoutOf(options), size, ...(backing && { backing }) };
}

function drawResize(draw: Draw, { swarm }: Circumstances): Resize {
  const beyond = drawBeyond(draw);
  const format = beyond ? 'qcow2' : draw.pick(['qcow2', 'qcow2', 'raw'] as const);
  const layout = drawQcow2(draw, swarm, { clusterSizes: beyond ? ROOMY_CLUSTERS : CLUSTERS, refcounts: true });
  const unit = format === 'qcow2' ? layout.clusterSize : 64 * KiB;
  // Filling a large disk would take minutes.
  const filled = beyond ? undefined : draw.pick(FILLING);
  const preallocation = draw.pick([undefined, undefined, 'off', filled] as const);
  const { start, change } = drawSizes(draw, swarm, {
    format,
    unit,
    beyond,
    fills: filled !== undefined && preallocation === filled,
  });
  const end = newSize({ size: start, change });
  const units = format === 'qcow2' ? qcow2Geometry(layout, start) : { ...RAW, size: start };
  const writes = drawWrites(draw, swarm, { ...units, edges: [Math.min(start, end)] }, 1, 6);
  const made = draw.chance(0.5) ? ({ madeBy: 'reference' } as const) : {};
  const rest = { size: start, change, writes, ...made, ...(preallocation === undefined ? {} : { preallocation }) };
  if (format === 'raw') return { format, ...rest };
  const usual: ResizeOfQcow2 = { format, ...layout, ...rest };
  if (!draw.chance(UNUSUAL)) return usual;
  return { ...usual, ...drawUnusual(draw, swarm, usual) };
}

function drawUnusual(draw: Draw, swarm: Swarm, usual: ResizeOfQcow2): Partial<ResizeOfQcow2> {
  const { size, writes } = usual;
  const kinds = ['below', 'version', 'snapshot'] as const;
  switch (draw.pick(newSize(usual) > size ? ([...kinds, 'preallocation'] as const) : kinds)) {
    case 'below':
      return { belowWrites: drawLayerWrites(draw, swarm, qcow2Geometry(plainQcow2(64 * KiB), size)) };
    case 'version':
      return OLD_LAYOUT;
    case 'preallocation':
      return { preallocation: 'metadata', extendedL2: false };
    case 'snapshot': {
      const written = uncompressed(writes);
      const taken = drawTaken(draw, swarm, { layout: usual, geometry: qcow2Geometry(usual, size), written });
      return taken ? { ...taken, writes: written, madeBy: 'reference' } : {};
    }
  }
}

const RAW = { cluster: 4 * KiB, table: 64 * KiB, compressible: false };

/** A shrink must be asked for with `--shrink`; any other use of it would be refused by one side only. */
function resizeArguments(options: Resize, file: string): string[] {
  const { format, size, change, preallocation } = options;
  const sign = change.kind === 'to' ? '' : change.grow ? '+' : '-';
  return [
    ...['resize', '-f', format, ...(newSize(options) < size ? ['--shrink'] : [])],
    ...(preallocation === undefined ? [] : ['--preallocation', preallocation]),
    ...[file, `${sign}${sizeText(change.size)}`],
  ];
}
