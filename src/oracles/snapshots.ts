import { lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { type Judgement, type Side, TYPE_ENDS } from '../verdict/finding.ts';
import { compareDisks } from './compared.ts';
import { unusable } from './info.ts';
import type { ImageFile, Observation, Oracle } from './observation.ts';

/**
 * Each internal snapshot of an output reads the same on both sides: what is written into an image must not reach the clusters that a snapshot
 * of it shares. `compare` opens no snapshots, so each is copied out by the reference, which looks for an id first and for a name then.
 */
export const sameSnapshots: Oracle = async (observation) => {
  for (const file of observation.outputs) {
    for (const snapshot of file.snapshots ?? []) {
      const finding = await compareSnapshot(observation, file, snapshot);
      if (finding) return finding;
    }
  }
  return undefined;
};

/** Where the disk of an internal snapshot of a file is copied out to, in the file's directory. */
export function snapshotCopy(file: string, snapshot: string): string {
  return `${file}.${snapshot}`;
}

async function compareSnapshot(
  { operation, bench }: Observation,
  { path, format }: ImageFile,
  snapshot: string,
): Promise<Judgement | undefined> {
  const type = `${operation}${TYPE_ENDS.inSnapshot}`;
  const raw = snapshotCopy(path, snapshot);
  const args = ['convert', '-f', format, '-O', 'raw', '-l', snapshot, path, raw];
  const copied = (side: Side) => bench.ask({ side, program: 'reference', args, makes: true });
  const reference = await copied('reference');
  if (!succeeded(reference.exit)) throw unusable('convert -l', lastWords(reference));
  const subject = await copied('subject');
  if (!succeeded(subject.exit)) return { kind: 'unreadable', type, file: path, message: lastWords(subject) };
  const copy = (side: Side) => ({ format: 'raw', path: bench.pathOf(side, raw) });
  const compared = await compareDisks(bench, copy('subject'), copy('reference'));
  switch (compared.kind) {
    case 'same':
      return undefined;
    case 'differ':
      return { kind: 'content', type, file: path, offset: compared.offset, snapshot };
    case 'other-size': {
      const [ours, theirs] = [bench.fileSize('subject', raw), bench.fileSize('reference', raw)];
      if (ours === undefined || theirs === undefined) throw unusable('convert -l', 'no file');
      return { kind: 'size', type, file: path, subject: ours, reference: theirs, snapshot };
    }
    case 'failed':
      // Both are copies that the reference made: it cannot read back its own.
      throw unusable('compare', compared.message);
  }
}
