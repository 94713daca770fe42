/** Noise for fixtures: bytes that look random, grown from a number by a program that every machine with a shell has, so that a script can make them again. */
import * as v from 'valibot';
import { type Noise, Write } from '../../plan/write.ts';

/** Where an iteration's noise lies, beside the directories of the sides: one file serves all images of both. */
export const NOISE_DIRECTORY = 'noise';

/** The same from within either side's directory of a step, in which images are written. */
const FROM_STEP = `../../${NOISE_DIRECTORY}/`;

/** What the files are called tells how they are made: `171-incompressible` grows from 171. */
function fileOf(content: Noise, byte: number): string {
  return `${byte}-${content}`;
}

/** A file of noise as `qemu-io` finds it; a write longer than the file repeats it. */
export function noisePath(content: Noise, byte: number): string {
  return `${FROM_STEP}${fileOf(content, byte)}`;
}

/** Whether a command reads noise. */
export function readsNoise(args: readonly string[]): boolean {
  return args.some((word) => word.includes(FROM_STEP));
}

/** The files of noise that writes anywhere in a plan, or in a part of one, are made of. */
export function noiseFilesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const own = v.is(Write, part) && 'content' in part && part.content ? [fileOf(part.content, part.byte)] : [];
  return [...new Set([...own, ...Object.values(part).flatMap(noiseFilesIn)])];
}

/**
 * Three bytes come of each number. A file is longer than the 32 KiB in which deflate finds a repetition (RFC 1951), so that a repeated one
 * stays noise; and odd, so that no two clusters of a run are equal. In clusters above that zstd would find it: none that has data is made with it.
 */
const NUMBERS = 10_923;

/**
 * The numbers are those of Park and Miller (Communications of the ACM 31, 1988), whose products are below 2^53: exact in every awk. No
 * byte is zero, which some cannot print. Of 255 different bytes nothing can be saved, of 16 a half.
 */
const GROW =
  'BEGIN { for (f = 1; f < ARGC; f++) { s = ARGV[f] + 1; m = ARGV[f] ~ /half/ ? 16 : 255; ' +
  `for (i = 0; i < ${NUMBERS}; i++) { s = s * 16807 % 2147483647; ` +
  'printf "%c%c%c", s % m + 1, int(s / m) % m + 1, int(s / m / m) % m + 1 > ARGV[f] } close(ARGV[f]) } }';

/** The words with which `awk` makes files of noise in the directory that it is run in. In another locale than C it could print characters for bytes. */
export function noiseArguments(files: readonly string[]): string[] {
  return [GROW, ...files];
}
