import type { Plan } from '../plan/plan.ts';
import type { ReplayLine } from '../report/replay-line.ts';
import type { Laboratory } from '../triage/laboratory.ts';
import type { Suspect } from '../triage/triage.ts';
import { suspectOf, TRIES } from '../triage/triage.ts';

/** A bug that is known from before, by its smallest plan. */
export interface KnownPlan {
  readonly fingerprint: string;
  readonly plan: Plan;
  /** No issue tells of it yet: where it still shows, it is a suspect of this run too. */
  readonly unfiled: boolean;
}

/** What came of running a known plan again. */
export interface Replay extends ReplayLine {
  /** What an unfiled one still shows. */
  readonly suspect?: Suspect;
}

/** Runs known plans again, each as often as a finding must come back; what there is no time for says nothing. */
export async function replay(known: readonly KnownPlan[], laboratory: Laboratory): Promise<Replay[]> {
  const replays: Replay[] = [];
  for (const bug of known) {
    if (laboratory.isOver()) break;
    if (laboratory.isSound(bug.plan)) replays.push(await replayOne(bug, laboratory));
  }
  return replays;
}

async function replayOne({ fingerprint, plan, unfiled }: KnownPlan, laboratory: Laboratory): Promise<Replay> {
  const agrees = await agreesEachTime(plan, laboratory);
  const shown = agrees || !unfiled ? undefined : await laboratory.observe(plan);
  return { fingerprint, agrees, ...(shown && { suspect: suspectOf(shown) }) };
}

async function agreesEachTime(plan: Plan, laboratory: Laboratory): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if ((await laboratory.look(plan)) !== 'agrees') return false;
  }
  return true;
}
