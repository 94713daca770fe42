import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations/index.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import { plansOf } from '../../src/session/plans.ts';
import { traitsOf } from '../../src/triage/fingerprint.ts';
import { bug } from '../support/bugs.ts';

const { finding } = bug('a');
const asked = (directory: string) =>
  [{ step: 1, program: 'subject', directory, args: ['info'] }] as unknown as TranscriptEntry[];

/** Steps of all operations that leave an image, each in a plan of its own, with what is not ordinary in it. */
const leaving = OPERATIONS.filter(({ nature }) => !nature.leavesNone);
const planOf = plansOf('traits', OPERATION_NAMES);
const plans = Array.from({ length: 300 }, (_, index) => planOf(index)).flatMap((plan) =>
  plan.steps
    .filter((step) => leaving.some(({ name }) => name === step.operation))
    .map((step) => ({ ...plan, steps: [step] })),
);

describe('the traits of a bug', () => {
  it('in a twin check name the format of what was read alike, whether it was made or given', () => {
    const renamed = plans.filter((plan) => {
      const own = traitsOf({ plan, finding, transcript: asked('subject/step1') }, OPERATIONS);
      const twin = traitsOf({ plan, finding, transcript: asked('twin/step1') }, OPERATIONS);
      expect(twin).toEqual([...new Set(own.map((trait) => trait.replace(/^target=/, 'format=')))].toSorted());
      return own.some((trait) => trait.startsWith('target='));
    });
    const operations = new Set(renamed.flatMap(({ steps }) => steps.map(({ operation }) => operation)));
    expect(operations).toEqual(new Set(['convert', 'convert_compressed', 'dd']));
  });
});
