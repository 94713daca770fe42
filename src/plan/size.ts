export const KiB = 1024;
export const MiB = 1024 * KiB;
export const GiB = 1024 * MiB;

const UNITS = [
  { suffix: 'G', bytes: GiB },
  { suffix: 'M', bytes: MiB },
  { suffix: 'K', bytes: KiB },
] as const;

/**
 * A number of bytes as both tools take it on their command lines: `67108864` is `64M`, `513` is `513`.
 * The suffix `b` is never used: the two tools read it differently (gap size-suffix-b).
 */
export function sizeText(bytes: number): string {
  const unit = UNITS.find((candidate) => bytes > 0 && bytes % candidate.bytes === 0);
  return unit ? `${bytes / unit.bytes}${unit.suffix}` : String(bytes);
}
