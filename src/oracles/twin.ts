import type { TwinCheck } from '../plan/plan.ts';
import { lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import type { Judgement } from '../verdict/finding.ts';
import { sameCounts } from './consistency.ts';
import { crashOf } from './ending.ts';
import { compareReports, unusable } from './info.ts';
import type { ImageFile, Observation, Oracle } from './observation.ts';

/** Formats that the subject describes as the reference does; a headerless raw file is a documented difference. */
const DESCRIBED = ['qcow2', 'vmdk', 'vpc', 'vhdx'];

/** Formats that the reference's `check` examines; for the others there is nothing to compare with. */
const EXAMINED = ['qcow2', 'vmdk', 'vhdx'];

/**
 * The subject reads what the reference wrote, so that its readers are on trial as its writers are: it describes it, examines it, or
 * copies it to a raw disk. It gets a copy, since it is not trusted to leave it alone.
 */
export function readsTwin(check: TwinCheck): Oracle {
  return async (observation) => {
    const [file] = observation.outputs;
    if (check === 'none' || file === undefined) return undefined;
    const { bench } = observation;
    await bench.lendToTwin([file.path, ...(file.below ?? [])]);
    // A vmdk's parent is not described by the subject, which is documented.
    const describable = DESCRIBED.includes(file.format) && !(file.format === 'vmdk' && file.below);
    if (check === 'describe' && describable) return describe(observation, file);
    if (check === 'examine' && EXAMINED.includes(file.format)) return examine(observation, file);
    return read(observation, file);
  };
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
    crashOf(subject) ?? compareReports({ subject, reference, format: file.format }, { differ: type, unparsable: type })
  );
}

async function examine({ operation, bench }: Observation, { path }: ImageFile): Promise<Judgement | undefined> {
  const type = `${operation}_twin_check_divergence`;
  return sameCounts(bench, path, { differ: type, unparsable: type }, 'twin');
}

async function read({ operation, bench }: Observation, file: ImageFile): Promise<Judgement | undefined> {
  const raw = 'twin.raw';
  const type = `${operation}_twin_content_divergence`;
  const args = ['convert', '-O', 'raw', file.path, raw];
  const subject = await bench.ask({ side: 'subject', program: 'subject', args, place: 'twin', makes: true });
  const crash = crashOf(subject);
  if (crash) return crash;
  if (!succeeded(subject.exit)) {
    const reference = { kind: 'exited', code: 0 } as const;
    return { kind: 'exit', type, subject: subject.exit, reference, message: lastWords(subject) };
  }
  const files = [bench.pathOf('reference', file.path), bench.pathOf('twin', raw)];
  const compare = ['compare', '-f', file.format, '-F', 'raw', ...files];
  const compared = await bench.ask({ side: 'reference', program: 'reference', args: compare, place: 'above' });
  if (succeeded(compared.exit)) return undefined;
  const offset = /mismatch at offset (\d+)/i.exec(compared.stdout.text)?.[1];
  if (offset === undefined) throw unusable('compare', lastWords(compared));
  const broken = 'its copy reads as what the reference wrote';
  return { kind: 'content', type, file: file.path, offset: Number(offset), broken, twin: true };
}
