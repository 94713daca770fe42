import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import { inertJson } from '../trust/inert.ts';

/** What the folder of a finding or a bug holds. */
export interface Evidence {
  readonly plan: Plan;
  readonly transcript: readonly TranscriptEntry[];
  readonly reproducer: string;
}

/** Writes it. Throws what the file system throws. */
export function writeEvidence(path: string, { plan, transcript, reproducer }: Evidence): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'plan.json'), `${inertJson(plan, 2)}\n`);
  writeFileSync(join(path, 'transcript.json'), `${inertJson(transcript, 2)}\n`);
  writeFileSync(join(path, 'repro.sh'), reproducer, { mode: 0o755 });
}

/** A file of the record; undefined where it is lost, as what it belongs to is told all the same. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
