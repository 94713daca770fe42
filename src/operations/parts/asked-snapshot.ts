import * as v from 'valibot';
import type { Draw } from '../../plan/draw.ts';
import type { Source } from '../../plan/source.ts';
import type { Preparation } from '../operation.ts';
import { SNAPSHOT, SOURCE_FILE, snapshotCopy } from './fixture.ts';

/** Whether what an internal snapshot of the source holds is asked for, instead of what its disk does. */
export const AskedSnapshot = v.optional(v.literal(true));

/** The share of sources with a snapshot of which that is read. */
const SHARE = 0.6;

/** Asks for the snapshot of most sources that have one. */
export function drawAskedSnapshot(draw: Draw, source: Source): { readonly snapshot?: true } {
  return draw.chance(SHARE) && hasSnapshot(source) ? { snapshot: true } : {};
}

/** Whether there is a snapshot to ask for; a plan that was made smaller may have lost it. */
export function hasSnapshot(source: Source): boolean {
  return source.format === 'qcow2' && source.snapshot !== undefined;
}

/** The source as it was when the snapshot was taken. */
export function sourceThen(source: Source): Source {
  return source.format === 'qcow2' && source.snapshot ? { ...source, writes: source.snapshot } : source;
}

/** Keeps a copy of what the snapshot holds, made by the reference's tool before anything is asked of the subject. */
export function keepSnapshot(position: number): Preparation[] {
  const file = copyOfSnapshot(position);
  return [
    { kind: 'each', program: 'reference', args: snapshotCopy(SNAPSHOT, SOURCE_FILE, file) },
    { kind: 'kept', file },
  ];
}

/** The name of that copy beside the source. */
export function copyOfSnapshot(position: number): string {
  return `then${position}.qcow2`;
}
