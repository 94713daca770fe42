import * as v from 'valibot';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameReadInfo } from '../oracles/info.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import type { Source } from '../plan/source.ts';
import { operation } from './operation.ts';
import { DAMAGES } from './parts/damage.ts';
import { SOURCE_FILE, sourceFiles } from './parts/fixture.ts';
import { missingFile, unknownFlag } from './parts/mistake.ts';

/** Describes an image: the subject's own JSON report against the reference's. */
export const info = operation({
  name: 'info',
  schema: v.strictObject({}),
  mistakes: [missingFile, unknownFlag, DAMAGES],
  nature: { reads: {}, leavesNone: true },
  pick: () => ({}),
  script: (_options, { source }) => ({
    usesSource: true,
    prepare: [],
    subject: ['info', ...named(source), '--output', 'json', SOURCE_FILE],
    reference: ['info', ...named(source), '--output=json', SOURCE_FILE],
    operand: SOURCE_FILE,
    inputs: sourceFiles(source),
    outputs: [],
    invariants: [],
    oracles: [noCrash, sameSuccess, inputsUntouched],
    readbacks: [sameReadInfo],
  }),
});

/** A fixed vpc has no mark at its beginning: a tool has to be told what it is. */
function named(source: Source): string[] {
  return source.format === 'vpc' && source.subformat === 'fixed' ? ['-f', source.format] : [];
}
