import type { Plan } from '../plan/plan.ts';
import type { Laboratory } from '../triage/triage.ts';
import { TRIES } from '../triage/triage.ts';

/** A bug that is known from before, by its smallest plan. */
export interface KnownPlan {
  readonly fingerprint: string;
  readonly plan: Plan;
}

/** What came of running a known plan again. */
export interface Replay {
  readonly fingerprint: string;
  /** Both sides did the same each time. */
  readonly agrees: boolean;
}

/** Runs known plans again, each as often as a finding must come back; what there is no time for says nothing. */
export async function replay(known: readonly KnownPlan[], laboratory: Laboratory): Promise<Replay[]> {
  const replays: Replay[] = [];
  for (const { fingerprint, plan } of known) {
    if (laboratory.isOver()) break;
    if (laboratory.isSound(plan)) replays.push({ fingerprint, agrees: await agreesEachTime(plan, laboratory) });
  }
  return replays;
}

async function agreesEachTime(plan: Plan, laboratory: Laboratory): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (!(await laboratory.agrees(plan))) return false;
  }
  return true;
}
