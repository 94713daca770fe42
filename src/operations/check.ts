import * as v from 'valibot';
import { sameCheckCounts } from '../oracles/consistency.ts';
import { noCrash, sameExitCode } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import type { Draw } from '../plan/draw.ts';
import type { Source } from '../plan/source.ts';
import { operation } from './operation.ts';
import { DAMAGED, damagedCopy, drawWrong, WRONG } from './parts/check-damage.ts';
import { DAMAGES } from './parts/damage.ts';
import { SOURCE_FILE, sourceFiles } from './parts/fixture.ts';
import { missingFile, unknownFlag } from './parts/mistake.ts';

/** The share of images that can be miscounted and are: in all others there is nothing to find. */
const SHARE = 0.5;

const Check = v.strictObject({ miscount: v.optional(v.picklist(WRONG)) });
type Check = v.InferOutput<typeof Check>;

/** Examines an image's metadata. The exit code is the answer here, so it is compared to the digit. */
export const check = operation({
  name: 'check',
  schema: Check,
  mistakes: [missingFile, unknownFlag, DAMAGES],
  nature: { reads: {}, leavesNone: true },
  pick: (draw, { source }) => drawCheck(draw, source),
  script: ({ miscount }, { source }) => {
    const prepare = miscount ? damagedCopy(miscount, source) : [];
    const copies = prepare.length > 0 ? [{ path: DAMAGED, format: source.format }] : [];
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
      // What it counted says more than the digit that follows from it; but what is wrong is a corruption to one tool, an error of refcounts or of an
      // entry's flags to the other.
      oracles: [noCrash, ...(miscount ? [] : [sameCheckCounts]), sameExitCode, inputsUntouched],
      readbacks: [],
    };
  },
});

function drawCheck(draw: Draw, source: Source): Check {
  const wrong = draw.chance(SHARE) ? drawWrong(draw, source) : undefined;
  return wrong === undefined ? {} : { miscount: wrong };
}
