import { describe, expect, it } from 'vitest';
import { compare } from '../../src/operations/compare.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { CommandResult } from '../../src/sandbox/command.ts';
import { plansOf } from '../../src/session/plans.ts';
import { severityOf } from '../../src/verdict/severity.ts';
import { benchWith, observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

const content = { size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
const source: Source = { format: 'qcow2', ...plainQcow2(64 * KiB), ...content, backing: [] };
const script = (options: object, from?: 'above') =>
  compare.script({ ...options }, { source, position: 2, dialect: 'instar', calledFrom: from });
const commands = (options: object) =>
  script(options).prepare.map((one) => ('args' in one ? one.args.join(' ') : one.kind));

describe('the other image of a comparison', () => {
  it('is made from the source by the reference, on each side', () => {
    const { prepare, subject, reference, inputs } = script({ differs: 'nothing', format: 'vmdk' });
    expect(prepare.map(({ kind }) => kind)).toEqual(['each', 'before']);
    expect(commands({ differs: 'nothing', format: 'vmdk' })[0]).toBe('convert -f qcow2 -O vmdk source.img other2.vmdk');
    expect(subject).toEqual(['compare', 'source.img', 'other2.vmdk']);
    expect(reference).toEqual(subject);
    expect(inputs).toContainEqual({ path: 'other2.vmdk', format: 'vmdk', own: true });
  });

  it('has one sector of something else, within the disk', () => {
    const at = (offset: number) => commands({ differs: 'sector', format: 'raw', offset, byte: 7 })[1];
    expect(at(0)).toBe('-f raw -c write -q -P 7 0 512 other2.raw');
    expect(at(4097)).toContain('write -q -P 7 4096 512');
    expect(at(8 * MiB)).toContain(`write -q -P 7 ${MiB - 512} 512`);
  });

  it('is longer by zeros, or by data in what is longer', () => {
    const longer = { format: 'qcow2', more: 64 * KiB };
    const resized = 'resize -q -f qcow2 other2.qcow2 +64K';
    expect(commands({ differs: 'zeros-behind', ...longer }).slice(1)).toEqual([resized, 'before']);
    const [, first, second] = commands({ differs: 'data-behind', offset: 10 * MiB, byte: 7, ...longer });
    expect(first).toBe(resized);
    expect(second).toContain(`write -q -P 7 ${MiB + 64 * KiB - 512} 512`);
  });

  it('is of all kinds that are drawn', () => {
    const planOf = plansOf('compare', ['compare']);
    const steps = Array.from({ length: 300 }, (_, index) => planOf(index)).flatMap((plan) => plan.steps);
    const options = steps.flatMap((step) => (step.kind === 'run' ? [step.options] : []));
    const drawn = (name: string) => new Set(options.map((one) => one[name]));
    expect(drawn('differs')).toEqual(new Set(['nothing', 'sector', 'zeros-behind', 'data-behind']));
    expect(drawn('format')).toEqual(new Set(['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx']));
    expect(drawn('strict')).toEqual(new Set([undefined, true]));
    for (const one of options) expect(() => script(one)).not.toThrow();
  });

  it('is named first or second, strictly or not, and from wherever the command is called', () => {
    const options = { differs: 'nothing', format: 'raw', strict: true, swapped: true };
    expect(script(options).subject).toEqual(['compare', '-s', 'other2.raw', 'source.img']);
    expect(script(options, 'above').subject).toEqual(['compare', '-s', 'source/other2.raw', 'source/source.img']);
  });
});

const PLAIN = { differs: 'nothing', format: 'raw' } as const;
const STRICT = { ...PLAIN, strict: true } as const;

/** What is said of both ends of a comparison that is asked for like this, where the reference says `plainly` of the data alone. */
async function judged(options: object, subject: CommandResult, reference: CommandResult, plainly = ended(0)) {
  const bench = benchWith({ ask: async () => plainly });
  const observation = observed({ operation: 'compare', subject, reference, bench });
  for (const oracle of script(options).oracles) {
    const finding = await oracle(observation);
    if (finding) return finding;
  }
  return undefined;
}
const mismatch = (offset: number) => `Content mismatch at offset ${offset}!\n`;

const ALLOCATION = 'Strict mode: Offset 8192 block status mismatch!\n';

describe('an answer', () => {
  const answered = (ours: number, theirs: number, text = '') => judged(PLAIN, ended(ours, text), ended(theirs, text));

  it('is the reference’s, or an error where that has one', async () => {
    for (const [ours, theirs] of [
      [0, 0],
      [1, 1],
      [1, 2],
      [2, 2],
    ] as const) {
      expect(await answered(ours, theirs)).toBeUndefined();
    }
  });

  it('that calls different disks equal costs data', async () => {
    const finding = await answered(0, 1, mismatch(0));
    expect(finding).toMatchObject({ kind: 'exit', type: 'compare_identity_divergence' });
    expect(finding && severityOf({ ...finding, operation: 'compare', step: 1 }, false)).toBe('data-loss');
  });

  it.each([
    [1, 0, 'refusal'],
    [2, 0, 'refusal'],
    [2, 1, 'metadata'],
    [0, 2, 'leniency'],
  ] as const)('%i where the reference’s is %i is another end: %s', async (ours, theirs, severity) => {
    const finding = await answered(ours, theirs);
    expect(finding).toMatchObject({ kind: 'exit', type: 'exit_code_divergence' });
    expect(finding && severityOf({ ...finding, operation: 'compare', step: 1 }, false)).toBe(severity);
  });

  it('to a strict question may be either where only what is allocated differs, which is not to be an error', async () => {
    const strictly = (...ends: [CommandResult, CommandResult, CommandResult?]) => judged(STRICT, ...ends);
    const refused = ended(1, ALLOCATION);
    expect(await strictly(ended(0), refused)).toBeUndefined();
    expect(await strictly(ended(2), refused)).toMatchObject({ type: 'exit_code_divergence' });
    expect(await strictly(refused, ended(0))).toBeUndefined();
    expect(await strictly(refused, ended(1, mismatch(0)))).toBeUndefined();
    const other = ended(1, mismatch(4096));
    expect(await strictly(ended(0), refused, other)).toMatchObject({ type: 'compare_identity_divergence' });
    expect(await strictly(refused, refused, other)).toBeUndefined();
  });

  it('to any other question is not about what is allocated', async () => {
    const strict = ended(1, ALLOCATION);
    expect(await judged(PLAIN, strict, ended(0))).toMatchObject({ type: 'exit_code_divergence' });
    expect(await judged(PLAIN, strict, ended(1, mismatch(0)))).toMatchObject({ type: 'compare_output_divergence' });
  });
});

describe('what is printed of different disks', () => {
  const printed = (ours: string, theirs: string, code = 1) => judged(PLAIN, ended(code, ours), ended(1, theirs));

  it('names the same place', async () => {
    expect(await printed(mismatch(512), mismatch(512))).toBeUndefined();
    expect(await printed(mismatch(0), mismatch(512))).toMatchObject({
      kind: 'json',
      type: 'compare_output_divergence',
      as: 'lines',
      differences: [{ pointer: '/0', subject: '"Content mismatch at offset 0!"' }],
    });
  });

  it('is not compared where the reference names none, or the answers differ', async () => {
    expect(await printed('no', 'Strict mode: Image size mismatch!\n')).toBeUndefined();
    expect(await printed('', mismatch(512), 0)).toMatchObject({ kind: 'exit' });
  });
});
