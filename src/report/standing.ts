import * as v from 'valibot';
import { exactly, fingerprint, type Members } from './forms.ts';
import { type KeptFiles, keepJson } from './kept.ts';
import { FILES } from './record.ts';

/**
 * How a bug stands with the repository's issues: opened by this run, known by an open one, known only from elsewhere than the default
 * branch, come back after it was called fixed, accepted as it is, to be filed by the next run, not filed because its smallest case is not known yet, or because this run may not.
 */
export type StandingState =
  | 'new'
  | 'known'
  | 'elsewhere'
  | 'regression'
  | 'accepted'
  | 'pending'
  | 'unfinished'
  | 'not-filed';

/** A bug's standing, and its issue where it has one. */
export interface Standing {
  readonly fingerprint: string;
  readonly state: StandingState;
  readonly issue?: { readonly number: number; readonly url: string };
}

const Standings = exactly<readonly Standing[]>()(
  v.array(
    v.strictObject({
      fingerprint,
      state: v.picklist(['new', 'known', 'elsewhere', 'regression', 'accepted', 'pending', 'unfinished', 'not-filed']),
      issue: v.exactOptional(v.strictObject({ number: v.number(), url: v.string() })),
    } satisfies Members<Standing>),
  ),
);

/** Keeps the standings beside the record. Throws what the file system throws. */
export function writeStandings(directory: string, standings: readonly Standing[]): void {
  keepJson(directory, FILES.issues, standings, 2);
}

/** The standings by fingerprint; none where issues were never asked. */
export function readStandings(files: KeptFiles): ReadonlyMap<string, Standing> {
  const standings = files.json(FILES.issues, Standings) ?? [];
  return new Map(standings.map((standing) => [standing.fingerprint, standing]));
}

/** Whether somebody knew of the bug before this run, and has not called it fixed. */
export function isKnown(standing: Standing | undefined): boolean {
  return standing?.state === 'known' || standing?.state === 'accepted';
}
