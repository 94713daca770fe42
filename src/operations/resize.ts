import * as v from 'valibot';
import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { sameWrittenInfo } from '../oracles/info.ts';
import type { Draw } from '../plan/draw.ts';
import { KiB, MiB, sizeText } from '../plan/size.ts';
import { drawScattered, Writes } from '../plan/write.ts';
import { createArguments, writeOnEach } from './fixture.ts';
import { operation } from './operation.ts';
import { drawQcow2, Qcow2Options, qcow2Arguments } from './qcow2.ts';

const PREALLOCATIONS = ['off', 'falloc', 'full'] as const;
const CLUSTERS = [512, 4 * KiB, 64 * KiB, 256 * KiB, 2 * MiB] as const;
const CHANGES = [64 * KiB, 512 * KiB, MiB, 3 * MiB, 4 * MiB] as const;
const QCOW2_SIZES = [MiB, 4 * MiB, 16 * MiB, 256 * MiB] as const;
const RAW_SIZES = [MiB, 4 * MiB, 16 * MiB, 64 * MiB] as const;

const size = v.pipe(v.number(), v.integer(), v.minValue(64 * KiB), v.maxValue(512 * MiB));

/** The new size, as it is asked for: by itself, or as a difference to the old one. */
const Change = v.variant('kind', [
  v.strictObject({ kind: v.literal('to'), size }),
  v.strictObject({ kind: v.literal('by'), size, grow: v.boolean() }),
]);
type Change = v.InferOutput<typeof Change>;

const common = { size, change: Change, preallocation: v.optional(v.picklist(PREALLOCATIONS)), writes: Writes };
const Resize = v.variant('format', [
  v.strictObject({ format: v.literal('qcow2'), ...Qcow2Options.entries, ...common }),
  v.strictObject({ format: v.literal('raw'), ...common }),
]);
type Resize = v.InferOutput<typeof Resize>;

/** Changes the size of an image that each side made with its own tool; the data below the new end must survive. */
export const resize = operation({
  name: 'resize',
  schema: Resize,
  pick: (draw) => drawResize(draw),
  script: (options) => {
    const { format, writes } = options;
    const file = `disk.${format}`;
    const args = resizeArguments(options, file);
    const creation = format === 'qcow2' ? qcow2Arguments(options) : {};
    return {
      usesSource: false,
      prepare: [
        { kind: 'own', args: createArguments(format, creation, file, options.size) },
        ...writeOnEach(format, file, writes),
      ],
      subject: args,
      reference: args,
      inputs: [],
      outputs: [{ path: file, format }],
      oracles: [noCrash, sameSuccess],
      readbacks: [sameWrittenInfo(() => 'resize_info_divergence'), sameContent, notLessConsistent],
    };
  },
});

function drawResize(draw: Draw): Resize {
  const format = draw.pick(['qcow2', 'raw'] as const);
  const preallocation = draw.pick([undefined, ...PREALLOCATIONS]);
  const fills = preallocation === 'falloc' || preallocation === 'full';
  const sizes = format === 'qcow2' ? QCOW2_SIZES : RAW_SIZES;
  const start = fills ? draw.pick([MiB, 4 * MiB]) : draw.pick(sizes);
  const change = fills ? drawFilledEnd(draw, start) : drawChange(draw, start, sizes);
  const writes = drawScattered(draw, start, 3);
  const rest = { size: start, change, writes, ...(preallocation === undefined ? {} : { preallocation }) };
  return format === 'qcow2' ? { format, ...drawQcow2(draw, CLUSTERS), ...rest } : { format, ...rest };
}

/** With preallocation the new part is really written: it stays small, and the image always grows. */
function drawFilledEnd(draw: Draw, start: number): Change {
  const end = draw.pick([4 * MiB, 8 * MiB, 16 * MiB]);
  return { kind: 'to', size: end === start ? 16 * MiB : end };
}

function drawChange(draw: Draw, start: number, sizes: readonly [number, ...number[]]): Change {
  const kind = draw.pick(['to', 'grow', 'shrink'] as const);
  const by = draw.pick(CHANGES);
  if (kind === 'to' || (kind === 'shrink' && by >= start)) return { kind: 'to', size: draw.pick(sizes) };
  return { kind: 'by', size: by, grow: kind === 'grow' };
}

/** A shrink must be asked for with `--shrink`; any other use of it would be refused by one side only. */
function resizeArguments({ format, size: start, change, preallocation }: Resize, file: string): string[] {
  const shrinks = change.kind === 'to' ? change.size < start : !change.grow;
  const sign = change.kind === 'to' ? '' : change.grow ? '+' : '-';
  return [
    ...['resize', '-f', format, ...(shrinks ? ['--shrink'] : [])],
    ...(preallocation === undefined ? [] : ['--preallocation', preallocation]),
    ...[file, `${sign}${sizeText(change.size)}`],
  ];
}
