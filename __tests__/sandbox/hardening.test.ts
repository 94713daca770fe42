import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { GiB } from '../../src/plan/size.ts';
import { containerArguments } from '../../src/sandbox/hardening.ts';
import { PARTS } from '../../src/sandbox/scratch.ts';

const options = {
  engine: 'docker',
  image: 'any',
  name: 'any',
  owner: 'any',
  scratchPath: '/scratch',
  subject: { kind: 'reference' },
} as const;

describe('the containers of a run together', () => {
  it.each([1, 2, 64])('take no more memory than there is to spare, with %d lanes', (lanes) => {
    const shares = PARTS.map((part) => {
      const words = containerArguments({ ...options, lanes }, part);
      return Number(words[words.indexOf('--memory') + 1]);
    });
    const sum = shares.reduce((one, other) => one + other, 0);
    expect(Math.min(...shares)).toBeGreaterThan(GiB / 4);
    expect(sum).toBeLessThanOrEqual(Math.min(totalmem() * 0.75, GiB + 2 * GiB * lanes));
  });
});
