import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../src/operations/index.ts';
import { sameExitCode, sameSuccess } from '../../src/oracles/ending.ts';
import type { Oracle } from '../../src/oracles/observation.ts';
import { isSameSize, mostConverted, SIZE_TOLERANCES } from '../../src/oracles/tolerances.ts';
import type { Step } from '../../src/plan/plan.ts';
import { plansOf } from '../../src/session/plans.ts';
import { observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

const CYLINDER = 16 * 255 * 512;

/** Each tolerance: the false alarm that it prevents, and the real bugs next to it that are still told. */
const SIZES = [
  { format: 'raw', prevents: 'a tail of zeros up to a transport sector', same: [1, 512, 65_535], other: [-1, 65_536] },
  {
    format: 'vpc',
    prevents: 'the exact size instead of whole cylinders',
    same: [-1, 1 - CYLINDER],
    other: [1, -CYLINDER],
  },
] as const;

describe('a size that is tolerated', () => {
  it('is one of these, and has a reason', () => {
    expect(SIZE_TOLERANCES.map(({ format }) => format)).toEqual(SIZES.map(({ format }) => format));
    for (const { reason } of SIZE_TOLERANCES) expect(reason).toMatch(/\w{3}/);
  });

  it.each(SIZES)('prevents a false alarm for $format: $prevents', ({ format, same }) => {
    for (const larger of [0, ...same]) expect(isSameSize(format, larger), String(larger)).toBe(true);
  });

  it.each(SIZES)('lets what lies beyond it through for $format', ({ format, other }) => {
    for (const larger of other) expect(isSameSize(format, larger), String(larger)).toBe(false);
  });

  it.each(['qcow2', 'vmdk', 'vhdx'])('is none at all for %s', (format) => {
    for (const larger of [-512, -1, 1, 512]) expect(isSameSize(format, larger), String(larger)).toBe(false);
  });
});

describe('the size that the subject’s own conversion may have', () => {
  it.each([
    ['at least a mebibyte more than it measured', 0, 1_048_576],
    ['a mebibyte more than 16', 16_777_216, 17_825_792],
    ['a sixteenth more than what is larger', 33_554_448, 35_651_601],
  ])('is %s', (_, measured, most) => {
    expect(mostConverted(measured)).toBe(most);
  });
});

/** The two ends are all that these oracles look at. */
const told = async (oracle: Oracle, subject: number, reference: number) =>
  (await oracle(observed({ subject: ended(subject), reference: ended(reference) })))?.type;

describe('the digit of an exit code', () => {
  it('is no difference between two refusals, but a refusal and a success are', async () => {
    expect(await told(sameSuccess, 2, 1)).toBeUndefined();
    expect(await told(sameSuccess, 1, 0)).toBe('exit_code_divergence');
    expect(await told(sameSuccess, 0, 1)).toBe('exit_code_divergence');
  });

  it('is an answer of check, and of check alone', async () => {
    expect(await told(sameExitCode, 2, 3)).toBe('exit_code_divergence');
    expect(await told(sameExitCode, 3, 3)).toBeUndefined();
    const heeded = OPERATIONS.filter(({ name, script }) => {
      const { source, steps } = plansOf('digits', [name])(0);
      const step = steps.find(({ kind }) => kind === 'run') as Step & { kind: 'run' };
      return script(step.options, { source, position: 1, dialect: 'instar' }).oracles.includes(sameExitCode);
    });
    expect(heeded.map(({ name }) => name)).toEqual(['check']);
  });
});
