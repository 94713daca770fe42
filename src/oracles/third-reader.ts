import { lastWords, type Program } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { type Judgement, TYPE_ENDS } from '../verdict/finding.ts';
import type { ImageFile, Observation, Oracle } from './observation.ts';

/** The libyal project's readers, which share no code with either tool, by the format that they read. */
const READERS: Readonly<Record<string, Program>> = {
  qcow2: 'qcowinfo',
  vmdk: 'vmdkinfo',
  vpc: 'vhdiinfo',
  vhdx: 'vhdiinfo',
};

/** A third program, where the image has one, can parse the subject's file as it can the reference's, and sees a disk of the same size. */
export const sameToThirdReader: Oracle = async (observation) => {
  for (const file of observation.outputs) {
    const finding = await askThird(observation, file);
    if (finding) return finding;
  }
  return undefined;
};

async function askThird({ operation, bench }: Observation, file: ImageFile): Promise<Judgement | undefined> {
  const reader = READERS[file.format];
  if (reader === undefined || !bench.has(reader)) return undefined;
  const ask = (side: 'subject' | 'reference') => bench.ask({ side, program: reader, args: [file.path] });
  const theirs = await ask('reference');
  if (!succeeded(theirs.exit)) return undefined;
  const ours = await ask('subject');
  const type = `${operation}${TYPE_ENDS.thirdReader}`;
  if (!succeeded(ours.exit)) return { kind: 'unreadable', type, file: file.path, message: lastWords(ours), reader };
  const [subject, reference] = [sizeIn(ours.stdout.text), sizeIn(theirs.stdout.text)];
  // The sizes of a vpc differ by design, and the reference has told them apart already.
  if (file.format === 'vpc' || subject === reference || Number.isNaN(subject + reference)) return undefined;
  return { kind: 'size', type, file: file.path, subject, reference, reader };
}

/** The readers print `Media size : 64 MiB (67108864 bytes)`, or the number alone where it is small. */
function sizeIn(text: string): number {
  const line = text.split('\n').find((one) => /^\s*Media size/.test(one)) ?? '';
  return Number(/[ (](\d{1,19}) bytes\)?$/.exec(line.slice(0, 200).trimEnd())?.[1] ?? Number.NaN);
}
