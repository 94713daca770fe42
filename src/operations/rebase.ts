import * as v from 'valibot';
import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { KiB, MiB } from '../plan/size.ts';
import { drawScattered, Writes } from '../plan/write.ts';
import { createArguments, overlayArguments, writeInto } from './fixture.ts';
import { operation } from './operation.ts';
import { qcow2Arguments } from './qcow2.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB, 256 * KiB] as const;

/** The recorded backing file, and the new one: a name of the same length, so that it fits the recorded slot. */
const OLD = 'base.qcow2';
const NEW = 'next.qcow2';
const OVERLAY = 'overlay.qcow2';

/** Writes a file: few and small, well below what a fresh image's refcount blocks can count. */
const MOST_WRITES = 3;

/** Changes an overlay's backing file: `safe` keeps what a guest reads, `unsafe` only renames. */
export const rebase = operation({
  name: 'rebase',
  schema: v.strictObject({
    overlaySize: v.picklist(SIZES),
    newSize: v.picklist(SIZES),
    clusterSize: v.picklist(CLUSTERS),
    lazyRefcounts: v.boolean(),
    newBacking: v.picklist([NEW, OLD, '']),
    mode: v.picklist(['safe', 'unsafe']),
    oldWrites: Writes,
    newWrites: Writes,
    overlayWrites: Writes,
  }),
  pick: (draw) => {
    const overlaySize = draw.pick(SIZES);
    const newSize = draw.pick(SIZES);
    return {
      overlaySize,
      newSize,
      clusterSize: draw.pick(CLUSTERS),
      lazyRefcounts: draw.chance(0.3),
      newBacking: draw.pick([NEW, NEW, OLD, '']),
      mode: draw.pick(['safe', 'unsafe'] as const),
      oldWrites: drawScattered(draw, overlaySize, MOST_WRITES),
      newWrites: drawScattered(draw, newSize, MOST_WRITES),
      overlayWrites: drawScattered(draw, overlaySize, MOST_WRITES),
    };
  },
  script: (options) => {
    const { overlaySize, newSize, newBacking, mode } = options;
    const creation = qcow2Arguments(options);
    const detach = newBacking === '';
    const args = [
      ...['rebase', '-f', 'qcow2', '-b', newBacking],
      ...(mode === 'unsafe' ? ['-u'] : []),
      ...(detach ? [] : ['-F', 'qcow2']),
      OVERLAY,
    ];
    return {
      usesSource: false,
      prepare: [
        { kind: 'shared', program: 'reference', args: createArguments('qcow2', creation, OLD, overlaySize) },
        ...writeInto('qcow2', OLD, options.oldWrites),
        { kind: 'shared', program: 'reference', args: createArguments('qcow2', creation, NEW, newSize) },
        ...writeInto('qcow2', NEW, options.newWrites),
        { kind: 'shared', program: 'reference', args: overlayArguments(creation, OLD, OVERLAY, overlaySize) },
        ...writeInto('qcow2', OVERLAY, options.overlayWrites),
      ],
      subject: args,
      reference: args,
      inputs: [OLD, NEW].map((path) => ({ path, format: 'qcow2' })),
      outputs: [{ path: OVERLAY, format: 'qcow2' }],
      oracles: [noCrash, sameSuccess, inputsUntouched],
      readbacks: [sameWrittenInfo(() => 'rebase_info_divergence'), sameContent, notLessConsistent],
    };
  },
});
