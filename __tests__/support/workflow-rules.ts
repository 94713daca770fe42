/** What zizmor and this project ask of a workflow; each rule gives what breaks it. zizmor itself is in no registry of ours. */
import { duration } from '../../src/inputs/check.ts';
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

const isFuzzing = (step: Step) => isOwn(step) && step.with?.['instar'] !== undefined;

/** A workflow that fuzzes on a schedule, or is called by one that does. */
function isNight(workflow: Workflow): boolean {
  const { on } = workflow;
  const isScheduled = typeof on === 'object' && on !== null && 'schedule' in on;
  return (isScheduled || isOnlyCalled(workflow)) && stepsOf(workflow).some(isFuzzing);
}

/** The minutes that docs/scaling.md reckons for a job beside its build; not a number where its time has no bound. */
function minutesOf({ steps = [] }: Job, { on }: Workflow): number {
  const given = String(steps.find(isFuzzing)?.with?.['time-budget'] ?? '');
  const [, input] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(given) ?? [];
  const { workflow_call: call } = on as { workflow_call?: { inputs?: Record<string, { default?: string }> } };
  const budget = duration(input === undefined ? given : (call?.inputs?.[input]?.default ?? ''));
  return budget.ok ? 1.5 * (budget.value / 60) + 15 : Number.NaN;
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
  'runs of one branch wait or make way': (workflow) =>
    workflow.concurrency !== undefined || isOnlyCalled(workflow) ? [] : ['concurrency'],
  // What is cancelled neither files nor remembers.
  'no night is cancelled by a later run': (workflow) =>
    isNight(workflow) && workflow.concurrency?.['cancel-in-progress'] === true ? ['cancel-in-progress'] : [],
  'no night waits for another branch': (workflow) =>
    isNight(workflow) && workflow.concurrency?.group?.search(/\$\{\{ github\.ref \}\}/) === -1 ? ['group'] : [],
  'a night ends before its job is cancelled, with time to build, to examine and to file': (workflow) =>
    isNight(workflow)
      ? jobsOf(workflow)
          .filter(([, job]) => job['timeout-minutes'] !== undefined && job.steps?.some(isFuzzing))
          .filter(([, job]) => !(minutesOf(job, workflow) < (job['timeout-minutes'] ?? 0)))
          .map(([name]) => name)
      : [],
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
  'an artifact takes the place of that of a first attempt': (workflow) =>
    stepsOf(workflow)
      .filter(({ uses }) => uses?.includes('/upload-artifact@'))
      .filter(({ with: words }) => words?.['overwrite'] !== true)
      .map(({ name }) => name ?? '?'),
};

function isUsed(permission: string, { steps = [] }: Job): boolean {
  return steps.some((step) => USES[permission]?.(step) === true);
}
