import { describe, expect, it } from 'vitest';
import { mayFile, mayReopen, remembers, type Trigger } from '../../src/github/policy.ts';

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

describe('a closed issue is reopened', () => {
  it.each(TABLE)('on %j: exactly where the history is kept, and not by a job that is run again', (trigger) => {
    expect(mayReopen(trigger)).toBe(remembers(trigger));
    expect(mayReopen({ ...trigger, attempt: 2 })).toBe(false);
  });
});
