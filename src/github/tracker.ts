import { LONGEST_LABEL } from '../inputs/filing.ts';
import type { ReplayLine } from '../report/replay-line.ts';
import type { Standing } from '../report/standing.ts';
import { type Bug, FINGERPRINT_SCHEME } from '../triage/bug.ts';
import { severityOfBug } from '../triage/jury.ts';
import type { Run } from './body.ts';
import { storedPlan } from './body-plan.ts';
import { openClient } from './client.ts';
import { ensureLabels, openOnce } from './create.ts';
import { type BugAction, type Filed, filedAs, linkOf, stateBy } from './filed.ts';
import { accountOf, listIssues, type Place, withTargets } from './issues.ts';
import { type Action, actionsFor, type Issue, issueOf } from './life-cycle.ts';
import { perform } from './perform.ts';
import { type Trouble, troubleOf, troubleWithIssue } from './trouble.ts';
import { unlabelled, warningsAbout } from './warnings.ts';

/** Where to file, and as whom. */
export interface TrackerSettings {
  readonly token: string;
  /** The runner's `GITHUB_API_URL`. */
  readonly baseUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** Put on every new issue. Issues are found again by the first. */
  readonly labels: readonly [string, ...string[]];
}

/** What a run brings to the issues. */
export interface Submission {
  /** Those that matter most first. */
  readonly bugs: readonly Bug[];
  /** What came of replaying the plans that `plansToReplay` gave. */
  readonly replays: readonly ReplayLine[];
  readonly run: Run;
  /** How many issues may be opened. */
  readonly maxIssues: number;
  /** Whether what this run sees again is back, as what it tests has what issues of the branch were closed for. */
  readonly mayReopen: boolean;
  /** Whether an issue is closed whose plan shows nothing any more. */
  readonly closeFixed: boolean;
}

/** The smallest plan of an open issue, as somebody who could edit it left it: `parsePlan` comes before anything else. */
export interface PlanToReplay {
  readonly fingerprint: string;
  readonly number: number;
  readonly json: unknown;
}

/** The issues of one repository. What GitHub refuses becomes a warning, never an error. */
export class Tracker {
  readonly #place: Place;
  readonly #labels: readonly string[];
  #account: string | undefined;
  readonly #labelsThere = new Set<string>();

  constructor({ token, baseUrl, owner, repo, labels }: TrackerSettings) {
    this.#place = { client: openClient(token, baseUrl), repository: { owner, repo }, label: labels[0] };
    this.#labels = labels;
  }

  /** The plans of the open issues that this account opened; why there are none where issues cannot be read. */
  async plansToReplay(): Promise<{ readonly plans: readonly PlanToReplay[]; readonly warning?: string }> {
    const issues = await attempted(() => this.#list());
    if (issues.kind === 'trouble') return { plans: [], warning: issues.trouble.words };
    const plans = issues.value.flatMap(({ own, status, marker, body, number }) => {
      const json = own && status === 'open' && marker?.scheme === FINGERPRINT_SCHEME ? storedPlan(body) : undefined;
      return marker === undefined || json === undefined ? [] : [{ fingerprint: marker.fingerprint, number, json }];
    });
    return { plans };
  }

  /** What the issues say of bugs, for a run that may not file. Changes nothing. */
  async look({ bugs, run, mayReopen }: Pick<Submission, 'bugs' | 'run' | 'mayReopen'>): Promise<Filed> {
    const issues = await attempted(
      () => this.#listFor(bugs),
      (error) => troubleOf(error, 'read'),
    );
    if (issues.kind === 'trouble') return unread(bugs, issues.trouble, 'not-filed');
    const nothing = { replays: [], maxIssues: 0, closeFixed: false };
    const actions = actionsFor({ issues: issues.value, bugs, run, mayReopen, ...nothing });
    return {
      bugs: inOrder(
        bugs,
        actions.filter(isOfBug).map((one) => filedAs(one, 'not-filed')),
      ),
      read: true,
      warnings: [],
    };
  }

  /** Files bugs and follows the lives of their issues; what could not be filed now is `pending`. */
  async file(submission: Submission): Promise<Filed> {
    const issues = await attempted(() => this.#listFor(submission.bugs));
    if (issues.kind === 'trouble') return unread(submission.bugs, issues.trouble, unfiledAfter(issues.trouble));
    const actions = actionsFor({ issues: issues.value, ...submission });
    const { bugs, warnings } = await this.#performAll(actions, submission.run);
    const about = warningsAbout(issues.value, this.#place.label, await this.#login());
    return { bugs: inOrder(submission.bugs, bugs), read: true, warnings: [...about, ...warnings] };
  }

  /** One after the other; after what the next request would meet too, the rest is only told. */
  async #performAll(actions: readonly Action[], run: Run): Promise<Omit<Filed, 'read'>> {
    const bugs: Standing[] = [];
    const warnings: string[] = [];
    let stopped: 'pending' | 'not-filed' | undefined;
    for (const action of actions) {
      const outcome: Outcome = stopped === undefined ? await this.#outcomeOf(action, run) : {};
      stopped ??= outcome.stops;
      if (outcome.warning !== undefined) warnings.push(outcome.warning);
      if (isOfBug(action)) bugs.push(outcome.bug ?? filedAs(action, stopped ?? 'pending'));
    }
    return { bugs, warnings };
  }

  async #outcomeOf(action: Action, run: Run): Promise<Outcome> {
    const outcome = await attempted(
      () => this.#perform(action, run),
      action.kind === 'open' ? troubleOf : troubleWithIssue,
    );
    if (outcome.kind === 'done') return outcome.value;
    const { kind, words } = outcome.trouble;
    return kind === 'refused' ? { warning: words } : { warning: words, stops: unfiledAfter(outcome.trouble) };
  }

  async #perform(action: Action, run: Run): Promise<Outcome> {
    switch (action.kind) {
      case 'pending':
      case 'unfinished':
      case 'known':
      case 'accepted':
        return {};
      case 'open':
        return this.#open(action.bug, run);
      default:
        await perform(action, { place: this.#place, account: await this.#login(), run });
        return {};
    }
  }

  async #open(bug: Bug, run: Run): Promise<Outcome> {
    // The severity is a label beside those that were asked for.
    const labels = [...this.#labels, `${this.#place.label}: ${severityOfBug(bug)}`.slice(0, LONGEST_LABEL)];
    const missing = labels.filter((label) => !this.#labelsThere.has(label));
    await ensureLabels(this.#place, missing);
    for (const label of missing) this.#labelsThere.add(label);
    const account = await this.#login();
    const opened = await openOnce(bug, { place: this.#place, account, labels, run });
    const { fingerprint } = bug;
    if (opened.kind === 'met') {
      return { bug: { fingerprint, state: stateBy(opened.issue), issue: linkOf(opened.issue) } };
    }
    const done: Standing = { fingerprint, state: 'new', issue: linkOf(opened) };
    if (opened.labelled) return { bug: done };
    return { bug: done, warning: unlabelled(opened.number, this.#place.label), stops: 'pending' };
  }

  async #login(): Promise<string> {
    this.#account ??= await accountOf(this.#place);
    return this.#account;
  }

  async #list(): Promise<Issue[]> {
    return listIssues(this.#place, await this.#login());
  }

  /** The issues, and those that the duplicates among the bugs' own lead to. */
  async #listFor(bugs: readonly Bug[]): Promise<Issue[]> {
    let issues = await this.#list();
    for (const { fingerprint } of bugs) {
      const named = issueOf(fingerprint, issues);
      if (named?.status === 'duplicate') issues = await withTargets(this.#place, named, issues, await this.#login());
    }
    return issues;
  }
}

/** What came of an action: the bug as it is now, if that changed; a word to people; what the rest is when nothing more is to be tried. */
interface Outcome {
  readonly bug?: Standing;
  readonly warning?: string;
  readonly stops?: 'pending' | 'not-filed';
}

type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

async function attempted<T>(task: () => Promise<T>, meaning = troubleOf): Promise<Attempt<T>> {
  try {
    return { kind: 'done', value: await task() };
  } catch (error) {
    return { kind: 'trouble', trouble: meaning(error) };
  }
}

function isOfBug(action: Action): action is BugAction {
  return 'bug' in action;
}

function unfiledAfter({ kind }: Trouble): 'pending' | 'not-filed' {
  return kind === 'forbidden' ? 'not-filed' : 'pending';
}

function unread(bugs: readonly Bug[], { words }: Trouble, state: 'pending' | 'not-filed'): Filed {
  return { bugs: bugs.map(({ fingerprint }) => ({ fingerprint, state })), read: false, warnings: [words] };
}

function inOrder(bugs: readonly Bug[], filed: readonly Standing[]): Standing[] {
  return bugs.flatMap(({ fingerprint }) => filed.find((one) => one.fingerprint === fingerprint) ?? []);
}
