import { noCrash, refusesLoss, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched, untouchedWhenRefused } from '../oracles/inputs.ts';
import type { Kept } from '../oracles/observation.ts';
import { sameImage } from '../oracles/same-image.ts';
import { drawBackingSize, FOREIGN_FORMATS, type Layer, lengthOf } from '../plan/chain.ts';
import type { Draw } from '../plan/draw.ts';
import type { Circumstances } from '../plan/plan.ts';
import {
  drawQcow2,
  layoutOf,
  OLD_LAYOUT,
  plainQcow2,
  qcow2Arguments,
  qcow2Geometry,
  ROOMY_CLUSTERS,
} from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { drawBeyond, drawSize, GiB, KiB, MiB } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import { type Swarm, UNUSUAL } from '../plan/swarm.ts';
import { uncompressed } from '../plan/write.ts';
import { operation, type Preparation } from './operation.ts';
import { type Backing, BLOCK_SIZES, PREALLOCATIONS, SUBFORMATS, Target } from './parts/create-target.ts';
import { build, createArguments, imageOf } from './parts/fixture.ts';
import { type FormatOptions, plainOptions } from './parts/image-options.ts';
import { hugeSize, type Mistake, ontoItself, unknownFlag, unknownOption } from './parts/mistake.ts';
import { drawOccupied, occupy } from './parts/occupied.ts';

/** The share of images that are made over a file that is there. */
const OCCUPIED = 0.25;

/**
 * The new image is its own backing file. The reference knows it by the name alone: called from elsewhere it has emptied the file before it fails to
 * open it, so this is about a copy of the backing file, which the request itself needs.
 */
const ontoItsBacking: Mistake = {
  name: 'onto-its-backing',
  fits: ({ inputs }) => inputs.length > 0,
  spoil: (script, context) => {
    const [below] = script.inputs;
    if (below === undefined) return script;
    // It is both what is read and what is written: where that succeeds, what was below is lost.
    const spoilt = ontoItself.spoil({ ...script, operand: below.path, outputs: [...script.outputs, below] }, context);
    return { ...spoilt, oracles: [noCrash, refusesLoss('unreadable'), untouchedWhenRefused] };
  },
};

/** Makes a new image: an empty one, or an overlay of another. */
export const create = operation({
  name: 'create',
  schema: Target,
  mistakes: [unknownFlag, unknownOption, hugeSize, ontoItsBacking],
  nature: {
    features: (target) => {
      const backing = 'backing' in target ? target.backing : undefined;
      return backing && !backing.givesSize ? lengthOf('backing', backing.size, target.size) : [];
    },
    leaves: emptySource,
  },
  pick: (draw, circumstances) => ({ ...drawTarget(draw, circumstances), ...drawOccupied(draw, OCCUPIED) }),
  script: (target) => {
    const { format, size, occupied } = target;
    const file = `new.${format}`;
    const backing = 'backing' in target ? target.backing : undefined;
    const below = backing ? { file: `below.${backing.format}`, format: backing.format } : undefined;
    const options = creationOptions(target);
    const plain = createArguments(format, options, file, backing?.givesSize ? undefined : size, below);
    const args = target.format === 'qcow2' && target.suffix === 'b' ? [...plain.slice(0, -1), `${size}b`] : plain;
    return {
      usesSource: false,
      prepare: [...buildBacking(backing, below?.file ?? ''), ...(occupied ? occupy(file) : [])],
      subject: args,
      reference: args,
      inputs: below ? [{ path: below.file, format: below.format }] : [],
      outputs: [{ path: file, format, ...(!occupied && { isNew: true }), ...(below ? { below: [below.file] } : {}) }],
      invariants: [
        {
          says: below ? 'a new overlay reads as its backing' : 'a new image reads zero',
          kept: before(target),
          found: { path: file, format },
        },
      ],
      oracles: [noCrash, sameSuccess, inputsUntouched],
      readbacks: [sameWrittenInfo(() => 'create_info_divergence'), ...sameImage],
    };
  },
});

/** A source image like the new one; of a vmdk the parent cannot be had. */
function emptySource(target: Target): Source {
  const { size } = target;
  const content = { size, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
  switch (target.format) {
    case 'raw':
      return { format: 'raw', ...content };
    case 'vmdk':
      return { format: 'vmdk', subformat: target.subformat, ...content };
    case 'vhdx':
      return { format: 'vhdx', blockSize: 8 * MiB, ...content };
    case 'qcow2':
      return {
        format: 'qcow2',
        ...layoutOf(target),
        ...content,
        backing: target.backing ? [layerOf(target.backing)] : [],
      };
  }
}

function layerOf({ format, size, writes }: Backing): Layer {
  return format === 'qcow2' ? { format, ...plainQcow2(64 * KiB), size, writes } : { format, size, writes };
}

function before(target: Target): Kept {
  const { size } = target;
  const backing = 'backing' in target ? target.backing : undefined;
  if (backing === undefined) return { kind: 'zeros', size };
  const path = `below.${backing.format}`;
  const isCut = !backing.givesSize && size < backing.size;
  return { kind: 'image', path, format: backing.format, ...(isCut ? { length: size } : {}) };
}

function buildBacking(backing: Backing | undefined, file: string): Preparation[] {
  if (backing === undefined) return [];
  const { format, size, writes } = backing;
  return build([imageOf({ format, options: plainOptions(format), file, size, writes })]);
}

const FORMATS = ['qcow2', 'qcow2', 'vmdk', 'vhdx', 'raw'] as const;

/** The formats of large disks. */
const LARGE = ['qcow2', 'qcow2', 'vmdk'] as const;

function drawTarget(draw: Draw, { swarm }: Circumstances): Target {
  const beyond = drawBeyond(draw);
  // Of the others not every reader passes over holes.
  const format = draw.pick(beyond ? LARGE : FORMATS);
  switch (format) {
    case 'qcow2':
      return drawQcow2Target(draw, swarm, beyond);
    case 'vmdk':
      return drawVmdkTarget(draw, swarm, beyond);
    case 'vhdx': {
      const blockSize = swarm.includes('target-options')
        ? draw.pick(BLOCK_SIZES)
        : draw.pick([16 * MiB, 32 * MiB] as const);
      const size = drawSize(draw, swarm, [64 * MiB, 256 * MiB, GiB], 64 * KiB);
      return draw.chance(UNUSUAL) ? { format, size } : { format, blockSize, size };
    }
    case 'raw': {
      const size = drawSize(draw, swarm, [MiB, 16 * MiB, 64 * MiB, 256 * MiB], 64 * KiB);
      const fills = swarm.includes('target-options') && size <= 17 * MiB && draw.chance(0.5);
      return fills ? { format, preallocation: draw.pick(['off', 'falloc', 'full']), size } : { format, size };
    }
  }
}

type Qcow2Target = Target & { format: 'qcow2' };

function drawUnusual(draw: Draw): Partial<Qcow2Target> {
  return draw.pick<Partial<Qcow2Target>>([OLD_LAYOUT, { compression: 'zstd' }, { suffix: 'b' }]);
}

/** What a qcow2 image may stand on: the subject's docs/create.md names them all. */
const BACKING_FORMATS = ['qcow2', 'raw', ...FOREIGN_FORMATS] as const;

/** The share of overlays whose size is left to what they stand on. */
const SIZES_GIVEN = 0.4;

/** Preallocation keeps the disk at 1 MiB: what it writes is the disk's size. */
function drawQcow2Target(draw: Draw, swarm: Swarm, beyond: number | undefined): Target {
  const format = 'qcow2';
  const options = drawQcow2(draw, swarm, {
    refcounts: true,
    ...(beyond && { clusterSizes: [...ROOMY_CLUSTERS, 2 * MiB] }),
  });
  const preallocation = beyond ? undefined : draw.pick([undefined, ...PREALLOCATIONS]);
  const overlays = swarm.includes('chains') && draw.chance(0.7);
  if (preallocation !== undefined && !overlays) return { format, ...options, preallocation, size: MiB };
  const size = beyond ?? drawSize(draw, swarm, [MiB, 16 * MiB, 64 * MiB], options.clusterSize);
  if (!overlays) return { format, ...options, size, ...(draw.chance(UNUSUAL) ? drawUnusual(draw) : {}) };
  return {
    format,
    ...options,
    size,
    // Not every reader passes over the holes of a raw file.
    backing: drawBacking(
      draw,
      swarm,
      beyond ? 'qcow2' : draw.pick(BACKING_FORMATS),
      drawBackingSize(draw, swarm, size),
    ),
  };
}

function drawVmdkTarget(draw: Draw, swarm: Swarm, beyond: number | undefined): Target {
  const format = 'vmdk';
  const size = beyond ?? drawSize(draw, swarm, [MiB, 16 * MiB, 64 * MiB, 256 * MiB], 64 * KiB);
  if (!swarm.includes('chains') || draw.chance(0.3)) return { format, subformat: draw.pick(SUBFORMATS), size };
  return { format, subformat: 'monolithicSparse', size, backing: drawBacking(draw, swarm, format, size) };
}

function drawBacking(draw: Draw, swarm: Swarm, format: Backing['format'], size: number): Backing {
  const all = drawLayerWrites(draw, swarm, qcow2Geometry(plainQcow2(64 * KiB), size));
  const writes = format === 'qcow2' ? all : uncompressed(all);
  return { format, size, writes, givesSize: draw.chance(SIZES_GIVEN) };
}

function creationOptions(target: Target): FormatOptions {
  switch (target.format) {
    case 'qcow2':
      return {
        ...qcow2Arguments(target),
        preallocation: target.preallocation,
        compression_type: target.compression,
      };
    case 'vmdk':
      return { subformat: target.subformat };
    case 'vhdx':
      return { block_size: target.blockSize };
    case 'raw':
      return { preallocation: target.preallocation };
  }
}
