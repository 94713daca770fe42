import type { Plan } from '../plan/plan.ts';
import type { ReplayLine } from '../report/replay-line.ts';
import type { Laboratory } from '../triage/laboratory.ts';
import type { Suspect } from '../triage/ruling.ts';
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

/** How many plans a run tries again at most; each takes three times what an iteration takes. */
const MOST_REPLAYS = 50;

/** Runs known plans again, each as often as a finding must come back; then tells of what there was no time or place for. */
export async function replay(known: readonly KnownPlan[], laboratory: Laboratory): Promise<Replay[]> {
  const replays: Replay[] = [];
  const tried = new Set<KnownPlan>();
  for (const bug of placed(known.filter(({ plan }) => laboratory.isSound(plan)))) {
    if (laboratory.isOver()) break;
    replays.push(await replayOne(bug, laboratory));
    tried.add(bug);
  }
  const others = known.filter((bug) => !tried.has(bug));
  return [
    ...replays,
    ...others.map(
      ({ fingerprint, unfiled }) =>
        ({ fingerprint, agrees: false, ...(unfiled && { unfiled }), notTried: true }) as const,
    ),
  ];
}

/** What waits to be filed has half of the places, or more where the issues leave them: nothing else would ever file it. */
function placed(known: readonly KnownPlan[]): KnownPlan[] {
  const filed = known.filter(({ unfiled }) => !unfiled);
  const waiting = known.filter(({ unfiled }) => unfiled);
  const places = Math.max(MOST_REPLAYS / 2, MOST_REPLAYS - filed.length);
  return [...waiting.slice(0, places), ...filed].slice(0, MOST_REPLAYS);
}

/** The same, beginning with another at each turn: where not all can be tried, none is left out for ever. Where nobody counts turns, as they are. */
export function inTurn<T>(list: readonly T[], turn: number): T[] {
  const counted = Number.isNaN(turn) ? 0 : turn;
  const start = list.length === 0 ? 0 : counted % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

async function replayOne({ fingerprint, plan, unfiled }: KnownPlan, laboratory: Laboratory): Promise<Replay> {
  const agrees = await agreesEachTime(plan, laboratory);
  const shown = agrees || !unfiled ? undefined : await laboratory.observe(plan);
  return {
    fingerprint,
    agrees,
    ...(unfiled && { unfiled }),
    ...(shown && { suspect: { ...suspectOf(shown), carriedFrom: 'earlier-run' } }),
  };
}

async function agreesEachTime(plan: Plan, laboratory: Laboratory): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if ((await laboratory.look(plan)) !== 'agrees') return false;
  }
  return true;
}
