/** How the state in an issue's marker goes on from run to run. */
import { NIGHTS } from '../history/advance.ts';
import type { State } from './marker.ts';

/** A run, as far as the state keeps it. */
export interface Witness {
  /** The run's id, in digits. */
  readonly id: string;
  /** The day of the run, `YYYY-MM-DD`, UTC. */
  readonly date: string;
  /** Whether what it sees says nothing of the default branch. */
  readonly elsewhere: boolean;
}

/** The state of a bug that nobody has seen before; `sightings` are the iterations of the run that showed it. */
export function firstState(sightings: number, { id, date, elsewhere }: Witness): State {
  return { sightings, first: date, last: date, run: id, nights: 0, ...(elsewhere ? { elsewhere } : {}) };
}

/** The state once more iterations have shown the bug. That another branch still has it says nothing of a fix on the default one. */
export function countedIn(state: State, sightings: number, { id, date, elsewhere }: Witness): State {
  const counted = { ...state, sightings: state.sightings + sightings, last: date, run: id };
  return elsewhere ? counted : shownByDefault(counted);
}

/** The state after a replay on the default branch in the run with this id; undefined where that changes nothing. */
export function replayedIn(state: State, agrees: boolean, id: string): State | undefined {
  // Of two jobs of a run the one that shows the bug outweighs the other, whichever ends first: so it is kept even where it changes no number.
  if (state.run === id && (agrees || state.nights === 0)) return undefined;
  if (!agrees) return { ...shownByDefault(state), run: id };
  // What the default branch never had is not fixed there.
  return state.elsewhere ? undefined : { ...state, run: id, nights: Math.min(state.nights + 1, NIGHTS) };
}

/** The default branch has the bug: whatever agreed before is over. */
export function shownByDefault({ elsewhere: _, ...state }: State): State {
  return { ...state, nights: 0 };
}
