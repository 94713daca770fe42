import type { Bug, Sighting } from './bug.ts';
import { featuresOf } from './features.ts';
import type { Laboratory } from './laboratory.ts';
import type { BugRuling, Suspect } from './ruling.ts';

/** Findings of one symptom in a row that may turn out to be no certainly new bugs, before no more of them are looked into. */
const MOST_IN_VAIN = 6;

/** A bug, and all findings that are taken for it. */
interface Seen {
  readonly ruling: BugRuling;
  readonly sightings: Sighting[];
  readonly looks: Set<string>;
}

/** The bugs that show one symptom, and which findings are taken for which of them. */
export class BugsOfAKind {
  readonly #laboratory: Laboratory;
  readonly #bugs = new Map<string, Seen>();
  #inVain = 0;

  constructor(laboratory: Laboratory) {
    this.#laboratory = laboratory;
  }

  /** Whether looking into more of this kind has long brought nothing new. */
  get isExhausted(): boolean {
    return this.#inVain >= MOST_IN_VAIN;
  }

  /** Counts a finding as one of them, where one explains it. */
  accountFor(suspect: Suspect): boolean {
    const known = this.#explaining(suspect);
    known?.sightings.push(...sightingsOf(suspect));
    return known !== undefined;
  }

  /** Takes in what was found out of a finding; whether it is a new bug. */
  add(ruling: BugRuling, suspect: Suspect): boolean {
    const { fingerprint, sightings, unfinished } = ruling.bug;
    const same = this.#bugs.get(fingerprint);
    // The fingerprint of what is not finished is new each time, and says nothing about whether the bug is.
    if (same === undefined && !unfinished) this.#inVain = 0;
    // How often iterations meet something new, what an earlier run left does not tell.
    else if (suspect.carriedFrom === undefined) this.#inVain += 1;
    if (same) same.sightings.push(...sightingsOf(suspect));
    const seen = same ?? { ruling, sightings: [...sightings], looks: new Set<string>() };
    seen.looks.add(lookOf(suspect));
    this.#bugs.set(fingerprint, seen);
    return same === undefined;
  }

  /** Those that more iterations showed than were told with them, with all their sightings. */
  seenAgain(): BugRuling[] {
    const again = [...this.#bugs.values()].filter(
      ({ ruling, sightings }) => sightings.length > ruling.bug.sightings.length,
    );
    return again.map(({ ruling, sightings }) => ({ ...ruling, bug: { ...ruling.bug, sightings } }));
  }

  /**
   * A bug that looks like it and whose needs its plan meets, the most particular first; once nobody looks any more, one that looks otherwise
   * too. What meets the needs of none may be another bug: counted as one that is known, it would never be told.
   */
  #explaining(suspect: Suspect): Seen | undefined {
    const all = [...this.#bugs.values()].toSorted((a, b) => b.ruling.bug.traits.length - a.ruling.bug.traits.length);
    const alike = all.filter(({ looks }) => looks.has(lookOf(suspect)));
    const meets = ({ ruling }: Seen) => this.#meets(suspect, ruling.bug);
    const { shrinks } = this.#laboratory;
    const isOver = this.isExhausted || this.#laboratory.isOver();
    return alike.find(meets) ?? (shrinks && isOver ? all.find(meets) : undefined);
  }

  /** Whether a plan has all that a bug cannot do without. What was not shrunk does not tell that. */
  #meets({ plan, finding }: Suspect, { traits }: Bug): boolean {
    const { operations, shrinks } = this.#laboratory;
    if (!shrinks) return true;
    const alone = plan.steps.filter(({ position }) => position === finding.step);
    const features = featuresOf({ ...plan, steps: alone }, operations);
    return traits.every((trait) => features.includes(trait));
  }
}

/** Findings of one symptom that look alike are taken for one bug. */
function lookOf({ plan, finding }: Suspect): string {
  return `${finding.type} ${plan.source.format}`;
}

/** The iteration of this run in which a finding was made; none for what was carried into it. */
export function sightingsOf({ plan: { seed, index }, carriedFrom }: Suspect): Sighting[] {
  return carriedFrom === undefined ? [{ seed, index }] : [];
}
