import { readList, writeList } from './list.ts';
import { FILES } from './record.ts';

/**
 * What came of stepping into a known gap on purpose: it is as documented; it shows no difference any more; the subject does something
 * else than the documents say; or the draws could not tell.
 */
export interface CanaryLine {
  readonly gap: string;
  readonly says: 'as documented' | 'lifted' | 'changed' | 'unclear';
  /** How many draws showed what is documented, agreement, and something else; others could not be judged. */
  readonly documented: number;
  readonly agreed: number;
  readonly other: number;
}

/** Keeps the lines beside the record. */
export function writeCanaries(directory: string, lines: readonly CanaryLine[]): void {
  writeList(directory, FILES.canaries, lines);
}

/** The lines of a record; none where no gap was tried. */
export function readCanaries(directory: string): readonly CanaryLine[] {
  return readList<CanaryLine>(directory, FILES.canaries);
}
