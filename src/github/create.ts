/** Opening an issue so that there is one, whatever else happens at the same time. */
import type { Bug } from '../triage/bug.ts';
import { bodyOf, type Run, titleOf } from './body.ts';
import { ONCE } from './client.ts';
import { listIssues, type Place } from './issues.ts';
import { type Issue, issueOf } from './life-cycle.ts';
import { statusOf, Unexpected } from './trouble.ts';

/** What came of it: one was opened, or one was there by then. */
export type Opened =
  | { readonly kind: 'opened'; readonly number: number; readonly url: string; readonly labelled: boolean }
  | { readonly kind: 'met'; readonly issue: Issue };

/** What opening needs beside the bug. All `labels` are put on, the place's own among them. */
export interface Opening {
  readonly place: Place;
  readonly account: string;
  readonly labels: readonly string[];
  readonly run: Run;
}

/** How often it is tried; a request whose answer was lost may yet have opened it, so each try begins with a look. */
const TRIES = 2;

/** Opens the issue of a bug unless there is one by now: another run may have opened it a moment ago. Throws what Octokit throws. */
export async function openOnce(bug: Bug, opening: Opening): Promise<Opened> {
  for (let attempt = 1; ; attempt += 1) {
    const issue = issueOf(bug.fingerprint, await listIssues(opening.place, opening.account));
    if (issue !== undefined) return { kind: 'met', issue };
    try {
      return await create(bug, opening);
    } catch (error) {
      const failed = (statusOf(error) ?? 0) >= 500;
      if (!failed || attempt === TRIES) throw error;
    }
  }
}

async function create(bug: Bug, { place, labels, run }: Opening): Promise<Opened> {
  const { client, repository, label } = place;
  const texts = { title: titleOf(bug), body: bodyOf(bug, run) };
  const { data, status } = await client.rest.issues.create({ ...repository, ...texts, labels: [...labels], ...ONCE });
  // A redirect turns a POST into a GET, which answers with something else.
  if (status !== 201) throw new Unexpected('The repository has moved: no issue can be opened under its old name.');
  // Without the right to set labels, GitHub drops them silently (documentation of "Create an issue").
  const names = data.labels.map((one) => (typeof one === 'string' ? one : one.name)?.toLowerCase());
  return { kind: 'opened', number: data.number, url: data.html_url, labelled: names.includes(label.toLowerCase()) };
}

/** What a label that is not there yet is made with. */
const LABEL = { color: 'b60205', description: 'Found by differential fuzzing' };

/** Makes the labels that are missing, where the token may; where it may not, the answer to the first issue tells. */
export async function ensureLabels({ client, repository }: Place, labels: readonly string[]): Promise<void> {
  for (const name of labels) {
    const exists = await tolerating([404], client.rest.issues.getLabel({ ...repository, name }));
    // Two runs may make it at once: 422 says that it is there.
    if (!exists) await tolerating([403, 404, 422], client.rest.issues.createLabel({ ...repository, name, ...LABEL }));
  }
}

/** Whether a request was answered with success rather than with one of these statuses; throws for any other. */
async function tolerating(statuses: readonly number[], request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}
