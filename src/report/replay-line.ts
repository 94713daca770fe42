import * as v from 'valibot';
import { exactly, fingerprint, type Members, some } from './forms.ts';
import { keepJson } from './kept.ts';
import { FILES } from './record.ts';

/** What came of running the smallest plan of a known bug again: whether both sides did the same each time. */
export interface ReplayLine {
  readonly fingerprint: string;
  readonly agrees: boolean;
}

/** The form of `replays.json`. */
export const Replays = exactly<readonly ReplayLine[]>()(
  some(v.strictObject({ fingerprint, agrees: v.boolean() } satisfies Members<ReplayLine>)),
);

/** Keeps the lines beside the record. Throws what the file system throws. */
export function writeReplays(directory: string, replays: readonly ReplayLine[]): void {
  const lines = replays.map(({ fingerprint: number, agrees }) => ({ fingerprint: number, agrees }));
  keepJson(directory, FILES.replays, lines);
}
