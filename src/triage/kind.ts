import type { Bug, Sighting } from './bug.ts';
import { featuresOf } from './features.ts';
import type { Laboratory } from './laboratory.ts';
import type { BugRuling, Suspect } from './ruling.ts';

/** Findings of one symptom that are shrunk at most: different bugs can look the same at first. */
const MOST_OF_A_KIND = 6;

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
  #examined = 0;

  constructor(laboratory: Laboratory) {
    this.#laboratory = laboratory;
  }

  /** Counts a finding as one of them, where one explains it or nothing more is to be looked at. */
  accountFor(suspect: Suspect): boolean {
    const known = this.#explaining(suspect);
    known?.sightings.push(sightingOf(suspect));
    return known !== undefined;
  }

  /** Takes in what was found out of a finding; whether it is a new bug. */
  add(ruling: BugRuling, suspect: Suspect): boolean {
    this.#examined += 1;
    const { fingerprint, sightings } = ruling.bug;
    const same = this.#bugs.get(fingerprint);
    if (same) same.sightings.push(sightingOf(suspect));
    const seen = same ?? { ruling, sightings: [...sightings], looks: new Set<string>() };
    seen.looks.add(lookOf(suspect));
    this.#bugs.set(fingerprint, seen);
    return same === undefined;
  }

  /** Those that more than one iteration showed, with all their sightings. */
  seenAgain(): BugRuling[] {
    const again = [...this.#bugs.values()].filter(({ sightings }) => sightings.length > 1);
    return again.map(({ ruling, sightings }) => ({ ...ruling, bug: { ...ruling.bug, sightings } }));
  }

  /** A bug that looks like it and whose needs its plan meets, the most particular first; any, once time or number is used up. */
  #explaining(suspect: Suspect): Seen | undefined {
    const all = [...this.#bugs.values()].toSorted((a, b) => b.ruling.bug.traits.length - a.ruling.bug.traits.length);
    const alike = all.filter(({ looks }) => looks.has(lookOf(suspect)));
    const explaining = alike.find(({ ruling }) => this.#meets(suspect, ruling.bug));
    const isFull = this.#examined >= MOST_OF_A_KIND || this.#laboratory.isOver();
    return explaining ?? (isFull ? (alike[0] ?? all[0]) : undefined);
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

/** The iteration in which a finding was made. */
export function sightingOf({ plan: { seed, index } }: Suspect): Sighting {
  return { seed, index };
}
