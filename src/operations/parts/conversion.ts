import { noCrash, refusesLoss, sameSuccess } from '../../oracles/ending.ts';
import { sameWrittenInfo } from '../../oracles/info.ts';
import { inputsUntouched, untouchedWhenRefused } from '../../oracles/inputs.ts';
import type { Oracle } from '../../oracles/observation.ts';
import { sameImage } from '../../oracles/same-image.ts';
import { plainQcow2 } from '../../plan/qcow2.ts';
import { KiB, MiB } from '../../plan/size.ts';
import type { Source } from '../../plan/source.ts';
import { uncompressed } from '../../plan/write.ts';
import type { Script, ScriptContext } from '../operation.ts';
import { copyOfSnapshot, hasSnapshot, keepSnapshot } from './asked-snapshot.ts';
import { DAMAGES, UNREADABLE } from './damage.ts';
import { SNAPSHOT, SOURCE_FILE, sourceFiles } from './fixture.ts';
import { type FormatOptions, optionArguments } from './image-options.ts';
import {
  type Mistake,
  missingFile,
  ontoItself,
  ontoTheLowest,
  refusable,
  unknownFlag,
  unknownTarget,
  withoutBegun,
} from './mistake.ts';
import { occupy } from './occupied.ts';

/** A conversion: its target, whether clusters are compressed, and the target's options for either side. */
export interface Conversion {
  readonly target: string;
  readonly compressed: boolean;
  /** Another file is in the output's place, which both tools must replace. */
  readonly occupied?: boolean | undefined;
  /** What an internal snapshot of the source holds is asked for. */
  readonly snapshot?: true | undefined;
  readonly options?: FormatOptions;
  /** Options that the reference needs to do what the subject does by itself. */
  readonly referenceOptions?: FormatOptions;
}

/**
 * Less than any image takes that holds data: behind the header of a qcow2 there are four clusters of tables before its data, of 64 KiB each, and a
 * raw file is as long as its disk.
 */
const TOO_LITTLE = 256 * KiB;

/** There is no room for the output. How far a subject gets before it finds out is its own affair, and how it tells so. */
const noRoom: Mistake = {
  name: 'no-room',
  fits: ({ outputs: [output], reference }, { source }) =>
    output?.format === 'raw'
      ? source.size > TOO_LITTLE
      : output?.format === 'qcow2' && !reference.some((word) => word.includes('cluster_size=')),
  spoil: (script) => ({
    ...withoutBegun(refusable(script), script),
    mostBytes: TOO_LITTLE,
    oracles: [refusesLoss('unwritten'), untouchedWhenRefused],
    // What is left of the output is replaced, as any file in its place.
    spoilsCopy: true,
  }),
};

/** What can be wrong with asking for one, where the lowest image of the source's chain is such a one when it is to be written onto. */
export function conversionMistakes(
  ontoBase = ontoTheLowest('onto-its-base'),
): readonly (Mistake | readonly Mistake[])[] {
  return [missingFile, unknownFlag, unknownTarget, [ontoItself, ontoBase], noRoom, DAMAGES, UNREADABLE];
}

/** What both kinds of conversion run. Compression is spelled `-c` on both sides. */
export function convertScript(conversion: Conversion, { source, position, dialect }: ScriptContext): Script {
  const { target, compressed, occupied = false, options = {}, referenceOptions = {} } = conversion;
  const output = convertedFile(position, target);
  const isOld = conversion.snapshot === true && hasSnapshot(source);
  const [before, after] = [
    ['convert', ...(compressed ? ['-c'] : [])],
    ['-O', target, SOURCE_FILE, output],
  ];
  const theirs = [
    ...before,
    ...optionArguments({ ...referenceOptions, ...options }),
    ...(isOld ? ['-l', SNAPSHOT] : []),
    ...after,
  ];
  const ours = [...before, ...ownFlags({ ...options, snapshot: isOld ? SNAPSHOT : undefined }), ...after];
  return {
    usesSource: true,
    prepare: [...(isOld ? keepSnapshot(position) : []), ...(occupied ? occupy(output) : [])],
    subject: dialect === 'instar' ? ours : theirs,
    reference: theirs,
    operand: SOURCE_FILE,
    inputs: sourceFiles(source),
    outputs: [{ path: output, format: target, ...(!occupied && { isNew: true }) }],
    invariants: [
      {
        says: isOld ? 'the output reads as the snapshot did' : 'the output reads as its source',
        kept: { kind: 'image', path: isOld ? copyOfSnapshot(position) : SOURCE_FILE, format: source.format },
        // By design the tools round the size of a vpc differently, so that only this tells whether it holds the whole source.
        found: { path: output, format: target, ...(target === 'vpc' && { length: wholeSectors(source.size) }) },
      },
    ],
    oracles: [noCrash, sameSuccess, inputsUntouched],
    readbacks: [...describing(target), ...sameImage],
  };
}

/** The share of conversions onto a file that is there. */
export const OCCUPIED = 0.12;

/** The least that a disk can have which holds so many bytes. */
export function wholeSectors(bytes: number): number {
  return Math.ceil(bytes / 512) * 512;
}

/** Of the other formats the writers choose their own grains, blocks and geometry. */
export function describing(target: string): Oracle[] {
  return target === 'qcow2' ? [sameWrittenInfo((operation) => `${operation}_info_divergence`)] : [];
}

/** The subject's convert knows no `-o` and no `-l`, but a flag for each option (docs/convert.md); a switch has no value. */
function ownFlags(options: FormatOptions): string[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const flag = `--${key.replaceAll('_', '-')}`;
    return value === undefined ? [] : value === 'on' ? [flag] : [flag, String(value)];
  });
}

/** A source image like what a conversion leaves: the same data, converted from a raw disk. */
export function convertedSource(target: string, { size, writes }: Source, compressed: boolean): Source {
  const history = { kind: 'converted', from: 'raw', compressed: compressed && target === 'qcow2' } as const;
  const content = { size, pattern: 'rich', writes: uncompressed(writes), history } as const;
  switch (target) {
    case 'qcow2':
      return { format: 'qcow2', ...plainQcow2(64 * KiB), ...content, backing: [] };
    case 'vmdk':
      return { format: 'vmdk', subformat: compressed ? 'streamOptimized' : 'monolithicSparse', ...content };
    case 'vpc':
      return { format: 'vpc', subformat: 'dynamic', ...content };
    case 'vhdx':
      return { format: 'vhdx', blockSize: 8 * MiB, ...content };
    default:
      return { format: 'raw', ...content };
  }
}

/** The name of what a conversion in this step writes beside the source. */
export function convertedFile(position: number, format: string): string {
  return `step${position}.${format}`;
}
