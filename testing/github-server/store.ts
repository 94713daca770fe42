import { ACTIONS_BOT, type Account } from './accounts.ts';

/** Why an issue is in the state that it is in. */
export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened';

/** An issue, or a pull request, which GitHub lists among them. `duplicateOf` is an issue's id, not its number. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  labels: string[];
  readonly user: Account;
  readonly pullRequest: boolean;
  state: 'open' | 'closed';
  stateReason: StateReason | null;
  duplicateOf: number | null;
  readonly createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  closedBy: Account | null;
}

/** A comment, under the number of its issue. */
export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly body: string;
  readonly user: Account;
  readonly createdAt: Date;
}

/** A label of the repository; its name is not case sensitive. */
export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** What an issue can be made of. */
export type NewIssue = Partial<Pick<Issue, 'title' | 'body' | 'labels' | 'user' | 'pullRequest'>>;

/** A change of state. Its reason counts only when the state does change. */
export interface StateChange {
  readonly state: Issue['state'];
  readonly reason?: StateReason | null | undefined;
  readonly duplicateOf?: number | null;
  readonly by?: Account;
}

// Ids are far from numbers, and too large for 32 bits, as GitHub's are: who takes one for the other is found out.
const FIRST_ID = 3_700_000_000;

/** All that the repository has. Tests read it, seed it, and do to it what people do on the web. */
export class Store {
  readonly issues: Issue[] = [];
  readonly comments: Comment[] = [];
  readonly labels: Label[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Files an issue, by the workflow's bot unless told otherwise. Labels that the repository lacks are made. */
  addIssue({ title = 'An issue', body = null, labels = [], user = ACTIONS_BOT, pullRequest = false }: NewIssue): Issue {
    const number = this.issues.length + 1;
    const at = this.#now();
    const told = { title, body, user, pullRequest, labels: labels.map((name) => this.labelFor(name).name) };
    const state = { state: 'open', stateReason: null, duplicateOf: null, closedAt: null, closedBy: null } as const;
    const issue: Issue = { id: FIRST_ID + number, number, ...told, ...state, createdAt: at, updatedAt: at };
    this.issues.push(issue);
    return issue;
  }

  /** The issue of a number; throws when there is none. */
  issue(number: number): Issue {
    const found = this.issues.find((issue) => issue.number === number);
    if (found === undefined) throw new Error(`there is no issue ${number}`);
    return found;
  }

  /** Closes an issue as a person would; `duplicateOf` is the number of the issue that stays. */
  close(number: number, reason: Exclude<StateReason, 'reopened'> = 'completed', duplicateOf?: number): Issue {
    const original = duplicateOf === undefined ? null : this.issue(duplicateOf).id;
    return this.setState(this.issue(number), { state: 'closed', reason, duplicateOf: original });
  }

  /** Reopens an issue as a person would. */
  reopen(number: number): Issue {
    return this.setState(this.issue(number), { state: 'open' });
  }

  /** Opens or closes an issue. Nothing happens to one that is in that state already, not even to its reason. */
  setState(issue: Issue, { state, reason, duplicateOf = null, by = ACTIONS_BOT }: StateChange): Issue {
    if (issue.state === state) return issue;
    const closing = state === 'closed';
    issue.state = state;
    issue.stateReason = closing ? (reason ?? 'completed') : 'reopened';
    issue.duplicateOf = issue.stateReason === 'duplicate' ? duplicateOf : null;
    issue.closedAt = closing ? this.#now() : null;
    issue.closedBy = closing ? by : null;
    return this.touch(issue);
  }

  /** Says that an issue was changed just now. */
  touch(issue: Issue): Issue {
    issue.updatedAt = this.#now();
    return issue;
  }

  /** Adds a comment to an issue. */
  addComment(number: number, body: string, user: Account = ACTIONS_BOT): Comment {
    this.touch(this.issue(number));
    const id = FIRST_ID + 500_000 + this.comments.length;
    const comment = { id, issue: number, body, user, createdAt: this.#now() };
    this.comments.push(comment);
    return comment;
  }

  /** An issue's comments, oldest first. */
  commentsOn(number: number): Comment[] {
    return this.comments.filter(({ issue }) => issue === number);
  }

  /** The label of a name, if the repository has it. */
  findLabel(name: string): Label | undefined {
    return this.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
  }

  /** The label of a name, made in GitHub's grey when the repository lacks it. */
  labelFor(name: string, { color = 'ededed', description = null }: Partial<Label> = {}): Label {
    const existing = this.findLabel(name);
    if (existing !== undefined) return existing;
    const label = { id: FIRST_ID + 900_000 + this.labels.length, name, color, description };
    this.labels.push(label);
    return label;
  }
}
