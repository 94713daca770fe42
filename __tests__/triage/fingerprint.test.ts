import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../src/operations/index.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import { traitsOf } from '../../src/triage/fingerprint.ts';
import { bug, plan } from '../support/bugs.ts';

const content = { size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
const raw: Source = { format: 'raw', ...content };
const vmdk: Source = { format: 'vmdk', subformat: 'monolithicSparse', ...content };
const vhdx: Source = { format: 'vhdx', blockSize: 32 * MiB, ...content };

/** The traits of what showed when the subject was asked in this directory, in a plan with this step alone. */
function traits(directory: string, source: Source, operation: string, options: object) {
  const step: Step = { kind: 'run', position: 1, operation, options: { ...options }, twin: 'none' };
  const alone: Plan = { ...plan, source, steps: [step] };
  const transcript = [{ step: 1, program: 'subject', directory, args: ['info'] }] as unknown as TranscriptEntry[];
  return traitsOf({ plan: alone, finding: bug('a').finding, transcript }, OPERATIONS);
}

describe('the traits of a bug', () => {
  it.each([
    ['convert', { target: 'vhdx', blockSize: 32 * MiB }, vhdx, ['blockSize=33554432', 'format=vhdx']],
    ['dd', { target: 'vmdk' }, vmdk, ['format=vmdk']],
  ] as const)('in what %s made are those of an image of that format that was given', (name, options, given, told) => {
    expect(traits('twin/source', raw, name, options)).toEqual(told);
    expect(traits('subject/source', given, 'info', {})).toEqual(told);
  });

  it('keep what else a conversion was asked for', () => {
    const options = { target: 'vmdk' };
    expect(traits('twin/source', raw, 'convert_compressed', options)).toEqual(['compressed', 'format=vmdk']);
  });

  it('name the target of a conversion that itself went wrong', () => {
    expect(traits('subject/source', raw, 'convert', { target: 'vmdk' })).toEqual(['target=vmdk']);
  });
});
