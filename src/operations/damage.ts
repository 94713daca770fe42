/** Images that are damaged on purpose: both tools must refuse to work on them. */
import { noCrash, noRefusal, refusesLoss } from '../oracles/ending.ts';
import { untouchedWhenRefused } from '../oracles/inputs.ts';
import type { Source } from '../plan/source.ts';
import { aboutCopy, type Mistake } from './mistake.ts';
import type { Script, ScriptContext } from './operation.ts';
import { firstTable, isCountedPlainly, setBytes } from './spoilt.ts';

/** The damaged copy of the file that the command is about. */
const COPY = 'damaged.img';

/** One byte of a file that is another. */
interface Byte {
  readonly offset: number;
  readonly byte: number;
}

function aboutDamaged(script: Script, { offset, byte }: Byte): Script {
  return aboutCopy(script, COPY, setBytes(COPY, offset, byte));
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
function damagedData(
  name: string,
  byteIn: (context: ScriptContext) => Byte,
  fits: NonNullable<Mistake['fits']>,
): Mistake {
  const oracles = [noCrash, refusesLoss('unreadable'), untouchedWhenRefused];
  return { name, fits, spoil: (script, context) => ({ ...aboutDamaged(script, byteIn(context)), oracles }) };
}

/**
 * The name of the backing file loses its end, so that there is no such file: byte 19 is the lowest of its length, and no name here is as short
 * as 6 (docs/interop/qcow2.rst). An image without one has no use for the length.
 */
export const damagedBackingName = damagedData(
  'damaged-backing-name',
  () => ({ offset: 19, byte: 6 }),
  // Renaming alone need not open it.
  ({ operand, inputs, outputs, subject }) =>
    !subject.includes('-u') &&
    [...inputs, ...outputs].some(({ path, format }) => path === operand && format === 'qcow2'),
);

/** An entry leads to a place between two clusters: of either table the second lowest byte of the first. */
const BETWEEN_CLUSTERS = 2;
const SECOND_LOWEST = 6;

/** It shows only when the data are read, when the output has been begun: what was in its place need not be there any more. */
function damagedEntry(
  name: string,
  table: number,
  fits: (source: Source & { readonly format: 'qcow2' }) => boolean,
): Mistake {
  const damaged = damagedData(
    name,
    ({ source }) => ({ offset: table * clusterOf(source) + SECOND_LOWEST, byte: BETWEEN_CLUSTERS }),
    (_, { source }) => isCountedPlainly(source) && fits(source),
  );
  return {
    ...damaged,
    spoil: (script, context) => {
      const { inputs, ...spoilt } = damaged.spoil(script, context);
      const begun = script.outputs.map(({ path }) => path);
      return { ...spoilt, inputs: inputs.filter(({ path }) => !begun.includes(path)) };
    },
  };
}

/** The first entry of the L1 table, which lies in the fourth cluster, is for all data at the start of the disk. */
const damagedL1Entry = damagedEntry('damaged-l1-entry', 3, () => true);

/** The first entry of the first L2 table is for what is read first of its part. */
const damagedL2Entry = damagedEntry('damaged-l2-entry', 4, (source) => firstTable(source) !== undefined);

/** What may keep the data of an image from being read, though its header is sound. */
export const UNREADABLE: readonly Mistake[] = [damagedBackingName, damagedL1Entry, damagedL2Entry];

function clusterOf(source: Source): number {
  return source.format === 'qcow2' ? source.clusterSize : 0;
}
