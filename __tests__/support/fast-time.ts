import { vi } from 'vitest';

/** Real milliseconds between two looks at the clock, and how far the played clock moves at each. */
const REAL_MS = 2;
const PLAYED_MS = 500;

/** Lets time pass some hundred times faster until the returned function is called: who waits for a rate limit really waits, but not us. */
export function speedUpTime(): () => void {
  const every = globalThis.setInterval;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const ticking = every(() => vi.advanceTimersByTime(PLAYED_MS), REAL_MS);
  return () => {
    clearInterval(ticking);
    vi.useRealTimers();
  };
}
