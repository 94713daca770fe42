import { sameAnswer, sameMismatch, sameStrictAnswer, sameStrictMismatch } from '../oracles/answer.ts';
import { noCrash } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { SECTOR, sizeText } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import { operation, type Preparation } from './operation.ts';
import { type Compare, CompareOptions, drawCompare } from './parts/compare-options.ts';
import { DAMAGES, UNREADABLE } from './parts/damage.ts';
import { SOURCE_FILE, sourceFiles, writeOnEach } from './parts/fixture.ts';
import { missingFile, unknownFlag } from './parts/mistake.ts';

/** Tells whether two disks hold the same: the source image, and another that was made from it. The exit code is the answer. */
export const compare = operation({
  name: 'compare',
  onRequest: true,
  schema: CompareOptions,
  mistakes: [missingFile, unknownFlag, DAMAGES, UNREADABLE],
  nature: { leavesNone: true },
  pick: (draw, { source }) => drawCompare(draw, source),
  script: (options, { source, position }) => {
    const other = `other${position}.${options.format}`;
    const images = options.swapped ? [other, SOURCE_FILE] : [SOURCE_FILE, other];
    const judges = options.strict ? [sameStrictAnswer, sameStrictMismatch] : [sameAnswer, sameMismatch];
    const words = ['compare', ...(options.strict ? ['-s'] : []), ...images];
    return {
      usesSource: true,
      // Some formats hold a time or a random number, so that each side's image is compared with what it was.
      prepare: [...otherImage(options, source, other), { kind: 'before', file: other }],
      subject: words,
      reference: words,
      operand: SOURCE_FILE,
      inputs: [...sourceFiles(source), { path: other, format: options.format, own: true }],
      outputs: [],
      invariants: [],
      oracles: [noCrash, ...judges, inputsUntouched],
      readbacks: [],
    };
  },
});

/** Makes the other image on each side, by the reference: all of the source, and then what differs. */
function otherImage(options: Compare, source: Source, other: string): Preparation[] {
  const { format } = options;
  const convert = ['convert', '-f', source.format, '-O', format, SOURCE_FILE, other];
  const made: Preparation = { kind: 'each', program: 'reference', args: convert };
  const longer = (bytes: number): Preparation => ({
    kind: 'each',
    program: 'reference',
    args: ['resize', '-q', '-f', format, other, `+${sizeText(bytes)}`],
  });
  switch (options.differs) {
    case 'nothing':
      return [made];
    case 'sector':
      return [made, ...sector(format, other, within(options.offset, source.size), options.byte)];
    case 'zeros-behind':
      return [made, longer(options.more)];
    case 'data-behind': {
      const { more, offset, byte } = options;
      return [made, longer(more), ...sector(format, other, source.size + within(offset, more), byte)];
    }
  }
}

function sector(format: string, file: string, offset: number, byte: number): Preparation[] {
  return writeOnEach(format, file, [{ kind: 'data', offset, length: SECTOR, byte }]);
}

/** The sector with this byte, or the last one where the disk is smaller. */
function within(offset: number, size: number): number {
  return Math.floor(Math.min(offset, size - SECTOR) / SECTOR) * SECTOR;
}
