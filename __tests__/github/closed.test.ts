import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../src/github/body.ts';
import { actionsFor, followed, type Issue } from '../../src/github/life-cycle.ts';
import { readMarker } from '../../src/github/marker.ts';
import { bug, runOf } from '../support/bugs.ts';
import {
  commentsOn,
  file,
  fileBehindTheBack,
  github,
  PERSON,
  STRANGER,
  standing,
  states,
  useGitHub,
} from '../support/github.ts';

useGitHub();

describe('an issue that somebody closed', () => {
  it('as a duplicate: it follows the issue that somebody of the project names', async () => {
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

  it('as a duplicate of a pull request: that is left alone', async () => {
    await file('1', [bug('a')]);
    const { number } = github.store.addIssue({ title: 'a fix', user: PERSON, pullRequest: true });
    github.store.addComment(1, `Duplicate of #${number}`, PERSON);
    github.store.close(1, 'duplicate');
    github.store.close(number, 'completed');
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    expect([standing(number), commentsOn(number)]).toEqual(['closed completed', []]);
  });

  it('as a duplicate of nothing that is named: it counts as known', async () => {
    await file('1', [bug('a')]);
    github.store.close(1, 'duplicate');
    github.store.addComment(1, 'Duplicate of #99', PERSON);
    expect(states(await file('2', [bug('a')]))).toEqual(['known #1']);
    expect(github.store.issues).toHaveLength(1);
  });

  it.each([
    ['not_planned', 'completed', 'regression #2'],
    ['completed', 'not_planned', 'accepted #2'],
  ] as const)('twice, as %s and then in a later issue as %s: the later word counts', async (one, other, state) => {
    fileBehindTheBack('a', '1');
    github.store.close(1, one);
    fileBehindTheBack('a', '1');
    github.store.close(2, other);
    expect(states(await file('2', [bug('a')]))).toEqual([state]);
  });

  it('as completed: it does not come back by a run that need not have had the fix', async () => {
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
