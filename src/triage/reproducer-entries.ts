/** Which commands of a transcript a reproducer is made of, and where they ran. */
import { SOURCE_DIRECTORY, stepDirectory } from '../operations/parts/called-from.ts';
import { NOISE_DIRECTORY, readsNoise } from '../operations/parts/noise.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import type { Finding } from '../verdict/finding.ts';

/** What the step ran, behind what it was made from: the noise and the source image, which other steps may have needed first. */
export function entriesFor(finding: Finding, transcript: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  const own = transcript.filter(({ step }) => step === finding.step);
  const noise = transcript.filter(({ directory }) => directory === NOISE_DIRECTORY);
  const source = transcript.filter((entry) => entry.step === 0 && !noise.includes(entry));
  const entries = placeOf(finding.step, own) === SOURCE_DIRECTORY ? [...source, ...own] : own;
  return entries.some(({ args }) => readsNoise(args)) ? [...noise, ...entries] : entries;
}

/** A file in the directory of the source, named alone or behind what it is to the command. */
const NAMES_SOURCE = new RegExp(`^([a-z]+=)?${SOURCE_DIRECTORY}/`);

/** The directory, below either side's, that the files of the step lie in: its commands run in it, or name it from above. */
export function placeOf(step: number, entries: readonly TranscriptEntry[]): string {
  const inSource = ({ directory, args }: TranscriptEntry) =>
    directory.endsWith(`/${SOURCE_DIRECTORY}`) || args.some((word) => NAMES_SOURCE.test(word));
  return entries.some((entry) => entry.step === step && inSource(entry)) ? SOURCE_DIRECTORY : stepDirectory(step);
}

/** The directory that must be there before a command runs: its own, the one that it copies into from above, or the one that it works in from above. */
export function directoryNeeded({ program, args, directory, side }: TranscriptEntry, place: string): string {
  if (program === 'cp' && directory === '.') return (args.at(-1) ?? '.').replace(/\/\.$/, '');
  return directory === side ? `${side}/${place}` : directory;
}
