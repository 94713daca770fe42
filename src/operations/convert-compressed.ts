import * as v from 'valibot';
import { isPreallocated } from '../plan/source.ts';
import { CONVERSION_MISTAKES, convertedSource, convertScript, OCCUPIED } from './conversion.ts';
import { drawOccupied, Occupied } from './occupied.ts';
import { operation } from './operation.ts';

/** Copies the source image, with compressed clusters where the target format has them. */
export const convertCompressed = operation({
  name: 'convert_compressed',
  schema: v.strictObject({ target: v.picklist(['raw', 'qcow2', 'vmdk']), occupied: Occupied }),
  mistakes: CONVERSION_MISTAKES,
  nature: {
    simpler: 'convert',
    features: () => ['compressed'],
    leaves: ({ target }, source) => convertedSource(target, source, true),
  },
  pick: (draw, { swarm, source }) => {
    const more = swarm.includes('more-targets') && !isPreallocated(source) ? (['vmdk'] as const) : [];
    return { target: draw.pick(['raw', 'qcow2', ...more] as const), ...drawOccupied(draw, OCCUPIED) };
  },
  script: ({ target, occupied }, context) => {
    // Of the kinds of vmdk only this one has compressed grains; the subject takes it for `-c` by itself.
    const referenceOptions = target === 'vmdk' ? { subformat: 'streamOptimized' } : {};
    return convertScript({ target, compressed: target !== 'raw', occupied, referenceOptions }, context);
  },
});
