import { describe, expect, it } from 'vitest';
import { bug, runOf } from '../support/bugs.ts';
import {
  commentsOn,
  file,
  fileBehindTheBack,
  github,
  holdUp,
  standing,
  stateOf,
  states,
  tracker,
  useGitHub,
  written,
} from '../support/github.ts';

useGitHub();

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
    const held = holdUp({ method: 'GET', path: /labels/ });
    const late = file('1', [bug('a')]);
    await held.reached;
    expect(states(await file('2', [bug('a')]))).toEqual(['new #1']);
    held.release();
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
