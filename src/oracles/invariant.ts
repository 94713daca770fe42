import type { Side } from '../verdict/finding.ts';
import { compareBy } from './compared.ts';
import { Inconclusive } from './inconclusive.ts';
import { requireReadable } from './info.ts';
import type { Invariant, Kept, Observation, Oracle, Part } from './observation.ts';

/** How a side broke an invariant: from which byte on, or that its image cannot be read at all. */
export interface Breach {
  readonly says: string;
  readonly file: string;
  readonly offset: number;
  readonly message: string;
}

/** The first invariant that a side's outputs break. */
export async function breachOf(observation: Observation, side: Side): Promise<Breach | undefined> {
  for (const invariant of observation.invariants) {
    const breach = await breachIn(observation, side, invariant);
    if (breach) return breach;
  }
  return undefined;
}

/**
 * What must hold also where both tools did the same: two programs can be wrong in the same way. Asked after the two sides were found
 * equal, but for sizes that may differ, so what the subject breaks the reference most likely breaks too.
 */
export const keepsInvariants: Oracle = async (observation) => {
  const breach = await breachOf(observation, 'subject');
  if (breach === undefined) return undefined;
  const theirs = await breachOf(observation, 'reference');
  const type = `${observation.operation}_invariant_divergence`;
  const { file, offset, says: broken } = breach;
  return { kind: 'content', type, file, offset, broken, ...(theirs === undefined ? {} : { both: true as const }) };
};

/** Ends the step where only the reference breaks an invariant: that is no fault of the subject's. */
export function blameReference({ says, message }: Breach): Inconclusive {
  return new Inconclusive({ kind: 'reference_invariant', says, message });
}

/** How a side breaks an invariant; undefined where it holds. */
export async function breachIn(
  observation: Observation,
  side: Side,
  invariant: Invariant,
): Promise<Breach | undefined> {
  const { bench } = observation;
  const { says, kept, found } = invariant;
  const foundPath = bench.pathOf(side, found.path);
  const keptPath = kept.kind === 'image' ? bench.pathOf('fixture', kept.path) : '';
  const compared = await compareBy(bench, compareWords(kept, keptPath, found, foundPath));
  switch (compared.kind) {
    case 'same':
    case 'other-size':
      return undefined;
    case 'differ':
      return { says, file: found.path, offset: compared.offset, message: compared.message };
    case 'failed':
      // What a guest cannot read is lost to it, on either side; but what was kept is nobody's result.
      if (kept.kind === 'image') await requireReadable(observation, { format: kept.format, path: keptPath }, 'above');
      return { says, file: found.path, offset: 0, message: compared.message };
  }
}

/** The words of a `compare` of what was kept with what is found; with a part of a disk each image is described in options. */
function compareWords(kept: Kept, keptPath: string, found: { format: string } & Part, foundPath: string): string[] {
  if (kept.kind === 'image' && isWhole(kept) && isWhole(found)) {
    return ['-f', kept.format, '-F', found.format, keptPath, foundPath];
  }
  const one =
    kept.kind === 'zeros'
      ? `driver=null-co,size=${kept.size},read-zeroes=on`
      : imageOptions(kept, kept.format, keptPath);
  return ['--image-opts', one, imageOptions(found, found.format, foundPath)];
}

function isWhole({ offset, length }: Part): boolean {
  return offset === undefined && length === undefined;
}

/** An image in the option form of qemu's block layer; a part of it is cut out by a raw node above. */
function imageOptions(part: Part, format: string, path: string): string {
  if (isWhole(part)) return `driver=${format},file.driver=file,file.filename=${path}`;
  const bounds = [
    ...(part.offset === undefined ? [] : [`offset=${part.offset}`]),
    ...(part.length === undefined ? [] : [`size=${part.length}`]),
  ];
  return ['driver=raw', ...bounds, `file.driver=${format},file.file.driver=file,file.file.filename=${path}`].join(',');
}
