import { describe, expect, it } from 'vitest';
import { execute } from '../../src/execution/iteration.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { PLAN_VERSION, type Plan, type Step } from '../../src/plan/plan.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Lane, LaneCommand } from '../../src/sandbox/lane.ts';
import { plansOf } from '../../src/session/plans.ts';
import { ended } from '../support/ended.ts';

const plain = { kind: 'data', offset: 0, length: 512, byte: 1 } as const;
const noise = { ...plain, content: 'incompressible' } as const;

const raw = (...writes: Source['writes']): Source => ({
  ...{ format: 'raw', size: MiB, pattern: 'rich', history: { kind: 'created' } },
  writes,
});
const convert = (position: number): Step => ({
  kind: 'run',
  position,
  operation: 'convert',
  twin: 'none',
  options: { target: 'raw' },
});
const commit = (position: number, ...baseWrites: Source['writes']): Step => ({
  kind: 'run',
  position,
  operation: 'commit',
  twin: 'none',
  options: {
    ...{ clusterSize: 64 * KiB, lazyRefcounts: false, size: MiB, baseSize: MiB, explicitBase: false, seed: 'none' },
    ...{ baseWrites, overlayWrites: [] },
  },
});
const planWith = (source: Source, steps: Plan['steps']): Plan => ({
  ...{ version: PLAN_VERSION, seed: 'noise', index: 0, swarm: [], avoided: [] },
  source,
  steps,
});

/** What an iteration asks a lane for, by programs, where `failing` does not work: with `qemu-io` every step that has data ends there. */
async function asked(plan: Plan, failing = 'qemu-io') {
  const commands: LaneCommand[] = [];
  const run: Lane['run'] = async (command) => {
    commands.push(command);
    const [program] = command.argv;
    return ended(program === failing ? 1 : 0, '', `${program} failed`);
  };
  const reached = async () => ({ processes: 0, memory: 0 });
  const lane = { run, reached } as unknown as Lane;
  const { steps } = await execute(plan, {
    operations: OPERATIONS,
    lanes: { tools: lane, subject: lane },
    sandbox: { scratch: { path: '/nowhere' }, subject: 'instar', endIteration: ':' },
    tools: { hasQemuIo: true, thirdReaders: [], dialect: 'qemu-img' },
    timeoutSeconds: 1,
  } as unknown as Parameters<typeof execute>[1]);
  const programs = commands.map(({ argv }) => argv[0]).filter((program) => program !== 'sh');
  const made = commands.filter(({ argv }) => argv[0] === 'awk');
  return { programs, made, outcomes: steps.map(({ outcome }) => outcome) };
}

describe('the noise of an iteration', () => {
  it('is made by one process for all steps, before the first image that needs it', async () => {
    const plan = planWith(raw(noise), [commit(1, plain), commit(2, { ...noise, byte: 2 }), convert(3), convert(4)]);
    const { programs, made } = await asked(plan);
    expect(made.map(({ directory, argv }) => [directory, ...argv.slice(2)])).toEqual([
      ['/nowhere/0/noise', '1-incompressible', '2-incompressible'],
    ]);
    expect(programs.filter((program) => program === 'awk' || program === 'qemu-io')).toEqual([
      'qemu-io',
      'awk',
      'qemu-io',
      'qemu-io',
    ]);
  });

  it('costs nothing where there is none, or no step needs it', async () => {
    expect((await asked(planWith(raw(plain), [commit(1, plain), convert(2)]))).made).toEqual([]);
    expect((await asked(planWith(raw(noise), [commit(1, plain)]))).made).toEqual([]);
  });

  it('keeps the steps that need it from a verdict where it cannot be made, and no others', async () => {
    const plan = planWith(raw(plain), [commit(1, noise), commit(2, noise), convert(3)]);
    const { made, outcomes } = await asked(plan, 'awk');
    expect(made).toHaveLength(1);
    const reason = { kind: 'fixture_failed', command: 'awk', message: 'awk failed' };
    expect(outcomes.slice(0, 2)).toEqual([
      { kind: 'inconclusive', reason },
      { kind: 'inconclusive', reason },
    ]);
    expect(outcomes[2]).not.toMatchObject({ reason });
  });

  it('is at most one process in whatever is drawn', async () => {
    const planOf = plansOf('noise', USUAL_NAMES);
    const made = [];
    for (let index = 0; index < 60; index += 1) made.push((await asked(planOf(index))).made.length);
    expect(new Set(made)).toEqual(new Set([0, 1]));
  });
});
