import * as v from 'valibot';
import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { KiB, MiB } from '../plan/size.ts';
import { drawScattered, Writes } from '../plan/write.ts';
import { createArguments, overlayArguments, writeInto } from './fixture.ts';
import { operation } from './operation.ts';
import { qcow2Arguments } from './qcow2.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB] as const;
const BASE = 'base.qcow2';
const OVERLAY = 'overlay.qcow2';

/** Writes a file: few and small, well below what a fresh backing's refcount blocks can count. */
const MOST_WRITES = 3;

/** The user's seed: 64 KiB of 0xab at the start of the overlay. */
const SEED = { offset: 0, length: 64 * KiB, byte: 0xab };

/** Merges an overlay's data into its backing file. */
export const commit = operation({
  name: 'commit',
  schema: v.strictObject({
    size: v.picklist(SIZES),
    clusterSize: v.picklist(CLUSTERS),
    lazyRefcounts: v.boolean(),
    explicitBase: v.boolean(),
    seed: v.picklist(['none', 'seed-64k']),
    baseWrites: Writes,
    overlayWrites: Writes,
  }),
  pick: (draw) => {
    const size = draw.pick(SIZES);
    return {
      size,
      clusterSize: draw.pick(CLUSTERS),
      lazyRefcounts: draw.chance(0.3),
      explicitBase: draw.chance(0.5),
      seed: draw.pick(['none', 'seed-64k'] as const),
      baseWrites: drawScattered(draw, size, MOST_WRITES),
      overlayWrites: drawScattered(draw, size, MOST_WRITES),
    };
  },
  script: (options) => {
    const creation = qcow2Arguments(options);
    const args = ['commit', ...(options.explicitBase ? ['-b', BASE] : []), OVERLAY];
    const seed = options.seed === 'seed-64k' ? [SEED] : [];
    return {
      usesSource: false,
      prepare: [
        { kind: 'shared', program: 'reference', args: createArguments('qcow2', creation, BASE, options.size) },
        ...writeInto('qcow2', BASE, options.baseWrites),
        { kind: 'shared', program: 'reference', args: overlayArguments(creation, BASE, OVERLAY, options.size) },
        ...writeInto('qcow2', OVERLAY, [...seed, ...options.overlayWrites]),
      ],
      subject: args,
      reference: args,
      inputs: [],
      outputs: [OVERLAY, BASE].map((path) => ({ path, format: 'qcow2' })),
      oracles: [noCrash, sameSuccess],
      readbacks: [
        sameWrittenInfo((_, file) => `commit_${file.path === BASE ? 'backing' : 'overlay'}_info_divergence`),
        sameContent,
        notLessConsistent,
      ],
    };
  },
});
