/** What each action on an issue that exists means in requests. State comes first, words after it: half of it done is never said twice. */
import { NIGHTS } from '../history/advance.ts';
import { fixedComment, type Run, regressionComment, twinComments } from './body.ts';
import { ONCE } from './client.ts';
import { withState } from './count.ts';
import { getIssue, type Place } from './issues.ts';
import type { Action, Issue } from './life-cycle.ts';
import { markerLine, withMarker } from './marker.ts';

/** An action that changes an issue. */
export type Change = Extract<Action, { kind: 'count' | 'reopen' | 'fold' | 'nights' | 'fixed' }>;

/** Where and for which run changes are made, and as whom. */
export interface Performing {
  readonly place: Place;
  readonly account: string;
  readonly run: Run;
}

/**
 * Performs a change. Since the issues were listed, minutes may have gone by: what people wrote meanwhile stays, and what they or another run
 * decided is not undone. Throws what Octokit throws.
 */
export async function perform(change: Change, { place, account, run }: Performing): Promise<void> {
  const now = (listed: Issue) => getIssue(place, listed.number, account);
  if (change.kind === 'fold') {
    const [older, younger] = [await now(change.older), await now(change.younger)];
    // The older one may have been counted by this very run.
    const stays = older?.status === 'open' && younger !== undefined && isStill(change.younger, younger);
    return stays ? fold(change, place) : undefined;
  }
  const issue = await now(change.issue);
  if (issue !== undefined && isStill(change.issue, issue)) await performOn({ ...change, issue }, place, run);
}

/** Whether what is to be done follows from the issue as it is now, too. */
function isStill(listed: Issue, now: Issue): boolean {
  const [before, after] = [listed, now].map(({ marker }) => marker && markerLine(marker));
  return listed.status === now.status && before === after;
}

async function performOn(change: Exclude<Change, { kind: 'fold' }>, place: Place, run: Run): Promise<void> {
  switch (change.kind) {
    case 'count':
      return edit(place, change.issue, { body: withState(change.issue.body, change.marker, run.url) });
    case 'reopen':
      return reopen(change, place, run);
    case 'nights':
      return edit(place, change.issue, { body: withMarker(change.issue.body, change.marker) });
    case 'fixed':
      return fixed(change, place, run);
  }
}

async function reopen({ bug, issue, marker }: Change & { kind: 'reopen' }, place: Place, run: Run): Promise<void> {
  const body = marker && { body: withState(issue.body, marker, run.url) };
  await edit(place, issue, { state: 'open', state_reason: 'reopened', ...body });
  await comment(place, issue, regressionComment(bug, run));
}

async function fold({ older, younger }: Change & { kind: 'fold' }, place: Place): Promise<void> {
  const { onOlder, onYounger } = twinComments(older.number, younger.number);
  await edit(place, younger, { state: 'closed', state_reason: 'duplicate', duplicate_issue_id: older.id });
  await comment(place, younger, onYounger);
  await comment(place, older, onOlder);
}

async function fixed({ issue, marker, close }: Change & { kind: 'fixed' }, place: Place, run: Run): Promise<void> {
  if (close) {
    // Whoever reopens it doubts that: then it has to agree as often again.
    const anew = withMarker(issue.body, { ...marker, state: { ...marker.state, nights: 0 } });
    await edit(place, issue, { body: anew, state: 'closed', state_reason: 'completed' });
  } else {
    await edit(place, issue, { body: withMarker(issue.body, marker) });
  }
  await comment(place, issue, fixedComment(run, NIGHTS, close));
}

/** What can be changed of an issue, as GitHub's API names it. */
interface Edit {
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  readonly state_reason?: 'completed' | 'duplicate' | 'reopened';
  readonly duplicate_issue_id?: number;
}

async function edit({ client, repository }: Place, { number }: Issue, changes: Edit): Promise<void> {
  await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    ...repository,
    issue_number: number,
    ...changes,
  });
}

async function comment({ client, repository }: Place, { number }: Issue, body: string): Promise<void> {
  await client.rest.issues.createComment({ ...repository, issue_number: number, body, ...ONCE });
}
