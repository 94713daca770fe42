import * as v from 'valibot';
import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import type { Invariant } from '../oracles/observation.ts';
import { sameToThirdReader } from '../oracles/third-reader.ts';
import type { Draw } from '../plan/draw.ts';
import type { Circumstances } from '../plan/plan.ts';
import { plainQcow2, qcow2Geometry } from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { DiskSize, drawSize, KiB, MiB } from '../plan/size.ts';
import { drawBackingSize } from '../plan/source.ts';
import { type Write, Writes } from '../plan/write.ts';
import { build, overlaySource, qcow2Image, qcow2Overlay } from './fixture.ts';
import { DAMAGES, missingFile, unknownFlag, wrongWords } from './mistake.ts';
import { operation } from './operation.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB, 256 * KiB] as const;
const BASE = 'base.qcow2';
const OVERLAY = 'overlay.qcow2';

/** The user's seed: 64 KiB of 0xab at the start of the overlay. */
const SEED: Write = { kind: 'data', offset: 0, length: 64 * KiB, byte: 0xab };

const Commit = v.strictObject({
  size: DiskSize,
  baseSize: DiskSize,
  clusterSize: v.picklist([64 * KiB, 512, 4 * KiB, 256 * KiB]),
  lazyRefcounts: v.boolean(),
  explicitBase: v.boolean(),
  seed: v.picklist(['none', 'seed-64k']),
  baseWrites: Writes,
  overlayWrites: Writes,
});
type Commit = v.InferOutput<typeof Commit>;

/** An image that is not in the chain. */
const wrongBase = wrongWords('wrong-base', (args) => [
  'commit',
  '-b',
  'gone.qcow2',
  ...args.slice(1).filter((word, at, words) => word !== '-b' && words[at - 1] !== '-b'),
]);

/** Merges an overlay's data into its backing file. */
export const commit = operation({
  name: 'commit',
  schema: Commit,
  mistakes: [missingFile, wrongBase, unknownFlag, DAMAGES],
  nature: {
    features: ['format=qcow2'],
    leaves: ({ size, baseSize, clusterSize, lazyRefcounts, baseWrites, overlayWrites }) => {
      const layout = { ...plainQcow2(clusterSize), lazyRefcounts };
      const base = { format: 'qcow2', ...layout, size: baseSize, writes: [...baseWrites, ...overlayWrites] } as const;
      return overlaySource({ ...layout, size, writes: [] }, base);
    },
  },
  pick: (draw, circumstances) => drawCommit(draw, circumstances),
  script: (options) => {
    const { size, baseSize, clusterSize, lazyRefcounts, explicitBase } = options;
    const layout = { ...plainQcow2(clusterSize), lazyRefcounts };
    const args = ['commit', ...(explicitBase ? ['-b', BASE] : []), OVERLAY];
    const seed = options.seed === 'seed-64k' ? [SEED] : [];
    return {
      usesSource: false,
      prepare: build([
        qcow2Image(BASE, layout, baseSize, options.baseWrites),
        qcow2Overlay(OVERLAY, BASE, layout, size, [...seed, ...options.overlayWrites]),
      ]),
      subject: args,
      reference: args,
      operand: OVERLAY,
      inputs: [],
      outputs: [
        { path: OVERLAY, format: 'qcow2', below: [BASE] },
        { path: BASE, format: 'qcow2' },
      ],
      invariants: invariantsOf(options),
      oracles: [noCrash, sameSuccess],
      readbacks: [
        sameWrittenInfo((_, file) => `commit_${file.path === BASE ? 'backing' : 'overlay'}_info_divergence`),
        sameContent,
        notLessConsistent,
        sameToThirdReader,
      ],
    };
  },
});

function drawCommit(draw: Draw, { swarm }: Circumstances): Commit {
  const clusterSize = draw.pick(CLUSTERS);
  const size = drawSize(draw, swarm, SIZES, clusterSize);
  const baseSize = drawBackingSize(draw, swarm, size);
  const layout = plainQcow2(clusterSize);
  const baseWrites = drawLayerWrites(draw, swarm, { ...qcow2Geometry(layout, baseSize), edges: [size] });
  const geometry = { ...qcow2Geometry(layout, size), edges: [baseSize] };
  return {
    size,
    baseSize,
    clusterSize,
    lazyRefcounts: draw.chance(0.3),
    explicitBase: draw.chance(0.5),
    seed: draw.pick(['none', 'seed-64k'] as const),
    baseWrites,
    overlayWrites: drawLayerWrites(draw, swarm, geometry, baseWrites),
  };
}

/** The backing reads as the overlay did; where it is the larger one, what lies beyond the overlay's end stays its own. */
function invariantsOf({ size, baseSize }: Commit): Invariant[] {
  const file = { path: BASE, format: 'qcow2' };
  const reads: Invariant = {
    says: 'the backing reads as the overlay did',
    kept: { kind: 'image', path: OVERLAY, format: 'qcow2' },
    found: baseSize > size ? { ...file, length: size } : file,
  };
  if (baseSize <= size) return [reads];
  const tail: Invariant = {
    says: 'the backing beyond the overlay’s end stays as it was',
    kept: { kind: 'image', ...file, offset: size },
    found: { ...file, offset: size },
  };
  return [reads, tail];
}
