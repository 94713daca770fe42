import * as v from 'valibot';
import { sameCheckCounts } from '../oracles/consistency.ts';
import { noCrash, sameExitCode } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import type { Draw } from '../plan/draw.ts';
import type { Source } from '../plan/source.ts';
import { DAMAGES } from './damage.ts';
import { SOURCE_FILE, sourceFiles } from './fixture.ts';
import { missingFile, unknownFlag } from './mistake.ts';
import { operation, type Preparation } from './operation.ts';
import { isCountedPlainly, spoiltCopy } from './spoilt.ts';

/** How often the cluster of the L1 table is counted, instead of once: then it leaks, or may be given away, which is a corruption. */
const MISCOUNTS = { twice: 2, never: 0 } as const;
const MISCOUNTED = 'miscounted.img';

/** The share of images that can be miscounted and are: in all others there is nothing to find. */
const SHARE = 0.35;

const Check = v.strictObject({ miscount: v.optional(v.picklist(['twice', 'never'])) });
type Check = v.InferOutput<typeof Check>;

/** Examines an image's metadata. The exit code is the answer here, so it is compared to the digit. */
export const check = operation({
  name: 'check',
  schema: Check,
  mistakes: [missingFile, unknownFlag, DAMAGES],
  nature: { reads: {}, leavesNone: true },
  pick: (draw, { source }) => drawCheck(draw, source),
  script: ({ miscount }, { source }) => {
    const prepare = miscount && isCountedPlainly(source) ? miscounted(source, MISCOUNTS[miscount]) : [];
    const copies = prepare.length > 0 ? [{ path: MISCOUNTED, format: source.format }] : [];
    const file = copies[0]?.path ?? SOURCE_FILE;
    return {
      usesSource: true,
      prepare,
      subject: ['check', file],
      reference: ['check', file],
      operand: file,
      inputs: [...copies, ...sourceFiles(source)],
      outputs: [],
      invariants: [],
      // What it counted says more than the digit that follows from it.
      oracles: [noCrash, sameCheckCounts, sameExitCode, inputsUntouched],
      readbacks: [],
    };
  },
});

function drawCheck(draw: Draw, source: Source): Check {
  if (!isCountedPlainly(source) || !draw.chance(SHARE)) return {};
  return { miscount: draw.pick(['twice', 'never']) };
}

/**
 * A copy of the source in which one count is wrong. Behind the header's cluster lie the refcount table, its first block, and the L1 table (measured:
 * qemu-img 10.0, `Leaked cluster 3` and `ERROR cluster 3 refcount=0`); a count has two bytes, the higher one first.
 */
function miscounted({ clusterSize }: Source & { format: 'qcow2' }, count: number): Preparation[] {
  const lowByte = 2 * clusterSize + 3 * 2 + 1;
  return spoiltCopy(SOURCE_FILE, MISCOUNTED, lowByte, count);
}
