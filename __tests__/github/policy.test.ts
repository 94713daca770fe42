import { describe, expect, it } from 'vitest';
import { isProposal, mayFile, remembers, seesRegressions, type Trigger, testedAsOf } from '../../src/github/policy.ts';

const MAIN = { ref: 'refs/heads/main', defaultBranch: 'main', attempt: 1 };

/** Whether `auto`, `always` and `never` let a trigger file. */
const TABLE: readonly [Trigger, boolean, boolean][] = [
  [{ event: 'schedule', ...MAIN }, true, true],
  [{ event: 'workflow_dispatch', ...MAIN, ref: 'refs/heads/topic' }, true, true],
  [{ event: 'push', ...MAIN }, true, true],
  [{ event: 'push', ...MAIN, ref: 'refs/heads/topic' }, false, true],
  [{ event: 'push', ...MAIN, ref: 'refs/tags/main' }, false, true],
  [{ event: 'push', ...MAIN, ref: 'refs/heads/undefined' }, false, true],
  [{ event: 'workflow_run', ...MAIN }, false, true],
  [{ event: 'pull_request', ...MAIN }, false, false],
  [{ event: 'pull_request_target', ...MAIN }, false, false],
  [{ event: 'pull_request_review', ...MAIN }, false, false],
  [{ event: 'merge_group', ...MAIN }, false, false],
];

describe('issues are filed', () => {
  it.each(TABLE)('on %j: auto %s, always %s, never not at all', (trigger, auto, always) => {
    expect(mayFile('auto', trigger)).toBe(auto);
    expect(mayFile('always', trigger)).toBe(always);
    expect(mayFile('never', trigger)).toBe(false);
  });

  it('not on a push when the default branch is unknown', () => {
    expect(mayFile('auto', { event: 'push', ...MAIN, ref: 'refs/heads/undefined', defaultBranch: undefined })).toBe(
      false,
    );
  });
});

describe('a run adds to the history', () => {
  it.each(TABLE)('on %j: exactly where it files by itself, and on the default branch', (trigger, auto) => {
    expect(remembers(trigger)).toBe(auto && trigger.ref === MAIN.ref);
  });
});

describe('a bug whose issue was closed as completed is back', () => {
  const PROPOSED = { ...MAIN, proposal: { base: 'main', madeAt: '2026-11-20T08:00:00Z' } };
  const proposals = ['pull_request', 'merge_group'].map((event) => ({ ...PROPOSED, event }));

  it.each(TABLE.filter(([{ event }]) => !isProposal(event)))(
    'on %j: where the history is kept, not for a job that is run again',
    (trigger) => {
      expect(seesRegressions(trigger)).toBe(remembers(trigger));
      expect(seesRegressions({ ...trigger, attempt: 2 })).toBe(false);
    },
  );

  it.each(proposals)('by a $event to the default branch alone', (trigger) => {
    expect(seesRegressions(trigger)).toBe(true);
    const into = (base: string | undefined) => ({ ...trigger, proposal: { ...trigger.proposal, base } });
    expect(seesRegressions(into('release'))).toBe(false);
    expect(seesRegressions(into(undefined))).toBe(false);
    expect(seesRegressions({ ...into(undefined), defaultBranch: undefined })).toBe(false);
  });

  it.each(proposals)('by a $event that is run again, as of the time of the event, where that is told', (trigger) => {
    const again = { ...trigger, attempt: 2 };
    const untold = { ...again, proposal: { ...trigger.proposal, madeAt: undefined } };
    expect([seesRegressions(again), seesRegressions(untold)]).toEqual([true, false]);
    const started = '2026-11-24T00:00:00Z';
    expect(testedAsOf(again, started)).toBe('2026-11-20T08:00:00Z');
    expect([testedAsOf(trigger, started), testedAsOf(untold, started)]).toEqual([started, started]);
  });
});
