import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { plansOf } from '../../src/session/plans.ts';
import type { Shown } from '../../src/triage/fingerprint.ts';
import type { Laboratory } from '../../src/triage/laboratory.ts';
import type { Ruling, Suspect } from '../../src/triage/ruling.ts';
import { suspectOf, triage } from '../../src/triage/triage.ts';

/** The plan of an iteration; no two are alike. */
export const planOf = plansOf('triage', USUAL_NAMES);

/** What a plan shows in the step at this position: other data. */
export function showing(plan: Plan, position = plan.steps[0]?.position ?? 1): Shown {
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
export const qcow2Source = {
  format: 'qcow2',
  ...{ clusterSize: 65_536, compat: '1.1', extendedL2: false, lazyRefcounts: false, refcountBits: 16 },
  ...{ size: 1_048_576, pattern: 'zeros', writes: [], history: { kind: 'created' }, backing: [] },
};
export const info = { kind: 'run', position: 1, operation: 'info', options: {}, twin: 'none' } as const;

/** The suspect of an iteration. */
export const suspectAt = (index: number): Suspect => suspectOf(showing(planOf(index)));

/** One plan as the iteration `index`, whose finding is of a type of its own and of the symptom of all others. */
export function looking(type: string, index: number): Suspect {
  const shown = showing({ ...planOf(1), index });
  return suspectOf({ ...shown, finding: { ...shown.finding, type } });
}

/**
 * What is observed is what is looked at, unless a test says otherwise. No container here: what a plan shows is made up, because a real
 * subject does not come and go, and a real run does not end in the middle of a confirmation, on demand.
 */
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

/** All that triage says of these suspects. */
export async function rulingsOn(suspects: readonly Suspect[], changes: Partial<Laboratory> = {}): Promise<Ruling[]> {
  const rulings: Ruling[] = [];
  for await (const ruling of triage(suspects, laboratory(changes))) rulings.push(ruling);
  return rulings;
}
