import * as v from 'valibot';
import type { Draw } from '../plan/draw.ts';
import type { Circumstances } from '../plan/plan.ts';
import { KiB, MiB } from '../plan/size.ts';
import { isPreallocated } from '../plan/source.ts';
import { operation } from './operation.ts';
import { AskedSnapshot, drawAskedSnapshot, sourceThen } from './parts/asked-snapshot.ts';
import { conversionMistakes, convertedSource, convertScript, OCCUPIED } from './parts/conversion.ts';
import type { FormatOptions } from './parts/image-options.ts';
import { drawOccupied, Occupied } from './parts/occupied.ts';

/** One of the subject's pages allows clusters up to 2 MiB, the other up to 64 KiB: what both allow is drawn. */
const CLUSTERS = [512, 512, 4 * KiB, 64 * KiB] as const;
const BLOCK_FORMATS = ['vmdk', 'vpc', 'vhdx'] as const;
const BLOCKS = [MiB, 8 * MiB, 32 * MiB] as const;

const manner = { occupied: Occupied, snapshot: AskedSnapshot };

const Target = v.variant('target', [
  v.strictObject({ target: v.literal('raw'), ...manner }),
  v.strictObject({
    target: v.literal('qcow2'),
    clusterSize: v.optional(v.picklist(CLUSTERS)),
    /** Entries that describe sub-clusters, of clusters of the usual size. */
    extendedL2: v.optional(v.literal(true)),
    ...manner,
  }),
  v.strictObject({ target: v.picklist(['vmdk', 'vpc']), ...manner }),
  v.strictObject({ target: v.literal('vhdx'), blockSize: v.picklist(BLOCKS), ...manner }),
]);
type Target = v.InferOutput<typeof Target>;

/** Copies the source image into another format. */
export const convert = operation({
  name: 'convert',
  schema: Target,
  mistakes: conversionMistakes(),
  nature: {
    formatOption: 'target',
    reads: { target: 'raw' },
    leaves: ({ target, snapshot }, source) => convertedSource(target, snapshot ? sourceThen(source) : source, false),
  },
  pick: (draw, circumstances) => ({
    ...drawTarget(draw, circumstances),
    ...drawOccupied(draw, OCCUPIED),
    ...drawAskedSnapshot(draw, circumstances.source),
  }),
  script: (options, context) => {
    const { target, occupied, snapshot } = options;
    return convertScript({ target, compressed: false, occupied, snapshot, options: optionsOf(options) }, context);
  },
});

function drawTarget(draw: Draw, { swarm, source }: Circumstances): Target {
  // Most of the other half of the iterations is the plain targets': what they write is compared to the byte.
  const more = draw.chance(swarm.includes('more-targets') ? 0.9 : 0.2);
  const target = more && !isPreallocated(source) ? draw.pick(BLOCK_FORMATS) : draw.pick(['raw', 'qcow2'] as const);
  if (target === 'vhdx') return { target, blockSize: draw.pick(BLOCKS) };
  if (target !== 'qcow2') return { target };
  const chosen = swarm.includes('target-options') && !isPreallocated(source) && draw.chance(0.6);
  if (!chosen) return { target };
  return draw.chance(0.3) ? { target, extendedL2: true } : { target, clusterSize: draw.pick(CLUSTERS) };
}

function optionsOf(target: Target): FormatOptions {
  if (target.target === 'qcow2') return { cluster_size: target.clusterSize, extended_l2: target.extendedL2 && 'on' };
  return target.target === 'vhdx' ? { block_size: target.blockSize } : {};
}
