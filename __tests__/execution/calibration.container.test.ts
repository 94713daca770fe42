import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, USUAL_NAMES } from '../../src/operations/index.ts';
import { fuzz } from '../support/cli.ts';

const CALIBRATIONS = [
  ['42', 14, 'usual', []],
  ['7777', 14, 'usual', []],
  ['7777', 40, 'all', ['--operations', 'all']],
] as const;

describe('the reference against itself', () => {
  it.each(CALIBRATIONS)(
    'shows no divergence in seed %s, %i iterations of the %s operations',
    async (seed, count, which, words) => {
      const { code, run, iterations, findings } = await fuzz('--seed', seed, '--iterations', String(count), ...words);
      expect(findings).toEqual([]);
      expect(iterations).toHaveLength(count);
      expect(iterations.filter(({ verdict }) => verdict.kind === 'inconclusive')).toEqual([]);
      expect(new Set(iterations.flatMap(({ steps }) => steps.map(({ operation }) => operation)))).toEqual(
        new Set(which === 'all' ? OPERATION_NAMES : USUAL_NAMES),
      );
      expect(run).toMatchObject({ state: 'finished', seed, instar: 'qemu-img' });
      expect(run.referenceVersion).toMatch(/^qemu-img version 10\./);
      expect(code).toBe(0);
    },
  );
});
