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
import { DAMAGES } from './damage.ts';
import { build, imageOf } from './fixture.ts';
import { missingFile, unknownFlag } from './mistake.ts';
import { operation, type Preparation } from './operation.ts';

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

/**
 * The image that the reference makes, and the same damage to each side's copy. Behind the header's cluster lie the refcount table, its first block, and
 * the L1 table; the first write adds the L2 table and a cluster of data (measured: qemu-img 10.0, `ERROR cluster 5 refcount=0`). All numbers have
 * the higher byte first (docs/interop/qcow2.rst).
 */
function damagedDisk({ damage, clusterSize, size, writes }: Repair): Preparation[] {
  const first: Write = { kind: 'data', offset: 0, length: clusterSize, byte: 0xab };
  const options = qcow2Arguments(plainQcow2(clusterSize));
  const image = imageOf({ format: 'qcow2', options, file: FILE, size, writes: [first, ...writes] });
  const entry = 4 * clusterSize;
  const count = 2 * clusterSize + 5 * 2 + 1;
  const damages: Readonly<Record<Repair['damage'], readonly string[]>> = {
    leaked: [`write -q -P 0 ${entry} 8`],
    uncounted: [`write -q -P 0 ${count} 1`],
    // The flag says that only one refers to the cluster, so that it may be written to.
    'counted twice': [`write -q -P 2 ${count} 1`, `write -q -P 0 ${entry} 1`],
    copied: [`write -q -P 2 ${count} 1`],
    'not copied': [`write -q -P 0 ${entry} 1`],
  };
  const commands = damages[damage].flatMap((command) => ['-c', command]);
  return [...build([image]), { kind: 'each', program: 'qemu-io', args: ['-f', 'raw', ...commands, FILE] }];
}
