import type { TwinCheck } from '../plan/plan.ts';
import { type Judgement, type Side, TYPE_ENDS } from '../verdict/finding.ts';
import { compareDisks, type Disk } from './compared.ts';
import { EXAMINED, sameCounts } from './consistency.ts';
import { failureOf } from './ending.ts';
import { compareReports, requireReadable, unusable, virtualSizeOf } from './info.ts';
import type { ImageFile, Observation, Oracle } from './observation.ts';
import { isSameSize } from './tolerances.ts';

/** Formats that the subject describes as the reference does; a headerless raw file is a documented difference. */
const DESCRIBED = ['qcow2', 'vmdk', 'vpc', 'vhdx'];

/**
 * The subject reads what the reference wrote, so that its readers are on trial as its writers are: it describes it, examines it, or
 * copies it to a raw disk. It gets a copy, since it is not trusted to leave it alone.
 */
export function readsTwin(check: TwinCheck): Oracle {
  return async (observation) => {
    const [file] = observation.outputs;
    if (file === undefined) return undefined;
    const reading = readingOf(check, file);
    if (reading === undefined) return undefined;
    await observation.bench.lendToTwin([file.path, ...(file.below ?? [])]);
    return reading(observation, file);
  };
}

type Reading = (observation: Observation, file: ImageFile) => Promise<Judgement | undefined>;

/** How the subject reads such a file; undefined where it cannot be expected to. */
function readingOf(check: TwinCheck, { format, below }: ImageFile): Reading | undefined {
  if (check === 'none') return undefined;
  if (check === 'examine' && EXAMINED.includes(format)) return examine;
  // A vmdk's parent is not seen by the subject's `info`, by which its other operations find chains.
  if (format === 'vmdk' && below) return undefined;
  return check === 'describe' && DESCRIBED.includes(format) ? describe : read;
}

async function describe({ operation, bench }: Observation, file: ImageFile): Promise<Judgement | undefined> {
  const args = ['info', '--output', 'json', file.path];
  const reference = await bench.ask({
    side: 'reference',
    program: 'reference',
    args: ['info', '--output=json', file.path],
  });
  const subject = await bench.ask({ side: 'subject', program: 'subject', args, place: 'twin' });
  const type = `${operation}${TYPE_ENDS.twinInfo}`;
  return (
    failureOf(subject, type) ??
    compareReports({ subject, reference, format: file.format }, { differ: type, unparsable: type })
  );
}

async function examine({ operation, bench }: Observation, { path }: ImageFile): Promise<Judgement | undefined> {
  const type = `${operation}${TYPE_ENDS.twinCheck}`;
  return sameCounts(bench, path, { differ: type, unparsable: type }, 'twin');
}

async function read(observation: Observation, file: ImageFile): Promise<Judgement | undefined> {
  const { operation, bench } = observation;
  // A name of its own: in the source's directory another step's would stand there already.
  const raw = `${file.path}.raw`;
  const type = `${operation}${TYPE_ENDS.twinContent}`;
  const args = ['convert', '-O', 'raw', file.path, raw];
  const copied = await bench.ask({ side: 'subject', program: 'subject', args, place: 'twin', makes: true });
  const failure = failureOf(copied, type);
  if (failure) return failure;
  const original = { format: file.format, path: bench.pathOf('reference', file.path) };
  const copy = { format: 'raw', path: bench.pathOf('twin', raw) };
  const sizeOf = async (side: Side, disk: Disk) => {
    const size = await virtualSizeOf(observation, side, disk, 'above');
    if (typeof size === 'string') throw unusable('info', size);
    return size;
  };
  const compared = await compareDisks(bench, original, copy);
  switch (compared.kind) {
    case 'same':
      return undefined;
    case 'other-size': {
      const reference = await sizeOf('reference', original);
      const subject = await sizeOf('subject', copy);
      // A tail of zeros that is cut off or added is another disk all the same.
      return isSameSize('raw', subject - reference)
        ? undefined
        : { kind: 'size', type, file: file.path, subject, reference };
    }
    case 'differ': {
      const broken = 'its copy reads as what the reference wrote';
      return { kind: 'content', type, file: file.path, offset: compared.offset, broken, twin: true };
    }
    case 'failed':
      await requireReadable(observation, file);
      return { kind: 'unreadable', type, file: raw, message: compared.message };
  }
}
