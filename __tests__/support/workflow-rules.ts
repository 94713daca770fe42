/** What zizmor and this project ask of a workflow; each rule gives what breaks it. zizmor itself is in no registry of ours. */
import { type Job, PLACEHOLDER, type Step, type Workflow } from './workflows.ts';

type Rule = (workflow: Workflow) => string[];

const jobsOf = ({ jobs }: Workflow) => Object.entries(jobs);
const stepsOf = (workflow: Workflow) => jobsOf(workflow).flatMap(([, { steps = [] }]) => steps);

/** What makes a permission needed: a step of the job that uses it. */
const USES: Readonly<Record<string, (step: Step) => boolean>> = {
  'contents: read': ({ uses }) => uses?.startsWith('actions/checkout@') === true,
  'contents: write': ({ run }) => /gh release|git\/refs/.test(run ?? ''),
  'issues: read': isOwn,
  'issues: write': isOwn,
  'security-events: write': ({ uses }) => /^github\/codeql-action\/(analyze|upload-sarif)@/.test(uses ?? ''),
  'id-token: write': ({ uses }) => uses?.startsWith('actions/attest@') === true,
  'attestations: write': ({ uses }) => uses?.startsWith('actions/attest@') === true,
};

function isOwn({ uses }: Step): boolean {
  return uses === './' || uses === PLACEHOLDER;
}

const isOnlyCalled = ({ on }: Workflow) => typeof on === 'object' && Object.keys(on ?? {}).join() === 'workflow_call';

/** The rules by what holds where they find nothing. */
export const RULES: Readonly<Record<string, Rule>> = {
  'every action is pinned by its commit, with the version beside it': ({ text }) =>
    [...text.matchAll(/^ *(?:- )?uses: (.+)$/gm)]
      .map(([, action]) => action ?? '')
      .filter((action) => action !== './' && action !== PLACEHOLDER)
      .filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
  'every image is pinned by its digest': ({ text }) =>
    [...text.matchAll(/^ +(?:image|container): (\S+)$/gm)]
      .map(([, image]) => image ?? '')
      .filter((image) => !/@sha256:/.test(image)),
  'the workflow may only read': ({ permissions }) =>
    JSON.stringify(permissions) === '{"contents":"read"}' ? [] : ['permissions'],
  'no job has a permission that it does not use': (workflow) =>
    jobsOf(workflow).flatMap(([name, job]) =>
      Object.entries(job.permissions ?? workflow.permissions ?? {})
        .map(([scope, level]) => `${scope}: ${level}`)
        .filter((permission) => !isUsed(permission, job))
        .map((permission) => `${name}: ${permission}`),
    ),
  'every permission beyond reading the contents says why': ({ text }) =>
    [...text.matchAll(/^ +([a-z-]+: (?:read|write))( # \S.*)?$/gm)]
      .filter(([, permission, why]) => permission !== 'contents: read' && why === undefined)
      .map(([, permission]) => permission ?? ''),
  'no checkout keeps the token': (workflow) =>
    stepsOf(workflow)
      .filter(
        ({ uses, with: words }) => uses?.startsWith('actions/checkout@') && words?.['persist-credentials'] !== false,
      )
      .map(({ uses }) => uses ?? ''),
  'no expression stands in a script': (workflow) =>
    stepsOf(workflow)
      .map(({ run }) => run ?? '')
      .filter((run) => run.includes('${{')),
  'nothing is installed outside of a lock file, fetched into a shell, or put into the environment of later steps': (
    workflow,
  ) =>
    stepsOf(workflow)
      .map(({ run }) => run ?? '')
      .filter((run) => /npm (i|install) |npx |curl|wget|GITHUB_ENV|GITHUB_PATH/.test(run)),
  'no secret but the run’s own token is named': ({ text }) => text.match(/secrets\.\w+|secrets: inherit/g) ?? [],
  'no trigger runs strangers’ code with rights': ({ text }) =>
    text.match(/^ +(?:pull_request_target|workflow_run|issue_comment):/gm) ?? [],
  'older runs make way': (workflow) =>
    workflow.concurrency !== undefined || isOnlyCalled(workflow) ? [] : ['concurrency'],
  'the workflow and its jobs have names': (workflow) => [
    ...(workflow.name === undefined ? [workflow.file] : []),
    ...jobsOf(workflow)
      .filter(([, { name }]) => name === undefined)
      .map(([name]) => name),
  ],
  'every job ends by itself': (workflow) =>
    jobsOf(workflow)
      .filter(([, job]) => job.uses === undefined && job['timeout-minutes'] === undefined)
      .map(([name]) => name),
  'the record is kept whatever the step’s colour': (workflow) =>
    stepsOf(workflow)
      .filter(
        ({ uses, with: words }) => uses?.includes('/upload-artifact@') && /report-dir/.test(String(words?.['path'])),
      )
      .filter(({ if: condition }) => !condition?.startsWith('always() && '))
      .map(({ name }) => name ?? '?'),
};

function isUsed(permission: string, { steps = [] }: Job): boolean {
  return steps.some((step) => USES[permission]?.(step) === true);
}
