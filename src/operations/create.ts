import * as v from 'valibot';
import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import type { Draw } from '../plan/draw.ts';
import { GiB, MiB } from '../plan/size.ts';
import { createArguments } from './fixture.ts';
import { operation } from './operation.ts';
import { drawQcow2, Qcow2Options, qcow2Arguments } from './qcow2.ts';

const PREALLOCATIONS = ['metadata', 'falloc', 'full'] as const;
const SUBFORMATS = ['monolithicSparse', 'streamOptimized'] as const;
const BLOCK_SIZES = [16 * MiB, 32 * MiB] as const;

const size = v.picklist([MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB]);

const Target = v.variant('format', [
  v.strictObject({
    format: v.literal('qcow2'),
    ...Qcow2Options.entries,
    preallocation: v.optional(v.picklist(PREALLOCATIONS)),
    size,
  }),
  v.strictObject({ format: v.literal('vmdk'), subformat: v.picklist(SUBFORMATS), size }),
  v.strictObject({ format: v.literal('vhdx'), blockSize: v.picklist(BLOCK_SIZES), size }),
  v.strictObject({ format: v.literal('raw'), size }),
]);
type Target = v.InferOutput<typeof Target>;

/** Makes a new, empty image. */
export const create = operation({
  name: 'create',
  schema: Target,
  pick: (draw) => drawTarget(draw),
  script: (target) => {
    const file = `new.${target.format}`;
    const args = createArguments(target.format, creationOptions(target), file, target.size);
    return {
      usesSource: false,
      prepare: [],
      subject: args,
      reference: args,
      inputs: [],
      outputs: [{ path: file, format: target.format }],
      oracles: [noCrash, sameSuccess],
      readbacks: [sameWrittenInfo(() => 'create_info_divergence'), sameContent, notLessConsistent],
    };
  },
});

function drawTarget(draw: Draw): Target {
  const format = draw.pick(['qcow2', 'vmdk', 'vhdx', 'raw'] as const);
  switch (format) {
    case 'qcow2':
      return drawQcow2Target(draw);
    case 'vmdk':
      return { format, subformat: draw.pick(SUBFORMATS), size: draw.pick([MiB, 16 * MiB, 64 * MiB, 256 * MiB]) };
    case 'vhdx':
      return { format, blockSize: draw.pick(BLOCK_SIZES), size: draw.pick([64 * MiB, 256 * MiB, GiB]) };
    case 'raw':
      return { format, size: draw.pick([MiB, 16 * MiB, 64 * MiB, 256 * MiB]) };
  }
}

/** Preallocation keeps the disk at 1 MiB: what it writes is the disk's size. */
function drawQcow2Target(draw: Draw): Target {
  const options = drawQcow2(draw);
  const preallocation = draw.pick([undefined, ...PREALLOCATIONS]);
  if (preallocation === undefined) {
    return { format: 'qcow2', ...options, size: draw.pick([MiB, 16 * MiB, 64 * MiB]) };
  }
  return { format: 'qcow2', ...options, preallocation, size: MiB };
}

function creationOptions(target: Target): Record<string, string | number | undefined> {
  switch (target.format) {
    case 'qcow2':
      return { ...qcow2Arguments(target), preallocation: target.preallocation };
    case 'vmdk':
      return { subformat: target.subformat };
    case 'vhdx':
      return { block_size: target.blockSize };
    case 'raw':
      return {};
  }
}
