import * as v from 'valibot';
import { noCrash } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { sameImage } from '../oracles/same-image.ts';
import type { Draw } from '../plan/draw.ts';
import type { Circumstances } from '../plan/plan.ts';
import { plainQcow2, qcow2Arguments, qcow2Geometry } from '../plan/qcow2.ts';
import { drawLayerWrites } from '../plan/rich-writes.ts';
import { DiskSize, drawSize, KiB, MiB } from '../plan/size.ts';
import { uncompressed, type Write, Writes } from '../plan/write.ts';
import { operation, type Preparation } from './operation.ts';
import { DAMAGES } from './parts/damage.ts';
import { build, imageOf } from './parts/fixture.ts';
import { missingFile, unknownFlag } from './parts/mistake.ts';
import { type Bytes, counted, DATA, L2_TABLE, setBytes } from './parts/spoilt.ts';

const FILE = 'disk.qcow2';

/** Of smaller ones the tables of a disk take more than a cluster, and are no longer where they are looked for here. */
const CLUSTERS = [64 * KiB, 4 * KiB] as const;
const SIZES = [MiB, 4 * MiB, 16 * MiB] as const;

const Repair = v.strictObject({
  /** What is to be repaired: clusters that nothing refers to, or all. */
  tier: v.picklist(['all', 'leaks']),
  damage: v.picklist(['leaked', 'uncounted', 'counted twice', 'copied', 'not copied']),
  clusterSize: v.picklist(CLUSTERS),
  size: DiskSize,
  /** What was written after the first cluster, which is the damaged one. */
  writes: Writes,
});
type Repair = v.InferOutput<typeof Repair>;

/** Repairs an image in which one reference to a cluster, or the count of it, is wrong. */
export const repair = operation({
  name: 'repair',
  onRequest: true,
  schema: Repair,
  mistakes: [missingFile, unknownFlag, DAMAGES],
  pick: (draw, circumstances) => ({
    tier: draw.pick(['all', 'all', 'all', 'leaks'] as const),
    damage: draw.pick(['leaked', 'uncounted', 'counted twice', 'copied', 'not copied'] as const),
    ...drawDisk(draw, circumstances),
  }),
  script: (options, { dialect }) => {
    const { tier, damage } = options;
    return {
      usesSource: false,
      prepare: damagedDisk(options),
      subject: dialect === 'instar' ? ['check', `--repair=${tier}`, FILE] : ['check', '-r', tier, FILE],
      reference: ['check', '-r', tier, FILE],
      operand: FILE,
      inputs: [],
      outputs: [{ path: FILE, format: 'qcow2' }],
      invariants: damage === 'leaked' ? [] : [KEEPS_CONTENT],
      // Whether the exit code tells what was found or what is left is not agreed: what is left is looked at.
      oracles: [noCrash, inputsUntouched],
      readbacks: [sameWrittenInfo(() => 'repair_info_divergence'), ...sameImage],
    };
  },
});

const KEEPS_CONTENT = {
  says: 'a repair of counts changes nothing that a guest reads',
  kept: { kind: 'image', path: FILE, format: 'qcow2' },
  found: { path: FILE, format: 'qcow2' },
} as const;

function drawDisk(draw: Draw, { swarm }: Circumstances) {
  const clusterSize = draw.pick(CLUSTERS);
  const size = drawSize(draw, swarm, SIZES, clusterSize);
  const geometry = qcow2Geometry(plainQcow2(clusterSize), size);
  // Neither tool compresses what it repairs, and the subject repairs no image with compressed clusters.
  return { clusterSize, size, writes: uncompressed(drawLayerWrites(draw, swarm, geometry)) };
}

/** The image that the reference makes, and the same damage to each side's copy: to the L2 entry of the first cluster, or to how it is counted. */
function damagedDisk({ damage, clusterSize, size, writes }: Repair): Preparation[] {
  const first: Write = { kind: 'data', offset: 0, length: clusterSize, byte: 0xab };
  const options = qcow2Arguments(plainQcow2(clusterSize));
  const image = imageOf({ format: 'qcow2', options, file: FILE, size, writes: [first, ...writes] });
  const offset = L2_TABLE * clusterSize;
  // The flag, in the highest byte, says that only one refers to the cluster, so that it may be written to.
  const shared = { offset, byte: 0 };
  const twice = counted(DATA, 2, clusterSize);
  const damages: Readonly<Record<Repair['damage'], readonly [Bytes, ...Bytes[]]>> = {
    leaked: [{ offset, length: 8, byte: 0 }],
    uncounted: [counted(DATA, 0, clusterSize)],
    'counted twice': [twice, shared],
    copied: [twice],
    'not copied': [shared],
  };
  return [...build([image]), setBytes(FILE, ...damages[damage])];
}
