import { describe, expect, it } from 'vitest';
import { triggerOf } from '../../src/action/trigger.ts';
import { payloadOf } from '../support/events.ts';

const told = (eventName: string, payload = payloadOf(eventName), runAttempt = 1) =>
  triggerOf({ eventName, ref: 'refs/heads/develop', runAttempt, payload });

describe('what started a run', () => {
  it.each(['pull_request', 'merge_group'])('is read from the event: %s', (event) => {
    const proposal = { base: 'develop', madeAt: '2026-11-20T08:00:00Z' };
    expect(told(event)).toMatchObject({ event, defaultBranch: 'develop', attempt: 1, proposal });
  });

  it('proposes nothing where it is no proposal', () => {
    expect(told('push')).toEqual({ event: 'push', ref: 'refs/heads/develop', defaultBranch: 'develop', attempt: 1 });
  });

  it('is not known where its event does not tell, or tells something else', () => {
    const nothing = { base: undefined, madeAt: undefined };
    expect(told('pull_request', {})).toMatchObject({ defaultBranch: undefined, proposal: nothing });
    const odd = { pull_request: { base: { ref: 7 }, updated_at: 'yesterday' }, repository: 'instar' };
    expect(told('pull_request', odd)).toMatchObject({ defaultBranch: undefined, proposal: nothing });
    expect(told('push', {}, Number.NaN).attempt).toBe(1);
  });
});
