import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Iteration } from '../../src/execution/loop.ts';
import { Progress } from '../../src/report/progress.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const seconds = (number: number) => vi.advanceTimersByTime(number * 1000);
const iteration = (kind: 'ok' | 'divergent') => ({ verdict: { kind } }) as unknown as Iteration;

describe('the progress of a run', () => {
  it('estimates the time of the iterations, and says that findings have to be confirmed after them', () => {
    const progress = new Progress(10);
    progress.fuzzing();
    expect(progress.line()).toContain('left: unknown');
    progress.add(iteration('ok'));
    seconds(2);
    expect(progress.line()).toBe('1/10 iterations, 0.5/s: 1 ok, 0 divergent, 0 inconclusive; left: 18 s');
    progress.add(iteration('divergent'));
    expect(progress.line()).toMatch(/; left: 8 s, then the findings are confirmed and shrunk$/);
  });

  it('does not count what comes before the iterations', () => {
    const progress = new Progress(10);
    expect(progress.line()).toBe('0/10 iterations: not begun yet');
    seconds(300);
    progress.fuzzing();
    seconds(2);
    progress.add(iteration('ok'));
    expect(progress.line()).toContain('0.5/s');
  });

  it('estimates no more than the time that the run may take', () => {
    const progress = new Progress(1_000_000, 60);
    seconds(2);
    progress.fuzzing();
    progress.add(iteration('ok'));
    seconds(1);
    expect(progress.line()).toMatch(/left: 59 s$/);
    seconds(20);
    expect(progress.line()).toMatch(/left: 39 s$/);
    seconds(60);
    expect(progress.line()).toMatch(/left: 0 s$/);
  });

  it('goes on while findings are confirmed and shrunk, and says how long that takes at most', () => {
    const progress = new Progress(1);
    progress.add(iteration('divergent'));
    progress.triaging({ findings: 1, bugs: 0, tries: 0, mostSeconds: 180 });
    seconds(30);
    progress.triaging({ findings: 1, bugs: 1, tries: 41, mostSeconds: 180 });
    const words = 'confirming and shrinking 1 finding: 1 bug so far, 41 tries in 30 s; left: at most 150 s';
    expect(progress.line()).toBe(`1 iteration done; ${words}`);
    seconds(200);
    expect(progress.line()).toMatch(/left: at most 0 s$/);
  });

  it('ends with what it came to', () => {
    const progress = new Progress(2);
    progress.add(iteration('ok'));
    seconds(3);
    expect(progress.lastLine()).toBe('1/2 iterations: 1 ok, 0 divergent, 0 inconclusive; 3 s in all');
    progress.triaging({ findings: 2, bugs: 1, tries: 40, mostSeconds: 180 });
    expect(progress.lastLine()).toMatch(/; 1 bug in 2 findings after 40 tries; 3 s in all$/);
  });
});
