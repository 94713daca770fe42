import * as v from 'valibot';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched, outputsUntouchedWhenRefused } from '../oracles/inputs.ts';
import type { Invariant } from '../oracles/observation.ts';
import { sameImage } from '../oracles/same-image.ts';
import { drawBackingSize, lengthOf } from '../plan/chain.ts';
import type { Draw } from '../plan/draw.ts';
import { LowerImage } from '../plan/lower-image.ts';
import type { Circumstances } from '../plan/plan.ts';
import {
  drawQcow2,
  layoutOf,
  OLD_LAYOUT,
  plainQcow2,
  Qcow2Options,
  qcow2Arguments,
  qcow2Geometry,
} from '../plan/qcow2.ts';
import { drawLowerWrites, drawWrites } from '../plan/rich-writes.ts';
import { ABOUT_SIZES, DiskSize, drawSize, KiB, MiB } from '../plan/size.ts';
import { drawSnapshot } from '../plan/snapshot.ts';
import type { Swarm } from '../plan/swarm.ts';
import { Writes } from '../plan/write.ts';
import { operation } from './operation.ts';
import { DAMAGES } from './parts/damage.ts';
import { buildWithSnapshot, imageOf, SNAPSHOT } from './parts/fixture.ts';
import { lowerLayers, overlaySource } from './parts/left-chain.ts';
import { missingFile, unknownFlag, unknownOption, wrongWords } from './parts/mistake.ts';

const SIZES = [MiB, 4 * MiB, 64 * MiB] as const;
const CLUSTERS = [512, 512, 4 * KiB, 64 * KiB, 64 * KiB, 256 * KiB, 2 * MiB] as const;

/** The image that is amended, and the one below it. */
const FILE = 'disk.qcow2';
const BELOW = 'below.qcow2';

/** What can be asked for. One that the image has already changes nothing; some are refused, as the older version knows no lazy refcounts. */
const ASKS = [
  'compat=1.1',
  'compat=0.10',
  'lazy_refcounts=on',
  'lazy_refcounts=off',
  'compat=1.1,lazy_refcounts=on',
  'compat=1.1,lazy_refcounts=off',
  'compat=0.10,lazy_refcounts=off',
  'compat=0.10,lazy_refcounts=on',
] as const;

/** An image, and which of its options are amended. */
const Amend = v.strictObject({
  ...Qcow2Options.entries,
  size: DiskSize,
  asks: v.picklist(ASKS),
  writes: Writes,
  /** The image that it stands on, where it is not the lowest: its name and format lie where the header grows and shrinks. */
  below: v.optional(LowerImage),
  /** What it held when an internal snapshot of it was taken. */
  snapshot: v.optional(Writes),
});
type Amend = v.InferOutput<typeof Amend>;

/** The words that say what is asked for, as others. */
const asking = (name: string, ...words: string[]) =>
  wrongWords(name, (args) => args.flatMap((word, at) => (word === '-o' ? words : args[at - 1] === '-o' ? [] : [word])));

/** Nothing is asked for; or a version that there is not. */
const nothingAsked = asking('nothing-asked');
const unknownVersion = asking('unknown-version', '-o', 'compat=0.9');

/** Changes the version of an image that the reference made, or its lazy refcounts; its data must survive. */
export const amend = operation({
  name: 'amend',
  onRequest: true,
  schema: Amend,
  mistakes: [missingFile, nothingAsked, unknownVersion, unknownFlag, unknownOption, DAMAGES],
  nature: {
    features: (options) => [
      'format=qcow2',
      ...versionChange(options),
      ...(options.below ? lengthOf('below', options.below.size, options.size) : []),
    ],
    leaves: (options) => {
      const { size, writes, below, snapshot } = options;
      const top = { ...amended(options), size, writes, ...(snapshot && { snapshot }) };
      return overlaySource(top, ...lowerLayers(plainQcow2(64 * KiB), below));
    },
  },
  pick: (draw, circumstances) => drawAmend(draw, circumstances),
  script: (options) => {
    const { asks, size, writes, snapshot } = options;
    const args = ['amend', '-f', 'qcow2', '-o', asks, FILE];
    const below = options.below && { file: BELOW, format: 'qcow2' };
    const lower = below && options.below ? [imageOf({ ...below, options: {}, ...options.below })] : [];
    const image = { format: 'qcow2', options: qcow2Arguments(options), file: FILE, size, writes, below };
    return {
      usesSource: false,
      prepare: buildWithSnapshot([...lower, imageOf(image)], FILE, snapshot),
      subject: args,
      reference: args,
      operand: FILE,
      inputs: lower.map(({ file, format }) => ({ path: file, format })),
      outputs: [
        {
          path: FILE,
          format: 'qcow2',
          ...(below && { below: [BELOW] }),
          ...(snapshot && { snapshots: [SNAPSHOT] }),
        },
      ],
      invariants: [KEEPS_CONTENT],
      oracles: [noCrash, sameSuccess, inputsUntouched, outputsUntouchedWhenRefused],
      readbacks: [sameWrittenInfo(() => 'amend_info_divergence'), ...sameImage],
    };
  },
});

const KEEPS_CONTENT: Invariant = {
  says: 'amending changes nothing that a guest reads',
  kept: { kind: 'image', path: FILE, format: 'qcow2' },
  found: { path: FILE, format: 'qcow2' },
};

/** The layout as it is asked to be; the older version knows no lazy refcounts. */
function amended(options: Amend): Qcow2Options {
  const { asks } = options;
  const compat = asks.includes('compat=0.10') ? '0.10' : asks.includes('compat=1.1') ? '1.1' : options.compat;
  const lazy = asks.includes('=on') || (options.lazyRefcounts && !asks.includes('=off'));
  return { ...layoutOf(options), compat, lazyRefcounts: lazy && compat === '1.1' };
}

function versionChange(options: Amend): string[] {
  const { compat } = amended(options);
  return compat === options.compat ? [] : [compat === '1.1' ? 'upgrades' : 'downgrades'];
}

/** The shares of images of the older version, of those that stand on another, and of those with what only the newer version has. */
const OLD = 0.35;
const STANDING = 0.4;
const NEWER = 0.3;

function drawAmend(draw: Draw, { swarm }: Circumstances): Amend {
  const layout = drawLayout(draw, swarm);
  const { clusterSize, compat } = layout;
  const size = drawSize(draw, swarm, SIZES, clusterSize, ABOUT_SIZES);
  const belowSize = draw.chance(STANDING) ? drawBackingSize(draw, swarm, size, ABOUT_SIZES) : undefined;
  const geometry = { ...qcow2Geometry(layout, size), ...(belowSize !== undefined && { edges: [belowSize] }) };
  const writes = drawWrites(draw, swarm, geometry, 1, 6);
  const below = belowSize === undefined ? undefined : drawBelow(draw, swarm, { size: belowSize, edge: size, writes });
  return {
    ...layout,
    size,
    asks: drawAsks(draw, compat),
    writes,
    ...(below && { below }),
    ...drawSnapshot(draw, swarm, { layout, geometry, written: writes }),
  };
}

function drawLayout(draw: Draw, swarm: Swarm): Qcow2Options {
  const layout = drawQcow2(draw, swarm, { clusterSizes: CLUSTERS, refcounts: draw.chance(NEWER) });
  if (draw.chance(OLD)) return { ...layout, ...OLD_LAYOUT };
  return { ...layout, extendedL2: layout.extendedL2 && draw.chance(NEWER) };
}

function drawBelow(
  draw: Draw,
  swarm: Swarm,
  { size, edge, writes }: LowerImage & { readonly edge: number },
): LowerImage {
  const geometry = { ...qcow2Geometry(plainQcow2(64 * KiB), size), edges: [edge] };
  return { size, writes: drawLowerWrites(draw, swarm, geometry, writes) };
}

/** Mostly the other version: that moves all of the header. */
function drawAsks(draw: Draw, compat: Qcow2Options['compat']): Amend['asks'] {
  if (draw.chance(0.5)) return draw.pick(ASKS);
  if (compat === '0.10') return draw.pick(['compat=1.1', 'compat=1.1', 'compat=1.1,lazy_refcounts=on']);
  return draw.pick(['compat=0.10', 'compat=0.10', 'compat=0.10,lazy_refcounts=off']);
}
