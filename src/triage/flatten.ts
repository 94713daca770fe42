import type { Source } from '../plan/source.ts';
import { MOST_WRITES, type Write } from '../plan/write.ts';
import { roundedOut } from './values.ts';

/**
 * Sources that hold the same data with less behind it: without the images below, without the snapshot, without the history. Of more writes
 * than an image may have the last ones are kept, which are those that show.
 */
export function* flatterSources(source: Source): Generator<Source> {
  const below = source.format === 'qcow2' ? source.backing : [];
  if (source.format === 'qcow2' && below.length > 0) {
    const under = below.toReversed().flatMap(({ writes }) => writes);
    yield { ...source, backing: [], writes: [...under, ...source.writes].slice(-MOST_WRITES) };
    yield { ...source, backing: [], writes: stacked(under, source.writes) };
    if (below.length > 1) yield { ...source, backing: below.slice(0, 1) };
  }
  if (source.format === 'qcow2' && source.history.kind === 'converted' && source.history.compressed) {
    const writes = source.writes.map((write) => compressed(write, source.clusterSize));
    yield { ...source, history: { kind: 'created' }, writes };
  }
  if (source.format === 'qcow2' && source.snapshot) {
    const { snapshot, ...plain } = source;
    yield { ...plain, writes: stacked(snapshot, source.writes) };
  }
  const earlier = earlierWrites(source);
  if (earlier.length > 0) {
    yield { ...source, history: { kind: 'created' }, writes: stacked(earlier, source.writes) };
  }
}

function earlierWrites({ history }: Source): readonly Write[] {
  if (history.kind === 'committed') return history.before;
  return history.kind === 'rebased' ? history.below : [];
}

/** Data as the compressed clusters that hold it. */
function compressed(write: Write, cluster: number): Write {
  if (write.kind !== 'data') return write;
  return { ...write, kind: 'compressed', ...roundedOut(write, cluster) };
}

/** Of what one image held below another, as plain data: a cluster can be compressed only where nothing is yet. */
function stacked(under: readonly Write[], over: readonly Write[]): Write[] {
  const plain = under.map((write): Write => (write.kind === 'compressed' ? { ...write, kind: 'data' } : write));
  return [...plain, ...over].slice(-MOST_WRITES);
}
