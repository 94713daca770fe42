import { describe, expect, it } from 'vitest';
import { readMarker } from '../../src/github/marker.ts';
import { bug, plan } from '../support/bugs.ts';
import {
  commentsOn,
  file,
  fileBehindTheBack,
  github,
  LABEL,
  PERSON,
  standing,
  stateOf,
  states,
  tracker,
  useGitHub,
  written,
} from '../support/github.ts';

useGitHub();

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

  it('is no matter of a plan that the history kept: it may be of another case', async () => {
    await file('1', [bug('a')]);
    const writes = written().length;
    const replays = [{ fingerprint: 'a'.repeat(16), agrees: true, unfiled: true }] as const;
    for (const night of ['2', '3']) await file(night, [], { replays, closeFixed: true });
    expect(written()).toHaveLength(writes);
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

  it('of a fingerprint that is made in another way: it is neither known nor run again', async () => {
    fileBehindTheBack('a', '1');
    const issue = github.store.issue(1);
    issue.body = issue.body?.replace('"scheme":1', '"scheme":2') ?? null;
    expect(readMarker(issue.body ?? '')?.scheme).toBe(2);
    expect(await tracker().plansToReplay()).toEqual({ plans: [] });
    expect(states(await file('2', [bug('a')]))).toEqual(['new #2']);
  });

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
});
