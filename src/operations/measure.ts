import * as v from 'valibot';
import { noCrash, noRefusal, sameSuccess } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { coversConversion, sameMeasurement, withinOwnMeasurement } from '../oracles/measure.ts';
import { operation } from './operation.ts';
import { convertedFile } from './parts/conversion.ts';
import { DAMAGES } from './parts/damage.ts';
import { SOURCE_FILE, sourceFiles } from './parts/fixture.ts';
import { missingFile, unknownFlag, unknownTarget } from './parts/mistake.ts';

const TARGETS = ['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx'] as const;

/** The targets that the reference can measure too; for the others the subject is held to its own conversion. */
const COMPARABLE: readonly string[] = ['raw', 'qcow2'];

/** Tells how large a conversion would become. */
export const measure = operation({
  name: 'measure',
  schema: v.strictObject({ target: v.picklist(TARGETS) }),
  mistakes: [missingFile, unknownFlag, unknownTarget, DAMAGES],
  nature: { leavesNone: true },
  // What the reference measures too can be compared to the byte; of qcow2 most draws step into a known gap.
  pick: (draw) => ({ target: draw.pick([...TARGETS, 'raw', 'qcow2', 'qcow2', 'qcow2', 'qcow2'] as const) }),
  script: ({ target }, { source, position }) => {
    const output = convertedFile(position, target);
    const convert = ['convert', '-O', target, SOURCE_FILE, output];
    const bound = target === 'qcow2' ? [coversConversion(convert, output)] : [];
    const oracles = COMPARABLE.includes(target)
      ? [noCrash, sameSuccess, inputsUntouched]
      : // Its own conversion reads the source too.
        [noCrash, noRefusal, inputsUntouched, withinOwnMeasurement(convert, output), inputsUntouched];
    return {
      usesSource: true,
      prepare: [],
      subject: ['measure', '-O', target, '--output', 'json', SOURCE_FILE],
      reference: ['measure', '-O', target, '--output=json', SOURCE_FILE],
      operand: SOURCE_FILE,
      inputs: sourceFiles(source),
      outputs: [],
      invariants: [],
      oracles,
      readbacks: COMPARABLE.includes(target) ? [sameMeasurement, ...bound] : [],
    };
  },
});
