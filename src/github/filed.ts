import type { Standing } from '../report/standing.ts';
import type { Action, Issue } from './life-cycle.ts';

/** What the issues say of the bugs of a run, and what was done about them. */
export interface Filed {
  /** A line for each bug, in the order in which they were given. */
  readonly bugs: readonly Standing[];
  /** Whether the issues could be read. Where not, no bug is known to be new: `pending` and `not-filed` say nothing about that. */
  readonly read: boolean;
  /** What a person should know and do, in inert lines; each cause is told once. */
  readonly warnings: readonly string[];
}

/** An action that concerns a bug. */
export type BugAction = Extract<Action, { readonly bug: unknown }>;

/** What is true of a bug by what is to be done about it, whether or not it gets done; `unfiled` is what one without an issue is. */
export function filedAs(action: BugAction, unfiled: 'pending' | 'not-filed'): Standing {
  const { fingerprint } = action.bug;
  switch (action.kind) {
    case 'open':
    case 'pending':
      return { fingerprint, state: unfiled };
    case 'unfinished':
      return { fingerprint, state: 'unfinished' };
    case 'count':
    case 'known':
      return { fingerprint, state: stateBy(action.issue), issue: linkOf(action.issue) };
    case 'reopen':
      return { fingerprint, state: 'regression', issue: linkOf(action.issue) };
    case 'accepted':
      return { fingerprint, state: 'accepted', issue: linkOf(action.issue) };
  }
}

/** How a bug stands that an issue speaks of. Whoever closed one as a duplicate knows the bug. */
export function stateBy({ marker, status }: Issue): 'known' | 'elsewhere' {
  return marker?.state.elsewhere && status !== 'duplicate' ? 'elsewhere' : 'known';
}

/** An issue as it is named to people. */
export function linkOf({ number, url }: { readonly number: number; readonly url: string }) {
  return { number, url };
}
