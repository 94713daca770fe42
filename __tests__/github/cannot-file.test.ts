import { describe, expect, it } from 'vitest';
import { bug } from '../support/bugs.ts';
import { file, github, LABEL, standing, startAnother, states, tracker, useGitHub, written } from '../support/github.ts';

useGitHub();

describe('a run that cannot file all', () => {
  it('leaves what is above its number to the next', async () => {
    const bugs = [bug('a'), bug('b'), bug('c')];
    expect(states(await file('1', bugs, { maxIssues: 2 }))).toEqual(['new #1', 'new #2', 'pending']);
    expect(states(await file('2', bugs, { maxIssues: 2 }))).toEqual(['known #1', 'known #2', 'new #3']);
  });

  it('waits for a short limit', async () => {
    github.fail({ method: 'POST', path: /issues$/, play: { kind: 'secondary_limit', status: 429, retryAfter: 20 } });
    expect(states(await file('1', [bug('a')]))).toEqual(['new #1']);
  });

  it.each([403, 429] as const)('leaves the rest of a long limit (%s) to the next, which files it', async (status) => {
    github.fail({
      method: 'POST',
      path: /issues$/,
      after: 1,
      play: { kind: 'secondary_limit', status, retryAfter: 3600 },
    });
    const filed = await file('1', [bug('a'), bug('b'), bug('c')]);
    expect(states(filed)).toEqual(['new #1', 'pending', 'pending']);
    expect(filed.warnings).toHaveLength(1);
    expect(filed.warnings[0]).toContain('rate limit');
    expect(states(await file('2', [bug('b'), bug('c')]))).toEqual(['new #2', 'new #3']);
  });

  it('asks a third time after a limit, and not a fourth: who goes on may be banned', async () => {
    const play = { kind: 'secondary_limit', status: 403, retryAfter: 5 } as const;
    github.fail({ method: 'POST', path: /issues$/, times: 3, play });
    expect(states(await file('1', [bug('a')]))).toEqual(['pending']);
    expect(written().filter(({ path }) => path.endsWith('/issues'))).toHaveLength(3);
  });

  it('waits for three minutes in all, and leaves what would take longer to the next', async () => {
    const limit = { kind: 'secondary_limit', status: 403, retryAfter: 60 } as const;
    // Each issue is refused twice, for a minute each time, and would be taken then.
    for (const after of [0, 1]) github.fail({ method: 'POST', path: /issues$/, after, times: 2, play: limit });
    const filed = await file('1', [bug('a'), bug('b'), bug('c')]);
    expect(states(filed)).toEqual(['new #1', 'pending', 'pending']);
    expect(filed.warnings).toEqual([expect.stringContaining('rate limit')]);
  });

  it('does not repeat what may have been done: an answer that was lost opens no twin', async () => {
    github.fail({ method: 'POST', path: /issues$/, play: { kind: 'broken', status: 502, performed: true } });
    github.fail({ method: 'POST', path: /issues$/, play: { kind: 'cut' } });
    expect(states(await file('1', [bug('a'), bug('b')]))).toEqual(['known #1', 'known #2']);
    expect(github.store.issues).toHaveLength(2);
  });

  it('takes a list that broke off for none at all, not for an empty one', async () => {
    await file('1', [bug('a')]);
    github.fail({ method: 'GET', path: /issues$/, play: { kind: 'cut' } });
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    github.fail({ method: 'GET', path: /issues$/, times: 3, play: { kind: 'cut' } });
    expect(await file('3', [bug('a')])).toMatchObject({ read: false, bugs: [{ state: 'pending' }] });
    expect(github.store.issues).toHaveLength(1);
  });

  it('tries again after a failure, and leaves an outage to the next run', async () => {
    github.fail({ method: 'GET', path: /issues$/, play: { kind: 'broken', status: 500 } });
    github.fail({ method: 'POST', path: /issues$/, play: { kind: 'broken', status: 503 } });
    expect(states(await file('1', [bug('a')]))).toEqual(['new #1']);
    github.fail({ method: 'GET', path: /issues$/, times: 3, play: { kind: 'broken', status: 500 } });
    const filed = await file('2', [bug('b')]);
    expect(filed).toMatchObject({ read: false, bugs: [{ state: 'pending' }] });
    expect(states(await file('3', [bug('b')]))).toEqual(['new #2']);
  });

  it('says why there is nothing to try again where no issue can be read', async () => {
    await file('1', [bug('a')]);
    github.fail({ method: 'GET', path: /issues$/, times: 3, play: { kind: 'broken', status: 500 } });
    const { plans, warning } = await tracker().plansToReplay();
    expect([plans, warning]).toEqual([[], expect.stringContaining('could not be reached or failed')]);
    expect((await tracker().plansToReplay()).plans).toHaveLength(1);
  });

  it('is neither opened nor reopened for a bug whose smallest case is not known: its fingerprint may be another tomorrow', async () => {
    const filed = await file('1', [bug('a', { unfinished: 'time' }), bug('b')]);
    expect(states(filed)).toEqual(['unfinished', 'new #1']);
    expect(states(await file('2', [bug('a')]))).toEqual(['new #2']);
    expect(states(await file('3', [bug('a', { unfinished: 'time' })]))).toEqual(['known #2']);
    github.store.close(2, 'completed');
    expect(states(await file('4', [bug('a', { unfinished: 'time' })]))).toEqual(['unfinished']);
    expect(standing(2)).toBe('closed completed');
  });

  it.each([
    ['whose conversation is locked', 'locked', 403],
    ['that was deleted meanwhile', 'deleted', 410],
  ] as const)('opens others in spite of an issue %s', async (_, kind, status) => {
    expect(states(await file('1', [bug('a')]))).toEqual(['new #1']);
    github.fail({ method: 'PATCH', path: /issues\/1$/, play: { kind } });
    const filed = await file('2', [bug('a'), bug('b')]);
    expect(states(filed)).toEqual(['known #1', 'new #2']);
    expect(filed.warnings).toEqual([expect.stringContaining(`An issue cannot be changed. GitHub said ${status}`)]);
  });

  it.each([
    ['a bad token', 'bad_credentials', 401],
    ['a fork', 'not_accessible', 403],
    ['a token that sees nothing', 'not_found', 404],
    ['disabled issues', 'issues_disabled', 410],
  ] as const)('says so once and files nothing: %s', async (_, kind, status) => {
    github.fail({ method: 'POST', path: /issues$/, play: { kind } });
    const filed = await file('1', [bug('a'), bug('b')]);
    expect(states(filed)).toEqual(['not-filed', 'not-filed']);
    expect(filed.read).toBe(true);
    expect(filed.warnings).toHaveLength(1);
    expect(filed.warnings[0]).toContain(`GitHub said ${status}`);
    expect(github.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/issues'))).toHaveLength(1);
    github.fail({ method: 'GET', path: /issues$/, play: { kind } });
    const unread = await file('2', [bug('a')]);
    expect(unread).toMatchObject({ read: false, bugs: [{ state: 'not-filed' }] });
    expect(unread.warnings).toHaveLength(1);
  });

  it('goes on after a request that is not accepted', async () => {
    github.fail({ method: 'POST', path: /issues$/, play: { kind: 'invalid' } });
    const filed = await file('1', [bug('a'), bug('b')]);
    expect(states(filed)).toEqual(['pending', 'new #1']);
    expect(filed.warnings).toHaveLength(1);
  });

  it('knows an answer that is no issue: the repository was renamed', async () => {
    github.fail({ method: 'POST', path: /issues$/, play: { kind: 'moved', to: '/repositories/724117001/issues' } });
    const filed = await file('1', [bug('a')]);
    expect(states(filed)).toEqual(['not-filed']);
    expect(filed.warnings[0]).toContain('moved');
  });

  it('stops when its label is dropped, as it would not find its issues again', async () => {
    await startAnother({ account: { push: false } });
    const filed = await file('1', [bug('a'), bug('b')]);
    expect(states(filed)).toEqual(['new #1', 'pending']);
    expect(filed.warnings[0]).toContain(`without the label "${LABEL}"`);
  });
});
