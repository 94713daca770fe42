import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../src/operations/index.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import { FINGERPRINT_SCHEME } from '../../src/triage/bug.ts';
import { fingerprintOf, type Shown, traitsOf } from '../../src/triage/fingerprint.ts';
import { isStored } from '../../src/triage/stored-plan.ts';
import { suspectOf } from '../../src/triage/triage.ts';
import type { Difference, Finding } from '../../src/verdict/finding.ts';
import { bug, findingsWith, plan } from '../support/bugs.ts';
import { info, qcow2Source } from '../support/triage.ts';

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

/** A smallest case with many needs: a choice, a mistake, an option and an image below, and a size that is large and odd. */
const needy = {
  ...bug('a').plan,
  source: {
    ...qcow2Source,
    ...{ clusterSize: 512, lazyRefcounts: true, size: 67_109_376 },
    backing: [{ format: 'raw', size: 1_048_576, writes: [] }],
  },
  steps: [{ ...info, operation: 'convert', options: { target: 'vmdk' }, calledFrom: 'above' }],
} as unknown as Plan;

/** One that needs nothing. */
const plain = { ...bug('a').plan, source: qcow2Source, steps: [info] } as Plan;

/** What the subject was asked for last, in this directory, and before that as the step itself. */
const commands = (last: string, directory: string) =>
  [
    { step: 1, program: 'subject', purpose: 'test', directory: 'step1/subject', args: ['convert', 'a', 'b'] },
    { step: 1, program: 'subject', purpose: 'twin', directory, args: [last, 'b'] },
    { step: 1, program: 'reference', purpose: 'test', directory: 'step1/reference', args: ['check', 'b'] },
  ] as unknown as TranscriptEntry[];

const failed = { kind: 'exited', code: 1 } as const;
const succeeded = { kind: 'exited', code: 0 } as const;
const refusal = (message: string) => ({ kind: 'exit', subject: failed, reference: succeeded, message }) as const;
const differing = (...pointers: string[]) =>
  ({
    kind: 'json',
    what: 'w',
    differences: pointers.map((pointer) => ({ pointer, subject: '1', reference: '2' })),
  }) as const;
const counts = { corruptions: 0, leaks: 0, errors: 0 };

/** A finding of each kind, of some kinds several; what its message or its pointers are cut down to is in the digits. */
const GOLDEN: readonly (readonly [string, string, Difference & Pick<Finding, 'mistake'>])[] = [
  ['refused', 'b8a458dac0dfc5c3', refusal('no')],
  ['refused by mistake', '0a9de40b69b4bd6e', { ...refusal('no'), mistake: 'huge-size' }],
  [
    'refused, with names that change',
    'fa784a6216b173bd',
    refusal(`open 'a b' "c d" \`e f\` ‘g h’ in /w/step1 at 0x1f, 77`),
  ],
  [
    'refused, with an image that is not in quotation marks',
    '087b664939364fc4',
    refusal('cannot read base.qcow2 or base.vhd'),
  ],
  ['refused, all in quotation marks', '105610fdd91ae728', refusal('Error: "the chain is too deep"')],
  ['refused at length', '64c3ce2ef01cd591', refusal(`${'long '.repeat(60)}and longer`)],
  ['accepted', '8872cda489e38f56', { kind: 'exit', subject: succeeded, reference: failed, message: '' }],
  [
    'killed',
    'd885f10085d7205c',
    { kind: 'crash', subject: { kind: 'signalled', signal: 11 }, message: 'panicked at /b/src/qcow2.rs:12:9: no' },
  ],
  ['modified', 'b217e6926b27cf1c', { kind: 'input-modified', file: 'a.qcow2' }],
  ['described otherwise', 'b1b179401862cd9e', differing('/children/0/info/size', '/virtual-size', '/cluster-size')],
  ['described otherwise, deep down', 'dc4e27353074f468', differing('/snapshots/12/id')],
  ['described in no JSON', 'a136bcb6444c681f', { kind: 'unparsable', what: 'its report', start: '{' }],
  ['other data', '465288f7b4a08836', { kind: 'content', file: 'a.raw', offset: 512 }],
  ['other data on both sides', 'bb934969f80827c0', { kind: 'content', file: 'a.raw', offset: 512, both: true }],
  ['other data in a snapshot', '8b70228e546abb6f', { kind: 'content', file: 'a.raw', offset: 512, snapshot: 'one' }],
  ['smaller', 'a07294b33e42325d', { kind: 'size', file: 'a.raw', subject: 1, reference: 2 }],
  [
    'larger, says another reader, in a snapshot',
    'ef2c74b2e4d50cad',
    { kind: 'size', file: 'a', subject: 2, reference: 1, reader: 'r', snapshot: 's' },
  ],
  [
    'unreadable',
    '4650f42453b1f757',
    { kind: 'unreadable', file: 'a.vmdk', message: "Could not open '/w/a.vmdk': invalid" },
  ],
  [
    'inconsistent',
    '1691de28d97b5938',
    {
      kind: 'inconsistent',
      file: 'a.qcow2',
      subject: { ...counts, corruptions: 2, leaks: 1, errors: 3 },
      reference: counts,
    },
  ],
  [
    'above its bound',
    '8f1700af48d953bf',
    { kind: 'above-bound', what: 'w', value: 2, bound: 1, side: 'subject', member: 'required' },
  ],
];

describe('the fingerprint of a bug', () => {
  const shownBy = (plan: Plan, difference: (typeof GOLDEN)[number][2], directory = 'twin/step1'): Shown => ({
    plan,
    finding: { type: 'x_divergence', operation: 'convert', step: 1, ...difference },
    transcript: commands('info', directory),
  });
  const digitsOf = (shown: Shown) => fingerprintOf(suspectOf(shown).symptom, traitsOf(shown, OPERATIONS));

  // Digits that change silently have every bug of every repository filed again, beside the issue that it has: whoever changes a line here
  // raises FINGERPRINT_SCHEME with it, which says that the old ones are of another making.
  it('is of scheme 1, as are all these digits, of a finding of each kind', () => {
    expect(FINGERPRINT_SCHEME).toBe(1);
    for (const plan of [needy, plain]) expect(isStored(plan, OPERATIONS)).toBe(true);
    const kinds = new Set(GOLDEN.map(([, , { kind }]) => kind));
    expect(kinds).toEqual(new Set(Object.keys(findingsWith(''))));
  });

  it.each(GOLDEN)('of what is %s has these 16 digits: %s', (_, digits, difference) => {
    expect(digitsOf(shownBy(needy, difference, 'step1/subject'))).toBe(digits);
  });

  it('has others for a twin check, and for a case that needs nothing', () => {
    const { finding } = bug('a');
    expect(digitsOf({ ...shownBy(needy, finding), finding })).toBe('0d98e12d8fae85c0');
    expect(digitsOf({ ...shownBy(plain, finding), finding })).toBe('dcf878b0fe2ac7b6');
  });
});
