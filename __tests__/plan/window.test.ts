import { describe, expect, it } from 'vitest';
import { windowOf } from '../../src/plan/window.ts';

describe('the part of a disk that a copy in blocks holds', () => {
  it.each([
    ['all of it', {}, [0, 10_000]],
    ['its start', { blockSize: 1000, count: 3 }, [0, 3000]],
    [
      'what lies between two ends that are both counted from its start',
      { blockSize: 1000, count: 4, skip: 3 },
      [3000, 1000],
    ],
    ['no more than there is', { blockSize: 4096, count: 9, skip: 2 }, [8192, 1808]],
    ['nothing, where it ends before it begins', { count: 3, skip: 4 }, [1536, 0]],
    ['nothing, where it begins behind the end', { blockSize: 4096, skip: 3 }, [10_000, 0]],
    ['nothing, where no block is asked for', { count: 0 }, [0, 0]],
  ] as const)('is %s', (_, blocks, [offset, length]) => {
    expect(windowOf(blocks, 10_000)).toEqual({ offset, length });
  });
});
