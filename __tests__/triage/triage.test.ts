import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import type { Laboratory } from '../../src/triage/laboratory.ts';
import { suspectOf } from '../../src/triage/triage.ts';
import { info, planOf, qcow2Source, rulingsOn, showing, suspectAt } from '../support/triage.ts';

describe('triage', () => {
  it('makes one bug of findings that look alike, with all their iterations', async () => {
    const [first, second] = [suspectAt(1), { ...suspectAt(1), plan: { ...planOf(1), index: 9 } }];
    const rulings = await rulingsOn([second, first]);
    expect(rulings.at(-1)).toMatchObject({
      kind: 'bug',
      bug: { sightings: [{ index: 1 }, { index: 9 }], reproduced: true },
    });
  });

  it('examines a finding that looks like a bug, but lacks what that bug needs', async () => {
    const bugAt = (index: number, clusterSize: number) => {
      const plan = { ...planOf(index), source: { ...qcow2Source, clusterSize }, steps: [info] } as Plan;
      return suspectOf(showing(plan));
    };
    const observed: number[] = [];
    const observe = async (plan: Plan) => {
      observed.push(plan.index);
      return showing(plan);
    };
    const found = [bugAt(1, 512), bugAt(2, 512), bugAt(3, 65_536)];
    const rulings = await rulingsOn(found, { observe, shrinks: true });
    expect(new Set(observed)).toEqual(new Set([1, 3]));
    const bugs = rulings.flatMap((ruling) => (ruling.kind === 'bug' ? [ruling.bug] : []));
    expect(bugs.map(({ sightings }) => sightings.map(({ index }) => index))).toEqual([[1], [3], [1, 2]]);
    expect(new Set(bugs.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('keeps the plan and the finding of a bug whose simpler cases all show another', async () => {
    const plan = { ...planOf(1), source: { ...qcow2Source, clusterSize: 512 }, steps: [info] } as Plan;
    const other = { kind: 'input-modified', file: 'a.raw' } as const;
    const simpler: Plan[] = [];
    const observe = async (one: Plan) => {
      const shown = showing(one);
      if (JSON.stringify(one.source) === JSON.stringify(plan.source)) return shown;
      simpler.push(one);
      return { ...shown, finding: { ...shown.finding, ...other } };
    };
    const suspect = suspectOf(showing(plan));
    const rulings = await rulingsOn([suspect], { observe, shrinks: true, isSound: () => true });
    expect(simpler, 'there is something to slip to').not.toHaveLength(0);
    expect(rulings).toMatchObject([{ kind: 'bug', bug: { finding: suspect.finding, plan: { source: plan.source } } }]);
  });

  it('tells the whole plan where a smaller one shows the bug only now and then', async () => {
    let tries = 0;
    const plan = { ...planOf(1), source: { ...qcow2Source, clusterSize: 512 }, steps: [info] } as Plan;
    const isWhole = (one: Plan) => JSON.stringify(one.source) === JSON.stringify(plan.source);
    const observe = async (one: Plan) => {
      if (isWhole(one)) return showing(one);
      tries += 1;
      return tries === 1 ? showing(one) : undefined;
    };
    const rulings = await rulingsOn([suspectOf(showing(plan))], { observe, shrinks: true, isSound: () => true });
    expect(rulings).toMatchObject([{ kind: 'bug', bug: { plan: { source: plan.source }, unfinished: 'seldom' } }]);
  });

  it('tries again what could not be judged, but not for ever', async () => {
    const answers = [undefined, 'agrees'] as const;
    const withLost = (lost: number) => {
      let asked = 0;
      const look = async (plan: Plan) => {
        asked += 1;
        return asked <= lost ? answers[0] : showing(plan);
      };
      return rulingsOn([suspectAt(1)], { look });
    };
    expect(await withLost(2)).toMatchObject([{ kind: 'bug' }]);
    expect((await withLost(99))[0]).toMatchObject({ kind: 'flaky', cameBack: 0 });
  });

  it('calls flaky what comes back twice and not a third time', async () => {
    let tries = 0;
    const observe = async (plan: Plan) => {
      tries += 1;
      return tries <= 2 ? showing(plan) : undefined;
    };
    expect(await rulingsOn([suspectAt(1)], { observe })).toMatchObject([{ kind: 'flaky', cameBack: 2 }]);
  });

  it('rules on a lesser finding that was told as a worse one, which does not come back', async () => {
    const lesser = {
      kind: 'json',
      type: 'x_info_divergence',
      operation: 'x',
      step: 1,
      what: 'a.raw',
      differences: [],
    } as const;
    const says = async (plan: Plan) => ({
      ...showing(plan),
      finding: { ...lesser, step: plan.steps[0]?.position ?? 1 },
    });
    const rulings = await rulingsOn([suspectAt(3)], { observe: says });
    expect(rulings.map((ruling) => ruling.kind === 'bug' && ruling.bug.finding.kind)).toEqual(['json']);
    // One that does not come back either ends it.
    let looks = 0;
    const random = async (plan: Plan) => {
      looks += 1;
      return looks === 3 ? says(plan) : undefined;
    };
    expect((await rulingsOn([suspectAt(3)], { observe: random })).map(({ kind }) => kind)).toEqual(['flaky']);
  });

  it('calls flaky what comes back in another step only', async () => {
    const suspect = suspectAt(1);
    const elsewhere = async (plan: Plan) => showing(plan, suspect.finding.step + 1);
    expect(suspectOf(await elsewhere(suspect.plan)).symptom).toBe(suspect.symptom);
    expect(await rulingsOn([suspect], { observe: elsewhere })).toMatchObject([{ kind: 'flaky', cameBack: 0 }]);
  });

  it('calls flaky what no longer comes back once it is small', async () => {
    let tries = 0;
    const observe = async (plan: Plan) => {
      tries += 1;
      return tries <= 4 ? showing(plan) : undefined;
    };
    expect(await rulingsOn([suspectAt(1)], { observe })).toMatchObject([{ kind: 'flaky', cameBack: 1 }]);
  });

  it('does not call flaky what could not come back because the run was stopped', async () => {
    let stopped = false;
    const observe = async () => {
      stopped = true;
      return undefined;
    };
    expect(await rulingsOn([suspectAt(1)], { observe, isOver: () => stopped })).toEqual([]);
  });

  it('says of a bug that its smallest case is not known where time ended the search for it', async () => {
    const unfinished = async (secondsALook: number) => {
      let seconds = 0;
      const observe = async (plan: Plan) => {
        seconds += secondsALook;
        return showing(plan);
      };
      const now = () => seconds * 1000;
      const [ruling] = await rulingsOn([suspectAt(1)], { observe, now, shrinks: true, isSound: () => true });
      return ruling?.kind === 'bug' && ruling.bug.unfinished;
    };
    expect(await unfinished(0)).toBeUndefined();
    expect(await unfinished(0.4)).toBe('time');
  });

  it('says what the baseline shows: the same, something else, nothing', async () => {
    const originOf = async (observeBaseline: Laboratory['observeBaseline']) => {
      const [ruling] = await rulingsOn([suspectAt(1)], { observeBaseline });
      return ruling?.kind === 'bug' ? ruling.bug.origin : undefined;
    };
    expect(await originOf(async (plan) => showing(plan))).toBe('before');
    const { finding, ...rest } = showing(planOf(1));
    const other = { ...finding, kind: 'input-modified', file: 'a.raw' } as const;
    expect(await originOf(async () => ({ ...rest, finding: other }))).toBe('unknown');
    expect(await originOf(async () => 'agrees')).toBe('introduced');
    // Behind a difference in what is said, other data would have been told in its place, unless it is the consequence.
    const said = (pointer: string) =>
      ({ ...finding, kind: 'json', what: 'a.raw', differences: [{ pointer, subject: '1', reference: '2' }] }) as const;
    expect(await originOf(async () => ({ ...rest, finding: said('/cluster-size') }))).toBe('introduced');
    expect(await originOf(async () => ({ ...rest, finding: said('/backing-filename') }))).toBe('unknown');
    const answers = ['agrees', 'agrees', showing(planOf(1))] as const;
    let asked = 0;
    expect(await originOf(async () => answers[asked++])).toBe('before');
    expect(await originOf(async () => undefined)).toBe('unknown');
  });

  it('asks every juror, and tells each by what it shows in the subject’s place', async () => {
    const { finding, ...rest } = showing(planOf(1));
    const other = { ...rest, finding: { ...finding, kind: 'input-modified', file: 'a.raw' } } as const;
    const answers = { old: showing(planOf(1)), next: 'agrees', odd: other, gone: undefined } as const;
    const jurors = Object.entries(answers).map(([name, answer]) => ({ name, observe: async () => answer }));
    const [ruling] = await rulingsOn([suspectAt(1)], { jurors });
    expect(ruling?.kind === 'bug' && ruling.bug.jury).toEqual([
      { juror: 'old', says: 'subject' },
      { juror: 'next', says: 'reference' },
      { juror: 'odd', says: 'otherwise' },
      { juror: 'gone', says: 'nothing' },
    ]);
  });

  it('does not publish a script that does not show the difference each time', async () => {
    let runs = 0;
    const runReproducer = async () => {
      runs += 1;
      return runs === 1 ? 1 : 0;
    };
    expect(await rulingsOn([suspectAt(1)], { runReproducer })).toMatchObject([
      { kind: 'bug', bug: { reproduced: false } },
    ]);
  });
});
