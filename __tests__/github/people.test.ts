import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../src/github/body.ts';
import type { Submission } from '../../src/github/tracker.ts';
import type { Bug } from '../../src/triage/bug.ts';
import { bug, runOf } from '../support/bugs.ts';
import {
  APP,
  commentsOn,
  file,
  fileBehindTheBack,
  github,
  holdUp,
  LABEL,
  PERSON,
  STRANGER,
  standing,
  stateOf,
  states,
  tracker,
  useGitHub,
  written,
} from '../support/github.ts';

useGitHub();

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

describe('an issue of others whose plan was run again all the same', () => {
  it('is neither closed nor told that its bug is fixed', async () => {
    github.store.addIssue({ body: bodyOf(bug('a'), runOf('1')), labels: [LABEL], user: PERSON });
    const agreeing = { replays: [{ fingerprint: 'a'.repeat(16), agrees: true }], closeFixed: true };
    for (const night of ['2', '3']) await file(night, [], agreeing);
    expect(written()).toEqual([]);
  });
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
    const held = holdUp({ method: 'PATCH', path: /issues\/1$/ });
    const late = file(...filing);
    await held.reached;
    done();
    held.release();
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

  it('with the younger of two issues is not undone by folding it', async () => {
    await file('1', [bug('a')]);
    fileBehindTheBack('a', '1');
    const held = holdUp({ method: 'GET', path: /issues\/1$/ });
    const late = file('2', []);
    await held.reached;
    github.store.close(2, 'not_planned');
    held.release();
    await late;
    expect([standing(1), standing(2)]).toEqual(['open null', 'closed not_planned']);
    expect([...commentsOn(1), ...commentsOn(2)]).toEqual([]);
  });
});
