import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../../src/github/body.ts';
import type { Filed } from '../../src/github/filed.ts';
import type { Issue } from '../../src/github/life-cycle.ts';
import { actionsFor, followed } from '../../src/github/life-cycle.ts';
import { readMarker } from '../../src/github/marker.ts';
import { type Submission, Tracker } from '../../src/github/tracker.ts';
import type { Bug } from '../../src/triage/bug.ts';
import { type GitHub, startGitHub } from '../../testing/github-server/server.ts';
import { bug, plan, runOf } from '../support/bugs.ts';
import { speedUpTime } from '../support/fast-time.ts';

const LABEL = 'differential-fuzz';
const PERSON = { login: 'maintainer', type: 'User', push: true } as const;
const APP = { login: 'fuzz-app[bot]', type: 'Bot', push: true } as const;
const STRANGER = { login: 'stranger', type: 'User', push: false } as const;

let github: GitHub;
let slowDown: () => void;

beforeAll(() => {
  slowDown = speedUpTime();
});
afterAll(() => slowDown());

beforeEach(async () => {
  github = await startGitHub();
});
afterEach(async () => {
  github.expectSound();
  await github.close();
});

function tracker(token = 'token'): Tracker {
  const [owner, repo] = ['octo', 'instar'];
  return new Tracker({ token, baseUrl: github.url, owner, repo, labels: [LABEL, 'bug'] });
}

/** A run with this id that saw these bugs. */
function file(id: string, bugs: readonly Bug[], changes: Partial<Submission> = {}): Promise<Filed> {
  const usual = { replays: [], maxIssues: 5, mayReopen: true, closeFixed: false };
  return tracker().file({ bugs, run: runOf(id), ...usual, ...changes });
}

const states = ({ bugs }: Filed) => bugs.map(({ state, issue }) => (issue ? `${state} #${issue.number}` : state));
const stateOf = (number: number) => readMarker(github.store.issue(number).body ?? '')?.state;
const standing = (number: number) => {
  const { state, stateReason } = github.store.issue(number);
  return `${state} ${stateReason}`;
};
const commentsOn = (number: number) => github.store.commentsOn(number).map(({ body }) => body);
const written = () => github.requests.filter(({ method }) => method !== 'GET');

/** Files an issue as another run would at the very same moment. */
const fileBehindTheBack = (digit: string, id: string) =>
  github.store.addIssue({ title: 'x', body: bodyOf(bug(digit), runOf(id)), labels: [LABEL] });

describe('the life of an issue', () => {
  it('counts no night in which only a step into a known gap showed its bug, but keeps the day', async () => {
    const carried = bug('a', { plan: { ...plan, seed: '42/canary/resize-backing' }, sightings: [] });
    await file('1', [carried]);
    await file('2', [carried]);
    expect(stateOf(1)).toMatchObject({ sightings: 0, first: '2026-11-01', last: '2026-11-02', run: '2' });
    expect(github.store.issue(1).body).toContain(
      '- seen by stepping into a known gap only, first on 2026-11-01, last on 2026-11-02',
    );
    await file('3', [bug('a')]);
    expect(github.store.issue(1).body).toContain('- seen once, first on 2026-11-01, last on 2026-11-03');
  });

  it('goes from its first sighting through every state that people give it', async () => {
    // Night 1 sees a bug that nobody knows: one issue, with its labels, which are made because they are missing.
    expect(states(await file('1', [bug('a')]))).toEqual(['new #1']);
    expect(github.store.issue(1)).toMatchObject({ title: 'commit: a guest reads other data from base.raw at 0x10000' });
    expect(github.store.issue(1).labels).toEqual([LABEL, 'bug', `${LABEL}: data-loss`]);

    // Night 2 sees it twice more: no second issue, no comment and so no mail; one line and the marker change.
    const before = github.store.issue(1).body?.split('\n') ?? [];
    const again = bug('a', {
      sightings: [
        { seed: 'x', index: 1 },
        { seed: 'x', index: 2 },
      ],
    });
    expect(states(await file('2', [again]))).toEqual(['known #1']);
    const after = github.store.issue(1).body?.split('\n') ?? [];
    const changed = after.filter((line, at) => line !== before[at]);
    expect(changed).toHaveLength(2);
    expect(changed[1]).toContain('- seen 3 times, first on 2026-11-01, last on 2026-11-02 in [this run](');
    expect(stateOf(1)).toMatchObject({ sightings: 3, first: '2026-11-01', last: '2026-11-02', run: '2' });
    expect(commentsOn(1)).toEqual([]);

    // Another job of the same run edits nothing.
    const writes = written().length;
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    expect(written()).toHaveLength(writes);

    // Somebody fixes it; night 3 does not see it; night 4 does: a regression, with the reproducer in a comment.
    github.store.close(1, 'completed');
    expect(states(await file('3', []))).toEqual([]);
    expect(standing(1)).toBe('closed completed');
    expect(states(await file('4', [bug('a')]))).toEqual(['regression #1']);
    expect(standing(1)).toBe('open reopened');
    expect(commentsOn(1)).toHaveLength(1);
    expect(commentsOn(1)[0]).toContain('"$INSTAR" convert a.qcow2 b.raw');

    // It is not to be fixed: accepted, and never touched again.
    github.store.close(1, 'not_planned');
    const sofar = written().length;
    expect(states(await file('5', [bug('a')]))).toEqual(['accepted #1']);
    expect(written()).toHaveLength(sofar);
    expect(github.store.issues).toHaveLength(1);
  });

  it('closed as a duplicate: it follows the issue that somebody of the project names', async () => {
    await file('1', [bug('a')]);
    const original = github.store.addIssue({ title: 'what a person wrote', user: PERSON });
    github.store.addComment(1, `Duplicate of #${original.number}`, PERSON);
    github.store.addComment(1, 'Duplicate of #99', STRANGER);
    github.store.close(1, 'duplicate', original.number);
    expect(states(await file('2', [bug('a')]))).toEqual(['known #2']);
    github.store.close(2, 'not_planned');
    expect(states(await file('3', [bug('a')]))).toEqual(['accepted #2']);
    github.store.reopen(2);
    github.store.close(2, 'completed');
    expect(states(await file('4', [bug('a')]))).toEqual(['regression #2']);
    expect(standing(2)).toBe('open reopened');
    expect(github.store.issue(2).body).toBeNull();
    expect(github.store.issues).toHaveLength(2);
  });

  it('closed as a duplicate of a pull request: that is left alone', async () => {
    await file('1', [bug('a')]);
    const { number } = github.store.addIssue({ title: 'a fix', user: PERSON, pullRequest: true });
    github.store.addComment(1, `Duplicate of #${number}`, PERSON);
    github.store.close(1, 'duplicate');
    github.store.close(number, 'completed');
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    expect([standing(number), commentsOn(number)]).toEqual(['closed completed', []]);
  });

  it('closed as a duplicate of nothing that is named: it counts as known', async () => {
    await file('1', [bug('a')]);
    github.store.close(1, 'duplicate');
    github.store.addComment(1, 'Duplicate of #99', PERSON);
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    expect(github.store.issues).toHaveLength(1);
  });

  it('agrees again: two nights in a row are told, and close it if that is wished', async () => {
    await file('1', [bug('a')]);
    const {
      plans: [stored],
    } = await tracker().plansToReplay();
    expect(stored).toEqual({ fingerprint: 'a'.repeat(16), number: 1, json: plan });
    const agreeing = (agrees: boolean, closeFixed = false) => ({
      replays: [{ fingerprint: 'a'.repeat(16), agrees }],
      closeFixed,
    });
    await file('2', [], agreeing(true));
    await file('3', [], agreeing(false));
    await file('4', [], agreeing(true));
    expect(stateOf(1)?.nights).toBe(1);
    expect(commentsOn(1)).toEqual([]);
    await file('5', [], agreeing(true));
    await file('6', [], agreeing(true));
    expect(commentsOn(1)).toHaveLength(1);
    expect(standing(1)).toBe('open null');
    await file('7', [], agreeing(true, true));
    expect(standing(1)).toBe('closed completed');
    expect(await tracker().plansToReplay()).toEqual({ plans: [] });

    // Whoever reopens it doubts that: one more night that agrees is not enough.
    github.store.reopen(1);
    await file('8', [], agreeing(true, true));
    expect(standing(1)).toBe('open reopened');
    await file('9', [], agreeing(true, true));
    expect(standing(1)).toBe('closed completed');
  });

  it('is seen by one job of a run and not by another: it counts as seen', async () => {
    await file('1', [bug('a')]);
    const agreeing = { replays: [{ fingerprint: 'a'.repeat(16), agrees: true }], closeFixed: true };
    for (const night of ['2', '3']) {
      await file(night, [], agreeing);
      expect(states(await file(night, [bug('a')]))).toEqual(['known #1']);
      expect(stateOf(1)?.nights).toBe(0);
    }
    expect(standing(1)).toBe('open null');
    expect(commentsOn(1)).toEqual([]);
  });

  it.each(['first', 'last'])(
    'shows in the replay of one job of a run, which ends %s, and not in that of another',
    async (ends) => {
      await file('1', [bug('a')]);
      const replayed = (agrees: boolean) => ({ replays: [{ fingerprint: 'a'.repeat(16), agrees }], closeFixed: true });
      const jobs = ends === 'first' ? [false, true] : [true, false];
      for (const night of ['2', '3', '4']) {
        for (const agrees of jobs) await file(night, [], replayed(agrees));
        expect(stateOf(1)?.nights).toBe(0);
      }
      for (const agrees of jobs.toReversed()) await file('5', [], replayed(agrees));
      expect([stateOf(1)?.nights, standing(1), commentsOn(1)]).toEqual([0, 'open null', []]);
    },
  );

  it('is not fixed in a run that sees its duplicate', async () => {
    await file('1', [bug('a'), bug('b')]);
    github.store.addComment(2, 'Duplicate of #1', PERSON);
    github.store.close(2, 'duplicate', 1);
    const agreeing = { replays: [{ fingerprint: 'a'.repeat(16), agrees: true }], closeFixed: true };
    await file('2', [], agreeing);
    expect(stateOf(1)?.nights).toBe(1);
    expect(states(await file('3', [bug('b')], agreeing))).toEqual(['known #1']);
    expect([stateOf(1)?.nights, standing(1), commentsOn(1)]).toEqual([0, 'open null', []]);
  });

  it('has a twin: both plans must agree, and it is changed once', async () => {
    await file('1', [bug('a')]);
    fileBehindTheBack('a', '1');
    const replayed = (...all: boolean[]) => ({
      replays: all.map((agrees) => ({ fingerprint: 'a'.repeat(16), agrees })),
      closeFixed: true,
    });
    await file('2', [], replayed(true, false));
    await file('3', [], replayed(true, false));
    expect(stateOf(1)?.nights).toBe(0);
    await file('4', [], replayed(true, true));
    expect([stateOf(1)?.nights, standing(1)]).toEqual([1, 'open null']);
  });

  it('closed as completed: it does not come back by a run that need not have had the fix', async () => {
    await file('1', [bug('a')]);
    github.store.close(1, 'completed');
    const startedAfter = (hours: number) => ({
      run: runOf('2', { testedAsOf: new Date(Date.now() + hours * 3_600_000).toISOString() }),
    });
    expect(states(await file('2', [bug('a')], startedAfter(-1)))).toEqual(['known #1']);
    expect(states(await file('2', [bug('a')], startedAfter(5)))).toEqual(['known #1']);
    expect(states(await file('3', [bug('a')], { mayReopen: false }))).toEqual(['known #1']);
    expect(standing(1)).toBe('closed completed');
    expect(states(await file('2', [bug('a')], startedAfter(7)))).toEqual(['regression #1']);
  });
});

describe('a run elsewhere than on the default branch', () => {
  const elsewhere = (id: string) => ({ run: runOf(id, { elsewhere: true }) });
  const look = async (id: string) =>
    states(await tracker().look({ bugs: [bug('a')], run: runOf(id, { elsewhere: true }), mayReopen: true }));
  const replayed = (agrees: boolean) => ({ replays: [{ fingerprint: 'a'.repeat(16), agrees }], closeFixed: true });

  it('files an issue that does not count as known until the default branch shows its bug', async () => {
    expect(states(await file('1', [bug('a')], elsewhere('1')))).toEqual(['new #1']);
    expect(states(await file('2', [bug('a')], elsewhere('2')))).toEqual(['elsewhere #1']);
    expect(stateOf(1)).toMatchObject({ sightings: 2, run: '2', elsewhere: true });
    expect(await look('3')).toEqual(['elsewhere #1']);
    expect(states(await file('4', [bug('a')]))).toEqual(['elsewhere #1']);
    expect(stateOf(1)).not.toHaveProperty('elsewhere');
    expect(await look('5')).toEqual(['known #1']);
    expect(states(await file('6', [bug('a')], elsewhere('6')))).toEqual(['known #1']);
    expect(stateOf(1)).not.toHaveProperty('elsewhere');
  });

  it('files what is not fixed as long as only other branches have it, and is known once a replay shows it', async () => {
    await file('1', [bug('a')], elsewhere('1'));
    for (const night of ['2', '3', '4']) await file(night, [], replayed(true));
    expect([stateOf(1)?.nights, standing(1), commentsOn(1)]).toEqual([0, 'open null', []]);
    await file('5', [], replayed(false));
    expect(await look('6')).toEqual(['known #1']);
  });

  it('says nothing of a fix on the default branch', async () => {
    await file('1', [bug('a')]);
    await file('2', [], replayed(true));
    for (const job of [1, 2]) {
      expect(states(await file('3', [bug('a')], elsewhere('3'))), `job ${job}`).toEqual(['known #1']);
    }
    expect(stateOf(1)).toMatchObject({ sightings: 2, nights: 1, run: '3' });
    await file('4', [], replayed(true));
    expect(standing(1)).toBe('closed completed');
  });

  it('knows a bug whose issue somebody closed', async () => {
    await file('1', [bug('a')], elsewhere('1'));
    github.store.close(1, 'duplicate');
    expect(await look('2')).toEqual(['known #1']);
    github.store.reopen(1);
    github.store.close(1, 'not_planned');
    expect(await look('3')).toEqual(['accepted #1']);
  });
});

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
    await github.close();
    github = await startGitHub({ account: { push: false } });
    const filed = await file('1', [bug('a'), bug('b')]);
    expect(states(filed)).toEqual(['new #1', 'pending']);
    expect(filed.warnings[0]).toContain(`without the label "${LABEL}"`);
  });
});

describe('a run that may only look', () => {
  it('says what is known and changes nothing', async () => {
    await file('1', [bug('a'), bug('b'), bug('c')]);
    github.store.close(2, 'completed');
    github.store.close(3, 'not_planned');
    const writes = written().length;
    const looking = { bugs: [bug('d'), bug('c'), bug('b'), bug('a')], run: runOf('2') };
    const filed = await tracker().look({ ...looking, mayReopen: true });
    expect(states(filed)).toEqual(['not-filed', 'accepted #3', 'regression #2', 'known #1']);
    const elsewhere = await tracker().look({ ...looking, mayReopen: false });
    expect(states(elsewhere)).toEqual(['not-filed', 'accepted #3', 'known #2', 'known #1']);
    expect(written()).toHaveLength(writes);
  });
});

describe('two runs at once', () => {
  it('open one issue: each looks again right before it opens', async () => {
    github.fail({ method: 'GET', path: /labels/, play: { kind: 'slow', milliseconds: 15_000 } });
    const late = file('1', [bug('a')]);
    await expect.poll(() => github.requests.filter(({ path }) => path.endsWith('/issues')).length).toBe(1);
    expect(states(await file('2', [bug('a')]))).toEqual(['new #1']);
    expect(states(await late)).toEqual(['known #1']);
    expect(github.store.issues).toHaveLength(1);
  });

  it('and a twin that slipped through is folded by the next', async () => {
    await file('1', [bug('a')]);
    fileBehindTheBack('a', '1');
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    expect(standing(1)).toBe('open null');
    expect(standing(2)).toBe('closed duplicate');
    expect(github.store.issue(2).duplicateOf).toBe(github.store.issue(1).id);
    expect(commentsOn(1)[0]).toContain('#2 is the same bug');
    expect(commentsOn(2)[0]).toContain('Duplicate of #1');
    const writes = written().length;
    await file('3', []);
    expect(written()).toHaveLength(writes);
  });
});

describe('issues of others', () => {
  it('are found on every page, and pull requests are none', async () => {
    for (let at = 0; at < 150; at += 1) github.store.addIssue({ title: `other ${at}`, labels: [LABEL] });
    github.store.addIssue({ body: bodyOf(bug('b'), runOf('1')), labels: [LABEL], pullRequest: true });
    const { number } = fileBehindTheBack('a', '1');
    expect(states(await file('2', [bug('a'), bug('b')]))).toEqual([`known #${number}`, `new #${number + 1}`]);
  });

  it.each([PERSON, APP])(
    'count as known, but their plans are not run and their twins not folded: $login',
    async (user) => {
      const body = bodyOf(bug('a'), runOf('1'));
      github.store.addIssue({ body, labels: [LABEL], user });
      github.store.addIssue({ body, labels: [LABEL], user });
      expect(await tracker().plansToReplay()).toEqual({ plans: [] });
      const filed = await file('2', [bug('a')]);
      expect(states(filed)).toEqual(['known #1']);
      expect(filed.warnings).toEqual([expect.stringContaining('was opened by github-actions')]);
      expect(standing(2)).toBe('open null');
    },
  );
});

describe('issues of somebody who does not belong to the project', () => {
  it('neither make a bug known nor accept it, whatever marker they show', async () => {
    const body = bodyOf(bug('a'), runOf('1'));
    github.store.addIssue({ body, labels: [LABEL], user: STRANGER });
    github.store.close(github.store.addIssue({ body, labels: [LABEL], user: STRANGER }).number, 'not_planned');
    const looked = await tracker().look({ bugs: [bug('a')], run: runOf('2'), mayReopen: true });
    expect(states(looked)).toEqual(['not-filed']);
    expect(await file('2', [bug('a')])).toMatchObject({ bugs: [{ state: 'new', issue: { number: 3 } }], warnings: [] });
    expect(states(await file('3', [bug('a')]))).toEqual(['known #3']);
    expect([1, 2].map((number) => github.store.issue(number).body)).toEqual([body, body]);
  });

  it('count where somebody of the project named one as the original, and keep their words', async () => {
    await file('1', [bug('a')]);
    const body = bodyOf(bug('b'), runOf('1'));
    const { number } = github.store.addIssue({ body, labels: [LABEL], user: STRANGER });
    github.store.addComment(1, `Duplicate of #${number}`, PERSON);
    github.store.close(1, 'duplicate', number);
    expect(states(await file('2', [bug('a'), bug('b')]))).toEqual(['known #2', 'new #3']);
    expect(github.store.issue(2).body).toBe(body);
  });
});

describe('what people write', () => {
  const NOTE = 'Tracking in #123\n';
  const edit = (number: number, changed: (body: string) => string) => {
    const issue = github.store.issue(number);
    issue.body = changed(issue.body ?? '');
  };

  it('above the report stays there, and the issue is found all the same', async () => {
    await file('1', [bug('a')]);
    edit(1, (body) => `${NOTE}- seen once, first on a Monday\n${body}`);
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    expect(github.store.issue(1).body?.startsWith(`${NOTE}- seen once, first on a Monday\n<!-- `)).toBe(true);
    expect(github.store.issue(1).body).toContain('- seen 2 times, first on 2026-11-01');
    expect(stateOf(1)).toMatchObject({ sightings: 2 });
    github.store.close(1, 'not_planned');
    expect(states(await file('3', [bug('a')]))).toEqual(['accepted #1']);
  });

  it('above a marker that they pasted into an issue of their own makes it speak for no bug', async () => {
    github.store.addIssue({ body: `${NOTE}${bodyOf(bug('a'), runOf('1'))}`, labels: [LABEL], user: PERSON });
    expect(states(await file('2', [bug('a')]))).toEqual(['new #2']);
  });

  it('in the place of the marker is told, as the bug is filed again', async () => {
    await file('1', [bug('a'), bug('b'), bug('c')]);
    github.store.addIssue({ title: 'of another workflow', body: 'other words', labels: [LABEL] });
    for (const number of [1, 2, 3]) edit(number, (body) => body.replace(/^<!--.*-->/, ''));
    github.store.close(2, 'not_planned');
    github.store.close(3, 'completed');
    const filed = await file('2', [bug('a')]);
    expect(states(filed)).toEqual(['new #5']);
    expect(filed.warnings).toEqual([expect.stringMatching(/^No marker is found in #1, #2, so each bug /)]);
  });

  /** What a run does that counts an issue, while people or other runs do this to the next one that it read. */
  async function meanwhile(filing: readonly [string, readonly Bug[], Partial<Submission>?], done: () => void) {
    github.fail({ method: 'PATCH', path: /issues\/1$/, play: { kind: 'slow', milliseconds: 15_000 } });
    const late = file(...filing);
    const atWork = () => github.requests.some(({ method, path }) => method === 'PATCH' && path.endsWith('/issues/1'));
    await expect.poll(atWork).toBe(true);
    done();
    return late;
  }

  it('while a run is at work is not overwritten', async () => {
    await file('1', [bug('a'), bug('b')]);
    const late = await meanwhile(['2', [bug('a'), bug('b')]], () => edit(2, (body) => `${NOTE}${body}`));
    expect(states(late)).toEqual(['known #1', 'known #2']);
    expect(github.store.issue(2).body?.startsWith(NOTE)).toBe(true);
    expect(stateOf(2)).toMatchObject({ sightings: 2, run: '2' });
  });

  it('or do while a run is at work is not undone, nor is what another run found', async () => {
    const fixed = {
      replays: ['b', 'c'].map((digit) => ({ fingerprint: digit.repeat(16), agrees: true })),
      closeFixed: true,
    };
    await file('1', [bug('a'), bug('b'), bug('c')]);
    await file('2', [], fixed);
    await meanwhile(['3', [bug('a')], fixed], () => {
      github.store.close(2, 'not_planned');
      edit(3, () => bodyOf(bug('c'), runOf('4')));
    });
    expect([standing(2), standing(3)]).toEqual(['closed not_planned', 'open null']);
    expect([...commentsOn(2), ...commentsOn(3)]).toEqual([]);
    expect(stateOf(3)).toMatchObject({ run: '4', nights: 0 });
  });
});

describe('duplicates of each other', () => {
  const issue = (number: number, duplicateOf: number): Issue => {
    const base = { number, id: number, url: '', status: 'duplicate', own: true, body: '', duplicateOf } as const;
    const marker = readMarker(bodyOf(bug('a'), runOf('1')));
    return marker === undefined ? base : { ...base, marker };
  };
  const circle = [issue(1, 2), issue(2, 1)] as const;

  it('end somewhere', () => {
    expect(followed(circle[0], circle).number).toBe(1);
    const bugs = [bug('a')];
    const nothing = { replays: [], maxIssues: 1, mayReopen: true, closeFixed: false };
    const actions = actionsFor({ issues: circle, bugs, run: runOf('2'), ...nothing });
    expect(actions.map(({ kind }) => kind)).toEqual(['known']);
  });
});
