import type { Layer } from '../../plan/chain.ts';
import { qcow2Arguments } from '../../plan/qcow2.ts';
import type { Source } from '../../plan/source.ts';

/** Values of `-o`, by their names; those without a value are left out. */
export type FormatOptions = Readonly<Record<string, string | number | undefined>>;

/** What the source image is made with, in the reference's spelling. */
export function optionsOf(source: Source): FormatOptions {
  switch (source.format) {
    case 'qcow2':
      return { ...qcow2Arguments(source), preallocation: source.preallocation };
    case 'raw':
      return {};
    case 'vmdk':
      return { subformat: source.subformat, zeroed_grain: source.zeroedGrains && 'on' };
    case 'vpc':
      return { subformat: source.subformat, force_size: source.exactSize && 'on' };
    case 'vhdx':
      return { block_size: source.blockSize, block_state_zero: source.absentBlocks && 'off' };
  }
}

/** The same of an image below it. */
export function layerOptions(layer: Layer): FormatOptions {
  return layer.format === 'qcow2' ? qcow2Arguments(layer) : plainOptions(layer.format);
}

/** What an image of a format is made with of which only the size is told: that of a vpc comes to whole cylinders by itself. */
export function plainOptions(format: string): FormatOptions {
  return format === 'vpc' ? { force_size: 'on' } : {};
}

/** Format options in the reference's spelling. */
export function optionArguments(options: FormatOptions): string[] {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return given.length === 0 ? [] : ['-o', given.map(([key, value]) => `${key}=${value}`).join(',')];
}
