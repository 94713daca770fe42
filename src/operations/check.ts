import * as v from 'valibot';
import { sameCheckCounts } from '../oracles/consistency.ts';
import { noCrash, sameExitCode } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { SOURCE_FILE, sourceFiles } from './fixture.ts';
import { DAMAGES, missingFile, unknownFlag } from './mistake.ts';
import { operation } from './operation.ts';

/** Examines an image's metadata. The exit code is the answer here, so it is compared to the digit. */
export const check = operation({
  name: 'check',
  schema: v.strictObject({}),
  mistakes: [missingFile, unknownFlag, DAMAGES],
  nature: { reads: {}, leavesNone: true },
  pick: () => ({}),
  script: (_options, { source }) => ({
    usesSource: true,
    prepare: [],
    subject: ['check', SOURCE_FILE],
    reference: ['check', SOURCE_FILE],
    operand: SOURCE_FILE,
    inputs: sourceFiles(source),
    outputs: [],
    invariants: [],
    // What it counted says more than the digit that follows from it.
    oracles: [noCrash, sameCheckCounts, sameExitCode, inputsUntouched],
    readbacks: [],
  }),
});
