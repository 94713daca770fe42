import * as v from 'valibot';
import { convertScript } from './conversion.ts';
import { operation } from './operation.ts';

const TARGETS = ['raw', 'qcow2'] as const;

/** Copies the source image into another format. */
export const convert = operation({
  name: 'convert',
  schema: v.strictObject({ target: v.picklist(TARGETS) }),
  pick: (draw) => ({ target: draw.pick(TARGETS) }),
  script: ({ target }, context) => convertScript({ target, compressed: false }, context),
});
