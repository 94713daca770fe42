import { readList, writeList } from './list.ts';
import { FILES } from './record.ts';

/** What came of running the smallest plan of a known bug again: whether both sides did the same each time. */
export interface ReplayLine {
  readonly fingerprint: string;
  readonly agrees: boolean;
}

/** Keeps the lines beside the record. */
export function writeReplays(directory: string, replays: readonly ReplayLine[]): void {
  const lines = replays.map(({ fingerprint, agrees }) => ({ fingerprint, agrees }));
  writeList(directory, FILES.replays, lines);
}

/** The lines of a record; none where no bug was known. */
export function readReplays(directory: string): readonly ReplayLine[] {
  return readList<ReplayLine>(directory, FILES.replays);
}
