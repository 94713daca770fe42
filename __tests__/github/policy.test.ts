import { describe, expect, it } from 'vitest';
import { isProposal, mayFile, remembers, seesRegressions, type Trigger } from '../../src/github/policy.ts';

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
  it.each(TABLE)('on %j: where the history is kept, not for a job that is run again, and by a proposal', (trigger) => {
    const proposed = isProposal(trigger.event);
    expect(seesRegressions(trigger)).toBe(proposed || remembers(trigger));
    expect(seesRegressions({ ...trigger, attempt: 2 })).toBe(proposed);
  });
});
