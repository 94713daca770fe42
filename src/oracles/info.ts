import { type CommandResult, lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { type Judgement, OWN_REPORT, type Side } from '../verdict/finding.ts';
import type { Disk } from './compared.ts';
import { Inconclusive } from './inconclusive.ts';
import { differencesOf, type Json, parseJson, valueAt } from './json.ts';
import { normalise } from './normalise.ts';
import type { ImageFile, Observation, Oracle } from './observation.ts';

/** The subject's own `info` JSON says what the reference's says about the same file. */
export const sameReadInfo: Oracle = async ({ operation, subject, reference, inputs }) =>
  compareReports(
    { subject, reference, format: inputs[0]?.format ?? '' },
    {
      differ: `${operation}_json_divergence`,
      unparsable: `${operation}_json_parse_failure`,
    },
  );

/** Compares what each tool itself reported of the same file. */
export function compareReports(
  { subject, reference, format }: { subject: CommandResult; reference: CommandResult; format: string },
  types: { readonly differ: string; readonly unparsable: string },
): Judgement | undefined {
  const theirs = parseJson(reference.stdout);
  if (theirs === undefined) throw unusable('info', lastWords(reference));
  const ours = parseJson(subject.stdout);
  const what = OWN_REPORT;
  if (ours === undefined) {
    return { kind: 'unparsable', type: types.unparsable, what, start: subject.stdout.text.slice(0, 200) };
  }
  const differences = differencesOf(normalise(ours, 'read', format), normalise(theirs, 'read', format));
  return differences.length === 0 ? undefined : { kind: 'json', type: types.differ, what, differences };
}

/** The reference's `info` says the same of both sides' file at each place; `typeOf` names the finding for a file. */
export function sameWrittenInfo(typeOf: (operation: string, file: ImageFile) => string): Oracle {
  return async (observation) => {
    for (const file of observation.outputs) {
      const finding = await compareInfo(observation, file, typeOf(observation.operation, file));
      if (finding) return finding;
    }
    return undefined;
  };
}

async function compareInfo(observation: Observation, file: ImageFile, type: string): Promise<Judgement | undefined> {
  const theirs = await infoOf(observation, 'reference', file);
  if (typeof theirs === 'string') throw unusable('info', theirs);
  const ours = await infoOf(observation, 'subject', file);
  if (typeof ours === 'string') {
    return { kind: 'unreadable', type, file: file.path, message: ours };
  }
  const differences = differencesOf(
    normalise(ours.json, 'written', file.format),
    normalise(theirs.json, 'written', file.format),
  );
  return differences.length === 0 ? undefined : { kind: 'json', type, what: file.path, differences };
}

/** The reference's description of a side's file, or its refusal in words. A file that is no side's is named as seen from above. */
export async function infoOf(
  { bench }: Pick<Observation, 'bench'>,
  side: Side,
  { format, path }: Disk,
  place?: 'above',
): Promise<{ json: Json } | string> {
  const args = ['info', '-f', format, '--output=json', path];
  const result = await bench.ask({ side, program: 'reference', args, ...(place && { place }) });
  const json = succeeded(result.exit) ? parseJson(result.stdout) : undefined;
  return json === undefined ? lastWords(result) : { json };
}

/** Bytes of the disk in a file by the reference's description of it, or why it tells none, in words. */
export async function virtualSizeOf(...asked: Parameters<typeof infoOf>): Promise<number | string> {
  const info = await infoOf(...asked);
  if (typeof info === 'string') return info;
  const size = valueAt(info.json, 'virtual-size');
  return typeof size === 'number' ? size : 'it tells no virtual size';
}

/** Ends the step as inconclusive where a comparison failed because the reference cannot read a file of its own. */
export async function requireReadable(
  observation: Pick<Observation, 'bench'>,
  file: Disk,
  place?: 'above',
): Promise<void> {
  const own = await infoOf(observation, 'reference', file, place);
  if (typeof own === 'string') throw unusable('compare', own);
}

/** The reference cannot read what it wrote or was given itself: nothing can be said of the subject. */
export function unusable(command: string, message: string): Inconclusive {
  return new Inconclusive({ kind: 'reference_failed', command, message });
}
