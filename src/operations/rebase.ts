import * as v from 'valibot';
import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
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
const CLUSTERS = [512, 512, 4 * KiB, 64 * KiB, 256 * KiB] as const;

/** The recorded backing file, and the new one: a name of the same length, so that it fits the recorded slot. */
const OLD = 'base.qcow2';
const NEW = 'next.qcow2';
const OVERLAY = 'overlay.qcow2';

const Rebase = v.strictObject({
  overlaySize: DiskSize,
  oldSize: DiskSize,
  newSize: DiskSize,
  clusterSize: v.picklist([64 * KiB, 512, 4 * KiB, 256 * KiB]),
  lazyRefcounts: v.boolean(),
  newBacking: v.picklist([NEW, OLD, '']),
  mode: v.picklist(['safe', 'unsafe']),
  oldWrites: Writes,
  newWrites: Writes,
  overlayWrites: Writes,
});
type Rebase = v.InferOutput<typeof Rebase>;

/** A new backing file that is not there; only a safe rebase has to open it. */
const missingBacking = wrongWords('missing-backing', (args) =>
  args.filter((word) => word !== '-u').map((word, at, words) => (words[at - 1] === '-b' ? 'gone.qcow2' : word)),
);

/** Changes an overlay's backing file: `safe` keeps what a guest reads, `unsafe` only renames. */
export const rebase = operation({
  name: 'rebase',
  schema: Rebase,
  mistakes: [missingFile, missingBacking, unknownFlag, DAMAGES],
  nature: {
    features: ['format=qcow2'],
    leaves: (options) => {
      const { overlaySize, clusterSize, lazyRefcounts, newBacking, mode, overlayWrites } = options;
      const layout = { ...plainQcow2(clusterSize), lazyRefcounts };
      const old = { format: 'qcow2', ...layout, size: options.oldSize, writes: options.oldWrites } as const;
      const next = { format: 'qcow2', ...layout, size: options.newSize, writes: options.newWrites } as const;
      // What a safe rebase leaves reads as the overlay did above the old backing.
      const below = mode === 'safe' || newBacking === OLD ? old : newBacking === NEW ? next : undefined;
      return overlaySource({ ...layout, size: overlaySize, writes: overlayWrites }, below);
    },
  },
  pick: (draw, circumstances) => drawRebase(draw, circumstances),
  script: (options) => {
    const { overlaySize, oldSize, newSize, newBacking, mode, clusterSize, lazyRefcounts } = options;
    const layout = { ...plainQcow2(clusterSize), lazyRefcounts };
    const detach = newBacking === '';
    const args = [
      ...['rebase', '-f', 'qcow2', '-b', newBacking],
      ...(mode === 'unsafe' ? ['-u'] : []),
      ...(detach ? [] : ['-F', 'qcow2']),
      OVERLAY,
    ];
    return {
      usesSource: false,
      prepare: build([
        qcow2Image(OLD, layout, oldSize, options.oldWrites),
        qcow2Image(NEW, layout, newSize, options.newWrites),
        qcow2Overlay(OVERLAY, OLD, layout, overlaySize, options.overlayWrites),
      ]),
      subject: args,
      reference: args,
      operand: OVERLAY,
      inputs: [OLD, NEW].map((path) => ({ path, format: 'qcow2' })),
      outputs: [{ path: OVERLAY, format: 'qcow2', below: [OLD, NEW] }],
      invariants: mode === 'safe' ? [KEEPS_CONTENT] : [],
      oracles: [noCrash, sameSuccess, inputsUntouched],
      readbacks: [sameWrittenInfo(() => 'rebase_info_divergence'), sameContent, notLessConsistent, sameToThirdReader],
    };
  },
});

const KEEPS_CONTENT: Invariant = {
  says: 'a safe rebase leaves what a guest reads as it was',
  kept: { kind: 'image', path: OVERLAY, format: 'qcow2' },
  found: { path: OVERLAY, format: 'qcow2' },
};

function drawRebase(draw: Draw, { swarm }: Circumstances): Rebase {
  const clusterSize = draw.pick(CLUSTERS);
  const overlaySize = drawSize(draw, swarm, SIZES, clusterSize);
  const oldSize = drawBackingSize(draw, swarm, overlaySize);
  const newSize = draw.chance(0.5)
    ? drawBackingSize(draw, swarm, overlaySize)
    : drawSize(draw, swarm, SIZES, clusterSize);
  const layout = plainQcow2(clusterSize);
  const writes = (size: number, edge: number, below: readonly Write[] = []) =>
    drawLayerWrites(draw, swarm, { ...qcow2Geometry(layout, size), edges: [edge] }, below);
  const oldWrites = writes(oldSize, overlaySize);
  const newWrites = writes(newSize, overlaySize, oldWrites);
  return {
    overlaySize,
    oldSize,
    newSize,
    clusterSize,
    lazyRefcounts: draw.chance(0.3),
    newBacking: draw.pick([NEW, NEW, NEW, NEW, NEW, OLD, '', '']),
    mode: draw.pick(['safe', 'safe', 'safe', 'unsafe'] as const),
    oldWrites,
    newWrites,
    overlayWrites: writes(overlaySize, oldSize, [...oldWrites, ...newWrites]),
  };
}
