import * as v from 'valibot';
import { exactly, fingerprint, type Members, MOST_ENTRIES, some } from './forms.ts';
import { keepJson } from './kept.ts';
import { FILES } from './record.ts';

/** What came of running the smallest plan of a known bug again. */
export interface ReplayLine {
  readonly fingerprint: string;
  /** Whether both sides did the same each time. */
  readonly agrees: boolean;
  /** The plan is not that of the bug's issue, but of one that the history kept: it says nothing of whether the issue is done. */
  readonly unfiled?: true;
  /** There was no time or no place for it: `agrees` is false and says nothing. */
  readonly notTried?: true;
}

/** The form of `replays.json`. */
export const Replays = exactly<readonly ReplayLine[]>()(
  some(
    v.strictObject({
      fingerprint,
      agrees: v.boolean(),
      unfiled: v.exactOptional(v.literal(true)),
      notTried: v.exactOptional(v.literal(true)),
    } satisfies Members<ReplayLine>),
  ),
);

/** Keeps the lines beside the record, as many as are read back; what was tried should come first. Throws what the file system throws. */
export function writeReplays(directory: string, replays: readonly ReplayLine[]): void {
  const lines = replays.map(({ fingerprint: digits, agrees, unfiled, notTried }) => ({
    fingerprint: digits,
    agrees,
    ...(unfiled && { unfiled }),
    ...(notTried && { notTried }),
  }));
  keepJson(directory, FILES.replays, lines.slice(0, MOST_ENTRIES));
}
