/** Images that are damaged on purpose: both tools must refuse to work on them. */
import { noCrash, noRefusal, refusesLoss } from '../../oracles/ending.ts';
import { untouchedWhenRefused } from '../../oracles/inputs.ts';
import type { Source } from '../../plan/source.ts';
import type { Script } from '../operation.ts';
import { aboutCopy, type Mistake, withoutBegun } from './mistake.ts';
import { astray, type Bytes, firstEntry, isCountedPlainly, L1_TABLE, L2_TABLE, setBytes } from './spoilt.ts';

/** The damaged copy of the file that the command is about. */
const COPY = 'damaged.img';

function aboutDamaged(script: Script, bytes: Bytes): Script {
  return aboutCopy(script, COPY, [setBytes(COPY, bytes)]);
}

/**
 * One byte in the header of a qcow2 image that makes it unreadable, unless its version has no such field; other formats lose their
 * mark and become raw. Only the reference knows which, so where it refuses the request for reasons of its own, nobody does.
 */
function damagedHeader(name: string, offset: number, byte: number): Mistake {
  return {
    name,
    spoil: (script) => {
      const spoilt = aboutDamaged(script, { offset, byte });
      const refusedAnyway = script.oracles.includes(noRefusal);
      return refusedAnyway ? { ...spoilt, oracles: [noCrash, untouchedWhenRefused] } : spoilt;
    },
  };
}

/** The fields of the header are described in qemu's docs/interop/qcow2.rst: magic, version, cluster bits, L1 table's offset, features. */
export const DAMAGES: readonly Mistake[] = [
  damagedHeader('damaged-version', 7, 99),
  damagedHeader('damaged-cluster-bits', 23, 63),
  damagedHeader('damaged-l1-offset', 47, 1),
  damagedHeader('damaged-features', 72, 0x80),
];

/** Damage that leaves an image to be opened or its data to be found in vain: who goes on hands out something else for them. */
const OF_DATA = [noCrash, refusesLoss('unreadable'), untouchedWhenRefused];

/**
 * The name of the backing file loses its end, so that there is no such file: byte 19 is the lowest of its length, and no name here is as short
 * as 6 (docs/interop/qcow2.rst). An image without one has no use for the length.
 */
export const damagedBackingName: Mistake = {
  name: 'damaged-backing-name',
  // Renaming alone need not open it.
  fits: ({ operand, inputs, outputs, subject, usesSource }, { source }) =>
    !subject.includes('-u') &&
    (usesSource
      ? source.format === 'qcow2' && source.backing.length > 0
      : [...inputs, ...outputs].some(({ path, format, below }) => path === operand && format === 'qcow2' && below)),
  spoil: (script) => ({ ...aboutDamaged(script, { offset: 19, byte: 6 }), oracles: OF_DATA }),
};

/** The entry of a table in this cluster of the file that is for the start of the disk leads astray: it shows only when the data are read. */
function damagedEntry(name: string, table: number, fits: (source: Source & { format: 'qcow2' }) => boolean): Mistake {
  return {
    name,
    fits: (_, { source }) => isCountedPlainly(source) && fits(source),
    spoil: (script, { source }) => {
      const entry = source.format === 'qcow2' ? table * source.clusterSize : 0;
      return { ...withoutBegun(aboutDamaged(script, astray(entry)), script), oracles: OF_DATA };
    },
  };
}

/** What may keep the data of an image from being read, though its header is sound. The first L2 table is for what is read first of its part. */
export const UNREADABLE: readonly Mistake[] = [
  damagedBackingName,
  damagedEntry('damaged-l1-entry', L1_TABLE, () => true),
  damagedEntry('damaged-l2-entry', L2_TABLE, (source) => firstEntry(source) !== undefined),
];
