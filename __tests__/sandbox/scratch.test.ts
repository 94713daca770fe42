import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { largestIn } from '../../src/execution/iteration.ts';
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

  it.each([
    ['among the options', { target: 'vpc', size: 4 * GiB, clusterSize: 64 }, 4 * GiB],
    ['in a list of layers', { size: 1, below: [{ size: 2, writes: [{ offset: 7, length: 3 }] }, { size: 5 }] }, 7],
    ['of the source or the options', [{ size: 6 }, { size: 9 }], 9],
    ['beside what is no number', { name: '99', explicit: true, backing: null, missing: undefined, size: 8 }, 8],
    ['where there is none', [{ writes: [] }], 0],
  ])('of a step is the largest number %s', (_, value, largest) => {
    expect(largestIn(value)).toBe(largest);
  });
});
