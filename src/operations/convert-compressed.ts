import * as v from 'valibot';
import { convertScript } from './conversion.ts';
import { operation } from './operation.ts';

const TARGETS = ['raw', 'qcow2'] as const;

/** Copies the source image, with compressed clusters where the target format has them. */
export const convertCompressed = operation({
  name: 'convert_compressed',
  schema: v.strictObject({ target: v.picklist(TARGETS) }),
  pick: (draw) => ({ target: draw.pick(TARGETS) }),
  script: ({ target }, context) => convertScript({ target, compressed: target === 'qcow2' }, context),
});
