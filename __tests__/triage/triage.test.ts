import { describe, expect, it } from 'vitest';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { plansOf } from '../../src/session/plans.ts';
import type { Shown } from '../../src/triage/fingerprint.ts';
import type { Laboratory } from '../../src/triage/laboratory.ts';
import type { Ruling, Suspect } from '../../src/triage/ruling.ts';
import { suspectOf, triage } from '../../src/triage/triage.ts';

/**
 * No container here: what a plan shows is made up, because a real subject does not come and go, and a real run does not end in
 * the middle of a confirmation, on demand.
 */
const planOf = plansOf('triage', USUAL_NAMES);

function showing(plan: Plan, position = plan.steps[0]?.position ?? 1): Shown {
  const finding = {
    kind: 'content',
    type: 'x_content_divergence',
    operation: 'x',
    step: position,
    file: 'a.raw',
    offset: 0,
  } as const;
  const entry = {
    step: position,
    purpose: 'test',
    program: 'subject',
    directory: 'subject/source',
    args: ['convert'],
  } as const;
  const ended = {
    exit: { kind: 'exited', code: 0 },
    milliseconds: 1,
    stdout: '',
    stderr: '',
    side: 'subject',
  } as const;
  return { plan, finding, transcript: [{ ...entry, ...ended }] };
}

/** A plain image and a step that reads it. */
const qcow2Source = {
  format: 'qcow2',
  ...{ clusterSize: 65_536, compat: '1.1', extendedL2: false, lazyRefcounts: false, refcountBits: 16 },
  ...{ size: 1_048_576, pattern: 'zeros', writes: [], history: { kind: 'created' }, backing: [] },
};
const info = { kind: 'run', position: 1, operation: 'info', options: {}, twin: 'none' } as const;

const suspectAt = (index: number): Suspect => suspectOf(showing(planOf(index)));

/** One plan as the iteration `index`, whose finding is of a type of its own and of the symptom of all others. */
function looking(type: string, index: number): Suspect {
  const shown = showing({ ...planOf(1), index });
  return suspectOf({ ...shown, finding: { ...shown.finding, type } });
}

/** What is observed is what is looked at, unless a test says otherwise. */
function laboratory(changes: Partial<Laboratory>): Laboratory {
  const observe = changes.observe ?? (async (plan: Plan) => showing(plan));
  return {
    operations: OPERATIONS,
    isSound: () => false,
    observe,
    look: async (plan) => (await observe(plan)) ?? 'agrees',
    runReproducer: async () => 1,
    observeBaseline: async () => undefined,
    readBytes: async () => undefined,
    jurors: [],
    askThirdReaders: async () => [],
    shrinks: false,
    shrinkSeconds: 1,
    isOver: () => false,
    now: () => 0,
    ...changes,
  };
}

async function rulingsOn(suspects: readonly Suspect[], changes: Partial<Laboratory> = {}): Promise<Ruling[]> {
  const rulings: Ruling[] = [];
  for await (const ruling of triage(suspects, laboratory(changes))) rulings.push(ruling);
  return rulings;
}

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

  it('looks into one of each symptom before a second of any, the rarest first', async () => {
    const examined: number[] = [];
    const look = async (plan: Plan) => {
      examined.push(plan.index);
      const shown = showing(plan);
      const refused = { kind: 'input-modified', file: 'a.raw' } as const;
      return plan.index === 9 ? { ...shown, finding: { ...shown.finding, ...refused } } : shown;
    };
    const rare = suspectOf(await look(planOf(9)));
    examined.length = 0;
    await rulingsOn([looking('a', 1), looking('b', 2), rare], { look });
    expect(examined.filter((index, at) => index !== examined[at - 1])).toEqual([9, 1, 2]);
  });

  it('begins with the smallest case of a symptom, which an earlier run may have made so', async () => {
    const examined: number[] = [];
    const look = async (plan: Plan) => {
      examined.push(plan.index);
      return showing(plan);
    };
    const { plan, ...rest } = looking('b', 9);
    const small = { ...rest, plan: { ...plan, source: qcow2Source } as Plan };
    await rulingsOn([looking('a', 1), small], { look });
    expect(examined.filter((index, at) => index !== examined[at - 1])).toEqual([9, 1]);
  });

  it('counts no iteration for what was carried into the run, and those of a bug that it shows too', async () => {
    const carried = { ...looking('a', 1), carriedFrom: 'earlier-run' } as const;
    const indicesIn = (ruling: Ruling) => ruling.kind === 'bug' && ruling.bug.sightings.map(({ index }) => index);
    expect((await rulingsOn([carried])).map(indicesIn)).toEqual([[]]);
    expect((await rulingsOn([carried, looking('a', 2)])).map(indicesIn)).toEqual([[], [2]]);
  });

  it('examines what waits to be filed, though a more general bug would explain it', async () => {
    const general = { ...planOf(1), index: 1, source: qcow2Source, steps: [info] } as Plan;
    const particular = { ...general, index: 2, source: { ...qcow2Source, clusterSize: 2_097_152 } } as Plan;
    const fingerprintsOf = async (suspect: Suspect) => {
      const rulings = await rulingsOn([suspectOf(showing(general)), suspect], { shrinks: true });
      return new Set(rulings.flatMap((ruling) => (ruling.kind === 'bug' ? [ruling.bug.fingerprint] : []))).size;
    };
    const suspect = suspectOf(showing(particular));
    expect(await fingerprintsOf(suspect)).toBe(1);
    expect(await fingerprintsOf({ ...suspect, carriedFrom: 'known-gap' })).toBe(1);
    expect(await fingerprintsOf({ ...suspect, carriedFrom: 'earlier-run' })).toBe(2);
  });

  it('leaves a kind alone that brings nothing new, and counts for none of its bugs what may be another', async () => {
    const examined = new Set<number>();
    const look = async (plan: Plan) => {
      examined.add(plan.index);
      return showing(plan);
    };
    const kinds = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'a'];
    const rulings = await rulingsOn(
      kinds.map((name, at) => looking(name, at)),
      { look },
    );
    expect([...examined]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const last = rulings.at(-1);
    expect(last?.kind === 'bug' && last.bug.sightings.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
  });

  it('leaves a kind alone that brings only what has another fingerprint each time', async () => {
    const examined = new Set<number>();
    const observe = async (plan: Plan) => {
      examined.add(plan.index);
      return showing(plan);
    };
    let seconds = 0;
    const now = () => {
      seconds += 1;
      return seconds * 1000;
    };
    const choices = [512, 65_536, 2_097_152].flatMap((clusterSize) =>
      [true, false].flatMap((lazyRefcounts) =>
        ['0.10', '1.1'].map((compat) => ({ clusterSize, lazyRefcounts, compat })),
      ),
    );
    const suspects = choices.map((options, index): Suspect => {
      const { plan, ...rest } = looking(`kind${index}`, index);
      return { ...rest, plan: { ...plan, source: { ...qcow2Source, ...options }, steps: [info] } as Plan };
    });
    const rulings = await rulingsOn(suspects, { observe, now, shrinks: true });
    expect(examined.size).toBe(6);
    const bugs = rulings.flatMap((ruling) => (ruling.kind === 'bug' ? [ruling.bug] : []));
    expect(new Set(bugs.map(({ fingerprint, unfinished }) => `${fingerprint} ${unfinished}`)).size).toBe(6);
    expect(bugs[0]?.unfinished).toBe('time');
  });

  it('counts for a bug that needs nothing all that it has looked into long enough', async () => {
    const kinds = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const rulings = await rulingsOn(
      kinds.map((name, at) => looking(name, at)),
      { shrinks: true, isSound: () => true },
    );
    const last = rulings.at(-1);
    expect(last?.kind === 'bug' && last.bug.sightings.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('rules on nothing once its time is over, but counts what a bug that it has explains', async () => {
    let examined = 0;
    const observe = async (plan: Plan) => {
      examined += 1;
      return showing(plan);
    };
    // The step alone three times, and the smallest case three times.
    const isOver = () => examined >= 6;
    const rulings = await rulingsOn([looking('a', 1), looking('a', 2), looking('b', 3)], { observe, isOver });
    expect(examined).toBe(6);
    expect(rulings.at(-1)).toMatchObject({
      kind: 'bug',
      bug: { sightings: [{ index: 1 }, { index: 2 }] },
    });
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
