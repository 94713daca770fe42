import { context } from '@actions/github';

/** The action as the workflow names it, owner, name and commit; undefined where it is the workflow's own repository's. */
export function actionCommit(): { readonly repository: string; readonly ref: string } | undefined {
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = process.env;
  return repository && ref ? { repository, ref } : undefined;
}

/** The address of the page that says how findings are read, of the version that runs; undefined where that has none. */
export function guideAddress(): string | undefined {
  const commit = actionCommit();
  return commit && encodeURI(`${context.serverUrl}/${commit.repository}/blob/${commit.ref}/docs/findings.md`);
}
