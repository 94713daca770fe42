/** When a run may file issues, as the input `create-issues` says it. */
export type CreateIssues = 'auto' | 'always' | 'never';

/** What started the run, as the runner tells it. */
export interface Trigger {
  /** `GITHUB_EVENT_NAME`. */
  readonly event: string;
  /** `GITHUB_REF`, for example `refs/heads/main`. */
  readonly ref: string;
  /** The repository's default branch; absent in the payload of some events. */
  readonly defaultBranch: string | undefined;
  /** `GITHUB_RUN_ATTEMPT`, from 1 on. */
  readonly attempt: number;
  /** What a pull request or a merge queue asks for; absent for any other event. */
  readonly proposal?: Proposal;
}

/** What is proposed, as far as the event tells. */
export interface Proposal {
  /** The branch that it is to be merged into, without `refs/heads/`. */
  readonly base: string | undefined;
  /** When the event came, in ISO form. A run that is started again is given the same event, and tests the same commit. */
  readonly madeAt: string | undefined;
}

/**
 * Whether this trigger may open and change issues. What a pull request or a merge queue brings is nobody's branch yet, so its bugs are
 * never filed, whatever the setting.
 */
export function mayFile(setting: CreateIssues, trigger: Trigger): boolean {
  if (isProposal(trigger.event)) return false;
  switch (setting) {
    case 'never':
      return false;
    case 'always':
      return true;
    case 'auto':
      // A dispatch is somebody's wish.
      return trigger.event === 'workflow_dispatch' || remembers(trigger);
  }
}

/**
 * Whether what this run sees is history: on the default branch alone, and not where another workflow's run was the reason. What a
 * proposal or another branch shows must not count as known when its pull request is tried: an issue that was filed there says so.
 */
export function remembers({ event, ref, defaultBranch }: Trigger): boolean {
  // A schedule runs on the default branch only.
  if (event === 'schedule') return true;
  const isOurs = event === 'push' || event === 'workflow_dispatch';
  return isOurs && defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`;
}

/**
 * Whether a bug that this run sees is back where its issue was closed as completed: another branch may lack the fix, and so may a job that is
 * run again, which tests the commit of its first attempt. A proposal to the default branch is tried as it would be once it is merged, and
 * may be what brings the bug back; so that nobody turns it green by running it again, it counts then too, as long as its age is known.
 */
export function seesRegressions(trigger: Trigger): boolean {
  const { event, proposal, defaultBranch, attempt } = trigger;
  if (!isProposal(event)) return remembers(trigger) && attempt <= 1;
  const isForDefault = defaultBranch !== undefined && proposal?.base === defaultBranch;
  return isForDefault && (attempt <= 1 || proposal.madeAt !== undefined);
}

/** When what is tested was put together at the latest, in ISO form, for a run that started at this time. */
export function testedAsOf({ attempt, proposal }: Trigger, startedAt: string): string {
  return (attempt > 1 ? proposal?.madeAt : undefined) ?? startedAt;
}

/** Whether an event brings what is nobody's branch yet. */
export function isProposal(event: string): boolean {
  return event.startsWith('pull_request') || event === 'merge_group';
}
