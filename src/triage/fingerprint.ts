import { createHash } from 'node:crypto';
import type { Operation } from '../operations/operation.ts';
import type { Plan } from '../plan/plan.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import type { Finding } from '../verdict/finding.ts';
import { FINGERPRINT_SCHEME } from './bug.ts';
import { featuresOf } from './features.ts';
import { isTwin } from './symptom.ts';

/** What a shrunk plan showed. */
export interface Shown {
  readonly plan: Plan;
  readonly finding: Finding;
  readonly transcript: readonly TranscriptEntry[];
}

/** The fingerprint of a bug: a hash of its symptom and of the traits of its smallest case. */
export function fingerprintOf(symptom: string, traits: readonly string[]): string {
  const text = JSON.stringify([FINGERPRINT_SCHEME, symptom, ...traits]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/**
 * What a smallest case cannot do without. What a twin check reads is the target of a conversion here and the source of one there: the same format, the
 * same bug.
 */
export function traitsOf({ plan, finding, transcript }: Shown, operations: readonly Operation[]): readonly string[] {
  const features = featuresOf(plan, operations);
  if (!isTwin(finding, transcript)) return features;
  const names = plan.steps.flatMap(
    (step) => operations.find(({ name }) => name === step.operation)?.nature.formatOption ?? [],
  );
  return [...new Set(features.map((feature) => asFormat(feature, names)))].toSorted();
}

function asFormat(feature: string, names: readonly string[]): string {
  const name = names.find((one) => feature.startsWith(`${one}=`));
  return name === undefined ? feature : `format=${feature.slice(name.length + 1)}`;
}
