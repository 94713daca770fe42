import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { plansOf } from '../../src/session/plans.ts';
import type { Shown } from '../../src/triage/fingerprint.ts';
import type { Laboratory } from '../../src/triage/laboratory.ts';
import { type Ruling, type Suspect, suspectOf, triage } from '../../src/triage/triage.ts';

/**
 * No container here: what a plan shows is made up, because a real subject does not come and go, and a real run does not end in
 * the middle of a confirmation, on demand.
 */
const planOf = plansOf('triage', OPERATION_NAMES);

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

const suspectAt = (index: number): Suspect => suspectOf(showing(planOf(index)));

function laboratory(changes: Partial<Laboratory>): Laboratory {
  return {
    operations: OPERATIONS,
    isSound: () => false,
    observe: async (plan) => showing(plan),
    look: async (plan) => showing(plan),
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

  it('calls flaky what comes back twice and not a third time', async () => {
    let tries = 0;
    const observe = async (plan: Plan) => {
      tries += 1;
      return tries <= 2 ? showing(plan) : undefined;
    };
    expect(await rulingsOn([suspectAt(1)], { observe })).toMatchObject([{ kind: 'flaky', cameBack: 2 }]);
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

  it('rules on nothing once its time is over, but counts what looks like a bug that it has', async () => {
    let examined = 0;
    const observe = async (plan: Plan) => {
      examined += 1;
      return showing(plan);
    };
    // The step alone three times, and the smallest case three times.
    const isOver = () => examined >= 6;
    const rulings = await rulingsOn([suspectAt(1), suspectAt(2), suspectAt(3)], { observe, isOver });
    expect(examined).toBe(6);
    expect(rulings.at(-1)).toMatchObject({
      kind: 'bug',
      bug: { sightings: [{ index: 1 }, { index: 2 }, { index: 3 }] },
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
    expect(await originOf(async () => ({ ...rest, finding: other }))).toBe('introduced');
    expect(await originOf(async () => 'agrees')).toBe('introduced');
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
