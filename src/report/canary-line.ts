import * as v from 'valibot';
import { GAPS } from '../gaps/ledger.ts';
import { exactly, gap, type Members, million } from './forms.ts';
import { keepJson } from './kept.ts';
import { FILES } from './record.ts';

/**
 * What came of stepping into a known gap on purpose: it is as documented; it shows no difference any more; the subject does something
 * else than the documents say; the draws could not tell; or there was no time for them.
 */
export interface CanaryLine {
  readonly gap: string;
  readonly says: 'as documented' | 'lifted' | 'changed' | 'unclear' | 'not tried';
  /** How many draws showed what is documented, agreement, and something else; others could not be judged. */
  readonly documented: number;
  readonly agreed: number;
  readonly other: number;
}

/** The form of `canaries.json`. */
export const Canaries = exactly<readonly CanaryLine[]>()(
  v.pipe(
    v.array(
      v.strictObject({
        gap,
        says: v.picklist(['as documented', 'lifted', 'changed', 'unclear', 'not tried']),
        documented: million,
        agreed: million,
        other: million,
      } satisfies Members<CanaryLine>),
    ),
    v.maxLength(GAPS.length),
  ),
);

/** Keeps the lines beside the record. Throws what the file system throws. */
export function writeCanaries(directory: string, lines: readonly CanaryLine[]): void {
  keepJson(directory, FILES.canaries, lines);
}
