import type { Judgement } from '../verdict/finding.ts';
import { compareDisks } from './compared.ts';
import { requireReadable, unusable, virtualSizeOf } from './info.ts';
import { blameReference, breachOf } from './invariant.ts';
import type { ImageFile, Observation, Oracle } from './observation.ts';
import { isSameSize } from './tolerances.ts';

/** A guest reads the same bytes from both sides' outputs, through any backing chain. */
export const sameContent: Oracle = async (observation) => {
  for (const file of observation.outputs) {
    const finding = await compareContent(observation, file);
    if (finding) return finding.kind === 'content' ? attribute(observation, finding) : finding;
  }
  return undefined;
};

/** Says which of the two broke an invariant, if one did; where only the reference did, nothing is held against the subject. */
async function attribute(observation: Observation, finding: Judgement & { kind: 'content' }): Promise<Judgement> {
  const theirs = await breachOf(observation, 'reference');
  const ours = await breachOf(observation, 'subject');
  if (ours === undefined) {
    if (theirs === undefined) return finding;
    throw blameReference(theirs);
  }
  const { says: broken, file, offset } = ours;
  return { ...finding, file, offset, broken, ...(theirs === undefined ? {} : { both: true as const }) };
}

async function compareContent(observation: Observation, file: ImageFile): Promise<Judgement | undefined> {
  const { bench, operation } = observation;
  const { path, format } = file;
  const type = `${operation}_content_divergence`;
  const ours = { format, path: bench.pathOf('subject', path) };
  const compared = await compareDisks(bench, ours, { format, path: bench.pathOf('reference', path) });
  switch (compared.kind) {
    case 'same':
      return undefined;
    case 'other-size':
      return compareSize(observation, file, type);
    case 'differ':
      return { kind: 'content', type, file: path, offset: compared.offset };
    case 'failed':
      await requireReadable(observation, file);
      return { kind: 'unreadable', type, file: path, message: compared.message };
  }
}

/** Sizes differ by zeros alone; beyond what is tolerated that changes the disk that a guest sees. */
async function compareSize(observation: Observation, file: ImageFile, type: string): Promise<Judgement | undefined> {
  const reference = await virtualSizeOf(observation, 'reference', file);
  if (typeof reference === 'string') throw unusable('info', reference);
  const subject = await virtualSizeOf(observation, 'subject', file);
  if (typeof subject === 'string') {
    return { kind: 'unreadable', type, file: file.path, message: 'the reference finds no virtual size in it' };
  }
  if (subject === reference) return undefined;
  if (!file.exactSize && isSameSize(file.format, subject - reference)) return undefined;
  return { kind: 'size', type, file: file.path, subject, reference };
}
