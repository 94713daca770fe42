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
}

/**
 * Whether this trigger may open and change issues. What a pull request or a merge queue brings is nobody's branch yet, so its bugs are
 * never filed, whatever the setting.
 */
export function mayFile(setting: CreateIssues, { event, ref, defaultBranch }: Trigger): boolean {
  if (event.startsWith('pull_request') || event === 'merge_group') return false;
  switch (setting) {
    case 'never':
      return false;
    case 'always':
      return true;
    case 'auto':
      return (
        isRoutine(event) || (event === 'push' && defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`)
      );
  }
}

/** A schedule runs on the default branch only; a dispatch is somebody's wish. */
function isRoutine(event: string): boolean {
  return event === 'schedule' || event === 'workflow_dispatch';
}
