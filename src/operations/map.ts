import * as v from 'valibot';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { sameMap } from '../oracles/map.ts';
import type { Draw } from '../plan/draw.ts';
import { ordinary } from '../plan/schema.ts';
import { CLUSTER, MiB, MOST_SIZE } from '../plan/size.ts';
import type { Source } from '../plan/source.ts';
import { operation } from './operation.ts';
import { DAMAGES } from './parts/damage.ts';
import { SOURCE_FILE, sourceFiles } from './parts/fixture.ts';
import { missingFile, unknownFlag } from './parts/mistake.ts';

const bytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_SIZE), ordinary(CLUSTER, MiB));

/** The part that is asked for. It is made one of whole units of the image: both tools begin and end it there at the same byte. */
const MapOptions = v.strictObject({ start: v.optional(bytes), length: v.optional(bytes) });
type MapOptions = v.InferOutput<typeof MapOptions>;

/** The share of requests for a part of the disk, and how many of those name only its beginning or only its length. */
const WINDOWS = 0.25;
const HALF_NAMED = 0.3;

/** Tells which parts of a disk hold data and which read zero. */
export const map = operation({
  name: 'map',
  onRequest: true,
  schema: MapOptions,
  mistakes: [missingFile, unknownFlag, DAMAGES],
  nature: { leavesNone: true },
  pick: (draw, { source }) => (draw.chance(WINDOWS) ? drawWindow(draw, source) : {}),
  script: (options, { source }) => {
    const window = windowArguments(options, source);
    return {
      usesSource: true,
      prepare: [],
      subject: ['map', ...window, '--output', 'json', SOURCE_FILE],
      reference: ['map', ...window, '--output=json', SOURCE_FILE],
      operand: SOURCE_FILE,
      inputs: sourceFiles(source),
      outputs: [],
      invariants: [],
      oracles: [noCrash, sameSuccess, inputsUntouched],
      readbacks: [sameMap],
    };
  },
});

/** Windows near what was written, where there is something to tell apart, and anywhere. */
function drawWindow(draw: Draw, source: Source): MapOptions {
  const [unit, last] = [unitOf(source), lastUnit(source)];
  const [first, ...others] = source.writes.map(({ offset }) => Math.floor(offset / unit));
  const near = first === undefined || draw.chance(0.4) ? draw.integer(0, last) : draw.pick([first, ...others]);
  const start = Math.min(last, Math.max(0, near + draw.pick([0, 0, -1, 1]))) * unit;
  const length = Math.min(MOST_SIZE, draw.pick([1, 2, 4, draw.integer(1, last + 1)]) * unit);
  if (!draw.chance(HALF_NAMED)) return { start, length };
  return draw.chance(0.5) ? { start } : { length };
}

/** A window starts within the disk, also where that was made smaller since; it may end behind it. */
function windowArguments({ start, length }: MapOptions, source: Source): string[] {
  const unit = unitOf(source);
  const from = (bytes: number) => Math.min(Math.floor(bytes / unit), lastUnit(source)) * unit;
  return [
    ...(start === undefined ? [] : ['--start-offset', String(from(start))]),
    ...(length === undefined ? [] : ['--max-length', String(Math.max(1, Math.ceil(length / unit)) * unit)]),
  ];
}

function lastUnit(source: Source): number {
  return Math.ceil(source.size / unitOf(source)) - 1;
}

/** In what an image is allocated, and no less than what the subject reads at a time. */
function unitOf(source: Source): number {
  switch (source.format) {
    case 'qcow2':
      return Math.max(CLUSTER, source.clusterSize);
    case 'vpc':
      return 2 * MiB;
    case 'vhdx':
      return source.blockSize;
    default:
      return CLUSTER;
  }
}
