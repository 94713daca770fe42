/** What started the run, by what the runner says of it. */
import type { context } from '@actions/github';
import { isProposal, type Proposal, type Trigger } from '../github/policy.ts';
import { memberOf } from '../plan/schema.ts';

/** The part of the runner's context that tells. */
type Told = Pick<typeof context, 'eventName' | 'ref' | 'runAttempt' | 'payload'>;

/** The trigger of a run; what its event does not tell is absent. */
export function triggerOf({ eventName, ref, runAttempt, payload }: Told): Trigger {
  return {
    event: eventName,
    ref,
    defaultBranch: textIn(payload, 'repository', 'default_branch'),
    // No number where something else than GitHub's runner stands in for it.
    attempt: runAttempt || 1,
    ...(isProposal(eventName) ? { proposal: proposalIn(payload) } : {}),
  };
}

/** A merge queue names its branch by the whole ref. */
function proposalIn(payload: unknown): Proposal {
  const base = textIn(payload, 'pull_request', 'base', 'ref') ?? textIn(payload, 'merge_group', 'base_ref');
  const made =
    textIn(payload, 'pull_request', 'updated_at') ?? textIn(payload, 'merge_group', 'head_commit', 'timestamp');
  return {
    base: base?.replace(/^refs\/heads\//, ''),
    madeAt: made === undefined || Number.isNaN(Date.parse(made)) ? undefined : made,
  };
}

function textIn(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce(memberOf, value);
  return typeof found === 'string' ? found : undefined;
}
