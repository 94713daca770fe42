import { expect, it, vi } from 'vitest';
import { removeContainers } from '../../src/sandbox/engine.ts';
import { CannotRun, type RunOnHost } from '../../src/sandbox/host.ts';

// The pauses between two looks at the engine.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

/** An engine that lists the containers of the run as often as this, or does not answer: a real one that fails to remove cannot be had. */
function engine(listings: number, code = 0): { run: RunOnHost; calls: string[] } {
  const calls: string[] = [];
  let left = listings;
  const run: RunOnHost = async (_, [, , word = '']) => {
    calls.push(word);
    if (word !== 'ps') return { code, stdout: '', stderr: '' };
    left -= 1;
    return { code, stdout: left >= 0 ? '0123456789ab\n' : '', stderr: '' };
  };
  return { run, calls };
}

const removal = ({ run }: { run: RunOnHost }) =>
  removeContainers(run, 'docker', 'differential-fuzz-x').catch((error: unknown) => error);

it('ends once the engine lists the containers no more', async () => {
  const slow = engine(2);
  expect(await removal(slow)).toBeUndefined();
  expect(slow.calls).toEqual(['rm', 'ps', 'rm', 'ps', 'rm', 'ps']);
});

it('says so where a container stays', async () => {
  const error = await removal(engine(1000));
  expect(error).toBeInstanceOf(CannotRun);
  expect(String(error)).toContain('docker did not remove the containers of this run');
});

it('is content where no engine answers: there is none, or its containers have ended with it', async () => {
  expect(await removal(engine(1000, 127))).toBeUndefined();
});
