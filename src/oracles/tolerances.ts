import { MiB } from '../plan/size.ts';

/** A disk that may be this much larger than the reference's, in bytes, and is the same disk; less than nothing means smaller. */
interface SizeTolerance {
  readonly format: string;
  readonly least: number;
  readonly most: number;
  readonly reason: string;
}

const TRANSPORT_SECTOR = 64 * 1024;

/** The largest cylinder of a vpc: 16 heads of 255 sectors. */
const CYLINDER = 16 * 255 * 512;

/** The formats in which a disk of another size may be the same one. */
export const SIZE_TOLERANCES: readonly SizeTolerance[] = [
  {
    format: 'raw',
    least: 0,
    most: TRANSPORT_SECTOR - 1,
    reason: 'the subject writes whole transport sectors, so that a file may have a tail of zeros',
  },
  {
    format: 'vpc',
    least: 1 - CYLINDER,
    most: 0,
    reason: 'the reference rounds up to whole cylinders, the subject keeps the size (gap convert-vpc-size)',
  },
];

/** Whether a disk of this format that is so many bytes larger than the reference's counts as the same; all bytes in common are equal. */
export function isSameSize(format: string, larger: number): boolean {
  const tolerance = SIZE_TOLERANCES.find((one) => one.format === format);
  return larger === 0 || (tolerance !== undefined && larger >= tolerance.least && larger <= tolerance.most);
}

/** How much larger than measured the subject's own conversion may become, as it documents: so many bytes, or one part in so many of what was measured where that is more. */
export const MEASURE_TOLERANCE = { bytes: MiB, oneIn: 16 } as const;

/** The most bytes that a conversion may need for which the subject measured `full`. */
export function mostConverted(full: number): number {
  return full + Math.max(MEASURE_TOLERANCE.bytes, Math.floor(full / MEASURE_TOLERANCE.oneIn));
}
