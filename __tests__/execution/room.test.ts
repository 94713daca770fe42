import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../src/execution/stage.ts';
import { runStep, type StepRun } from '../../src/execution/step.ts';
import { MiB } from '../../src/plan/size.ts';
import { freeBytes } from '../../src/sandbox/scratch.ts';
import { ended } from '../support/ended.ts';

/** How a step ends in which the subject refuses what the reference does, with a disk of so many bytes. */
function outcomeWith(largestDisk: number) {
  const stage = {
    transcript: [],
    hostPath: () => tmpdir(),
    limitReached: async () => undefined,
    perform: async () => ended(0),
  } as unknown as Stage;
  const refusal = {
    subject: { kind: 'exited', code: 1 },
    reference: { kind: 'exited', code: 0 },
    message: 'no',
  } as const;
  const empty = { prepare: [], inputs: [], outputs: [], invariants: [], readbacks: [], subject: [], reference: [] };
  const script = { ...empty, oracles: [async () => ({ kind: 'exit', type: 'exit_code_divergence', ...refusal })] };
  const place = { step: 1, directory: 'step1' };
  const run = { stage, place, operation: 'x', script, twin: 'none', largestDisk };
  return runStep(run as unknown as StepRun);
}

describe('a refusal', () => {
  it('counts where there was room for the largest disk', async () => {
    expect(await outcomeWith(MiB)).toMatchObject({ kind: 'divergent' });
  });

  it('is inconclusive elsewhere, and says how much it would have taken', async () => {
    const needed = freeBytes(tmpdir()) * 2;
    const reason = { kind: 'scratch_full', freeBytes: expect.any(Number), neededBytes: needed };
    expect(await outcomeWith(needed)).toEqual({ kind: 'inconclusive', reason });
  });
});
