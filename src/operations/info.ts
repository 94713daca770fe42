import * as v from 'valibot';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameReadInfo } from '../oracles/info.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { SOURCE_FILE } from './fixture.ts';
import { operation } from './operation.ts';

/** Describes an image: the subject's own JSON report against the reference's. */
export const info = operation({
  name: 'info',
  schema: v.strictObject({}),
  pick: () => ({}),
  script: (_options, { source }) => ({
    usesSource: true,
    prepare: [],
    subject: ['info', '--output', 'json', SOURCE_FILE],
    reference: ['info', '--output=json', SOURCE_FILE],
    inputs: [{ path: SOURCE_FILE, format: source.format }],
    outputs: [],
    oracles: [noCrash, sameSuccess, inputsUntouched],
    readbacks: [sameReadInfo],
  }),
});
