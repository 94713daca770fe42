/** The libyal readers as jurors: what they see in the files that both sides leave of a bug's smallest plan. */
import type { Worker } from '../execution/worker.ts';
import { OPERATIONS } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';
import { sameToThirdReader } from '../oracles/third-reader.ts';
import type { Plan } from '../plan/plan.ts';
import { isThirdReader } from '../sandbox/command.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import type { Vote } from '../triage/jury.ts';
import { judge } from '../verdict/verdict.ts';

/** Operations that are judged by these readers alone. */
export const READ_BY_THIRD: readonly Operation[] = OPERATIONS.map((operation) => ({
  ...operation,
  script: (options, context) => ({
    ...operation.script(options, context),
    oracles: [],
    readbacks: [sameToThirdReader],
    invariants: [],
    mistaken: [],
  }),
}));

/** A vote of each reader that was asked; none where both sides left the same bytes, or no reader knows the format. */
export async function askThirdReaders(plan: Plan, worker: Worker): Promise<Vote[]> {
  const steps = plan.steps.map((step) => (step.kind === 'run' ? { ...step, twin: 'none' as const } : step));
  const trial = await worker.execute({ ...plan, steps });
  if (trial === undefined) return [];
  const verdict = judge(trial.steps.map(({ outcome }) => outcome));
  const asked = (entries: readonly TranscriptEntry[]) =>
    [...new Set(entries.map(({ program }) => program))].filter(isThirdReader);
  const step = verdict.kind === 'divergent' ? verdict.finding.step : undefined;
  const last = asked(trial.transcript.filter((entry) => entry.step === step)).at(-1);
  return asked(trial.transcript).map((reader) => {
    if (verdict.kind === 'inconclusive') return { juror: reader, says: 'nothing' };
    if (verdict.kind !== 'divergent' || reader !== last) return { juror: reader, says: 'same-size' };
    return { juror: reader, says: verdict.finding.kind === 'size' ? 'other-size' : 'unreadable' };
  });
}
