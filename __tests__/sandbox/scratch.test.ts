import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES } from '../../src/operations/index.ts';
import { GiB, MiB, MOST_DRAWN } from '../../src/plan/size.ts';
import { chooseScratchPath } from '../../src/sandbox/scratch.ts';
import { plansOf } from '../../src/session/plans.ts';

const place = () => realpathSync(mkdtempSync(join(tmpdir(), 'scratch-test-')));
const [memory, disk] = [place(), place()];

/** Where a run keeps its scratch when memory and disk have so many bytes free. */
function chosen(inMemory: number, onDisk: number): string {
  const free = (path: string) => (path === memory ? inMemory : onDisk);
  return dirname(chooseScratchPath('1.2.3', [memory, disk], free));
}

describe('the scratch space', () => {
  it('is memory where the largest disk that is drawn fits, with others beside it', () => {
    expect(MOST_DRAWN).toBe(5 * GiB + MiB);
    expect(chosen(5 * GiB + 257 * MiB, 100 * GiB)).toBe(memory);
    expect(chosen(5 * GiB, 100 * GiB)).toBe(disk);
    expect(chosen(4 * GiB, 256 * MiB)).toBe(disk);
  });

  it('is a small memory rather than nothing', () => {
    expect(chosen(256 * MiB, 255 * MiB)).toBe(memory);
    expect(() => chosen(256 * MiB - 1, -1)).toThrow(/no room .* \(255 MiB\), .* \(0 MiB\)/);
  });
});

describe('the largest disk', () => {
  it('that is drawn has as many bytes as it says, and nothing else that is drawn has a larger number', () => {
    const planOf = plansOf('large', OPERATION_NAMES);
    const largest = Array.from({ length: 1500 }, (_, index) => planOf(index)).map((plan) =>
      largestIn([plan.source, plan.steps]),
    );
    expect(Math.max(...largest)).toBeGreaterThanOrEqual(MOST_DRAWN - MiB);
    expect(Math.max(...largest)).toBeLessThanOrEqual(MOST_DRAWN);
  });
});

function largestIn(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null ? Math.max(0, ...Object.values(value).map(largestIn)) : 0;
}
