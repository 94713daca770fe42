import * as v from 'valibot';
import { isPreallocated } from '../plan/source.ts';
import { operation } from './operation.ts';
import { AskedSnapshot, drawAskedSnapshot, sourceThen } from './parts/asked-snapshot.ts';
import { conversionMistakes, convertedSource, convertScript, OCCUPIED } from './parts/conversion.ts';
import { drawOccupied, Occupied } from './parts/occupied.ts';

/** Copies the source image, with compressed clusters where the target format has them. */
export const convertCompressed = operation({
  name: 'convert_compressed',
  schema: v.strictObject({
    target: v.picklist(['raw', 'qcow2', 'vmdk']),
    occupied: Occupied,
    snapshot: AskedSnapshot,
  }),
  mistakes: conversionMistakes(),
  nature: {
    formatOption: 'target',
    simpler: 'convert',
    features: () => ['compressed'],
    leaves: ({ target, snapshot }, source) => convertedSource(target, snapshot ? sourceThen(source) : source, true),
  },
  pick: (draw, { swarm, source }) => {
    const more = swarm.includes('more-targets') && !isPreallocated(source) ? (['vmdk'] as const) : [];
    return {
      target: draw.pick(['raw', 'qcow2', ...more] as const),
      ...drawOccupied(draw, OCCUPIED),
      ...drawAskedSnapshot(draw, source),
    };
  },
  script: ({ target, occupied, snapshot }, context) => {
    // Of the kinds of vmdk only this one has compressed grains; the subject takes it for `-c` by itself.
    const referenceOptions = target === 'vmdk' ? { subformat: 'streamOptimized' } : {};
    return convertScript({ target, compressed: target !== 'raw', occupied, snapshot, referenceOptions }, context);
  },
});
