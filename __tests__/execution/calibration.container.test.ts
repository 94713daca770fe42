import { describe, expect, it } from 'vitest';
import { USUAL_NAMES } from '../../src/operations/index.ts';
import { fuzz } from '../support/cli.ts';

describe('the reference against itself', () => {
  it.each(['42', '7777'])('shows no divergence in 14 iterations of seed %s', async (seed) => {
    const { code, run, iterations, findings } = await fuzz('--seed', seed, '--iterations', '14');
    expect(findings).toEqual([]);
    expect(iterations).toHaveLength(14);
    expect(iterations.filter(({ verdict }) => verdict.kind === 'inconclusive')).toEqual([]);
    expect(new Set(iterations.flatMap(({ steps }) => steps.map(({ operation }) => operation)))).toEqual(
      new Set(USUAL_NAMES),
    );
    expect(run).toMatchObject({ state: 'finished', seed, instar: 'qemu-img' });
    expect(run.referenceVersion).toMatch(/^qemu-img version 10\./);
    expect(code).toBe(0);
  });
});
