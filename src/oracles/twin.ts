import type { TwinCheck } from '../plan/plan.ts';
import { lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { type Judgement, type Side, TYPE_ENDS } from '../verdict/finding.ts';
import { readCompared } from './compared.ts';
import { EXAMINED, sameCounts } from './consistency.ts';
import { failureOf } from './ending.ts';
import { compareReports, requireReadable, unusable } from './info.ts';
import { parseJson, valueAt } from './json.ts';
import type { Bench, ImageFile, Observation, Oracle } from './observation.ts';
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
  const type = `${operation}_twin_info_divergence`;
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
  const type = `${operation}_twin_content_divergence`;
  const args = ['convert', '-O', 'raw', file.path, raw];
  const subject = await bench.ask({ side: 'subject', program: 'subject', args, place: 'twin', makes: true });
  const failure = failureOf(subject, type);
  if (failure) return failure;
  const files = [bench.pathOf('reference', file.path), bench.pathOf('twin', raw)];
  const compare = ['compare', '-f', file.format, '-F', 'raw', ...files];
  const compared = readCompared(
    await bench.ask({ side: 'reference', program: 'reference', args: compare, place: 'above' }),
  );
  switch (compared.kind) {
    case 'same':
      return undefined;
    case 'other-size':
      return compareSize(bench, file, raw, type);
    case 'differ': {
      const broken = 'its copy reads as what the reference wrote';
      return { kind: 'content', type, file: file.path, offset: compared.offset, broken, twin: true };
    }
    case 'failed':
      await requireReadable(observation, file);
      return { kind: 'unreadable', type, file: raw, message: compared.message };
  }
}

/** What both hold is equal; a tail of zeros that is cut off or added is another disk all the same. */
async function compareSize(bench: Bench, file: ImageFile, raw: string, type: string): Promise<Judgement | undefined> {
  const sizeOf = async (side: Side, format: string, path: string) => {
    const args = ['info', '-f', format, '--output=json', path];
    const answer = await bench.ask({ side, program: 'reference', args, place: 'above' });
    const size = succeeded(answer.exit) ? valueAt(parseJson(answer.stdout) ?? null, 'virtual-size') : undefined;
    if (typeof size !== 'number') throw unusable('info', lastWords(answer));
    return size;
  };
  const reference = await sizeOf('reference', file.format, bench.pathOf('reference', file.path));
  const subject = await sizeOf('subject', 'raw', bench.pathOf('twin', raw));
  return isSameSize('raw', subject - reference)
    ? undefined
    : { kind: 'size', type, file: file.path, subject, reference };
}
