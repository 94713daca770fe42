/**
 * From findings to bugs: each finding is confirmed alone, one of each kind is shrunk and gets its fingerprint, its reproducer is
 * printed and tried, and the others of the kind are counted. Nothing here touches the disk; it asks for plans to be run.
 */
import type { Plan } from '../plan/plan.ts';
import type { Finding } from '../verdict/finding.ts';
import type { Bug, Origin, Sighting } from './bug.ts';
import { fingerprintOf, type Shown, traitsOf } from './fingerprint.ts';
import { isAboutFiles, type Vote } from './jury.ts';
import type { Laboratory } from './laboratory.ts';
import { reproducerOf } from './reproducer.ts';
import { shrink } from './shrink.ts';
import { symptomOf } from './symptom.ts';

/** A divergent iteration, as the run found it. */
export interface Suspect {
  readonly plan: Plan;
  readonly finding: Finding;
  readonly symptom: string;
}

/** What was found out about one finding or several. */
export type Ruling =
  | { readonly kind: 'bug'; readonly bug: Bug; readonly shown: Shown }
  /** It came back so many times of `TRIES`: too seldom to be told to anybody as a bug. */
  | { readonly kind: 'flaky'; readonly suspect: Suspect; readonly cameBack: number };

/** How often a finding is run again, before and after it is shrunk; it has to come back each time, as a subject that fails at random would now and then. */
export const TRIES = 3;

/** Findings of one symptom that are shrunk: different bugs can look the same at first. */
const MOST_OF_A_KIND = 6;

/** Makes a suspect of what an iteration showed. */
export function suspectOf(shown: Shown): Suspect {
  return { plan: shown.plan, finding: shown.finding, symptom: symptomOf(shown.finding, shown.transcript) };
}

/**
 * Rules on all suspects, symptom by symptom. What there was no time for is not ruled on. A bug is told as soon as it is known, so that
 * nothing is lost should this be killed, and again with all its sightings.
 */
export async function* triage(suspects: readonly Suspect[], laboratory: Laboratory): AsyncGenerator<Ruling> {
  const groups = new Map<string, Suspect[]>();
  for (const suspect of suspects.toSorted((a, b) => a.plan.index - b.plan.index)) {
    const group = groups.get(suspect.symptom);
    if (group) group.push(suspect);
    else groups.set(suspect.symptom, [suspect]);
  }
  for (const group of groups.values()) yield* triageGroup(group, laboratory);
}

async function* triageGroup(group: readonly Suspect[], laboratory: Laboratory): AsyncGenerator<Ruling> {
  const bugs = new BugsOfAKind();
  for (const suspect of group) {
    if (bugs.accountFor(suspect, laboratory.isOver())) continue;
    const ruling = await ruleOn(suspect, laboratory);
    if (ruling?.kind === 'flaky' || (ruling?.kind === 'bug' && bugs.add(ruling, suspect))) yield ruling;
  }
  yield* bugs.seenAgain();
}

type BugRuling = Ruling & { readonly kind: 'bug' };

/** The bugs that show one symptom. */
class BugsOfAKind {
  readonly #bugs = new Map<string, { readonly ruling: BugRuling; readonly sightings: Sighting[] }>();
  readonly #looks = new Set<string>();

  /** Counts a finding as one of them, where it looks like one or nothing more is to be looked at. */
  accountFor(suspect: Suspect, isOver: boolean): boolean {
    const [known] = this.#bugs.values();
    const looksKnown = this.#looks.has(lookOf(suspect)) || this.#looks.size >= MOST_OF_A_KIND || isOver;
    if (known === undefined || !looksKnown) return false;
    known.sightings.push(sightingOf(suspect));
    return true;
  }

  /** Takes in what was found out of a finding; whether it is a new bug. */
  add(ruling: BugRuling, suspect: Suspect): boolean {
    this.#looks.add(lookOf(suspect));
    const { fingerprint } = ruling.bug;
    const same = this.#bugs.get(fingerprint);
    if (same) same.sightings.push(sightingOf(suspect));
    else this.#bugs.set(fingerprint, { ruling, sightings: [...ruling.bug.sightings] });
    return same === undefined;
  }

  /** Those that more than one iteration showed, with all their sightings. */
  seenAgain(): BugRuling[] {
    const again = [...this.#bugs.values()].filter(({ sightings }) => sightings.length > 1);
    return again.map(({ ruling, sightings }) => ({ ...ruling, bug: { ...ruling.bug, sightings } }));
  }
}

/** Rules on one finding; undefined where that was cut short, which says nothing: the finding then stands as it was found. */
async function ruleOn(suspect: Suspect, laboratory: Laboratory): Promise<Ruling | undefined> {
  if (laboratory.isOver()) return undefined;
  const confirmed = await confirm(suspect, laboratory);
  const ruling = typeof confirmed === 'number' ? confirmed : await examine(suspect, confirmed, laboratory);
  if (typeof ruling !== 'number') return ruling;
  return laboratory.isOver() ? undefined : { kind: 'flaky', suspect, cameBack: ruling };
}

/** Findings of one symptom that look alike are taken for one bug. */
function lookOf({ plan, finding }: Suspect): string {
  return `${finding.type} ${plan.source.format}`;
}

function sightingOf({ plan: { seed, index } }: Suspect): Sighting {
  return { seed, index };
}

/** What it showed when it came back each time, its step alone where that is enough; else how often it did. */
async function confirm(suspect: Suspect, laboratory: Laboratory): Promise<Shown | number> {
  const { plan, finding } = suspect;
  const alone = plan.steps.filter(({ position }) => position === finding.step);
  const single = await comeBack({ ...suspect, plan: { ...plan, steps: alone } }, laboratory);
  return single === 0 && alone.length < plan.steps.length ? comeBack(suspect, laboratory) : single;
}

/** It has to be the same symptom in the same step: a plan with many steps gives a subject that fails at random many chances. */
async function comeBack({ plan, finding, symptom }: Suspect, laboratory: Laboratory): Promise<Shown | number> {
  let shown: Shown | undefined;
  for (let cameBack = 0; cameBack < TRIES; cameBack += 1) {
    shown = await laboratory.observe(plan);
    const same = shown !== undefined && shown.finding.step === finding.step && suspectOf(shown).symptom === symptom;
    if (!same) return cameBack;
  }
  return shown ?? 0;
}

/** The bug, or how often its smallest case came back where that was not each time. */
async function examine(suspect: Suspect, confirmed: Shown, laboratory: Laboratory): Promise<BugRuling | number> {
  const { symptom } = suspect;
  const smallestShown = laboratory.shrinks ? await smallest(confirmed, symptom, laboratory) : confirmed;
  const shown = await comeBack(suspectOf(smallestShown), laboratory);
  if (typeof shown === 'number') return shown;
  const reproducer = reproducerOf(shown.finding, shown.transcript);
  const traits = traitsOf(shown, laboratory.operations);
  const bytes = shown.finding.kind === 'content' ? await laboratory.readBytes(shown.plan) : undefined;
  const bug: Bug = {
    fingerprint: fingerprintOf(symptom, traits),
    traits,
    finding: shown.finding,
    plan: shown.plan,
    reproducer,
    reproduced: await reproduces(reproducer, laboratory),
    origin: await originOf(shown.plan, symptom, laboratory),
    jury: await votesOn(shown, symptom, laboratory),
    ...(bytes && { bytes }),
    sightings: [sightingOf(suspect)],
  };
  return { kind: 'bug', bug, shown };
}

async function originOf(plan: Plan, symptom: string, laboratory: Laboratory): Promise<Origin> {
  const before = await laboratory.observeBaseline(plan);
  if (before === undefined) return 'unknown';
  return before !== 'agrees' && suspectOf(before).symptom === symptom ? 'before' : 'introduced';
}

async function votesOn({ plan, finding }: Shown, symptom: string, laboratory: Laboratory): Promise<Vote[]> {
  const votes: Vote[] = [];
  for (const { name, observe } of laboratory.jurors) {
    votes.push({ juror: name, says: voteOf(await observe(plan), symptom) });
  }
  return isAboutFiles(finding) ? [...votes, ...(await laboratory.askThirdReaders(plan))] : votes;
}

function voteOf(seen: Shown | 'agrees' | undefined, symptom: string): Vote['says'] {
  if (seen === undefined) return 'nothing';
  if (seen === 'agrees') return 'reference';
  return suspectOf(seen).symptom === symptom ? 'subject' : 'otherwise';
}

async function smallest(confirmed: Shown, symptom: string, laboratory: Laboratory): Promise<Shown> {
  let best = confirmed;
  const end = laboratory.now() + laboratory.shrinkSeconds * 1000;
  await shrink(confirmed.plan, {
    operations: laboratory.operations,
    isSound: (plan) => laboratory.isSound(plan, confirmed.plan),
    isOver: () => laboratory.now() >= end || laboratory.isOver(),
    shows: async (plan) => {
      const shown = await laboratory.observe(plan);
      if (shown === undefined || suspectOf(shown).symptom !== symptom) return false;
      best = shown;
      return true;
    },
  });
  return best;
}

/** The exit code of a reproducer that shows a difference. */
const DIFFERS = 1;

async function reproduces(script: string, laboratory: Laboratory): Promise<boolean> {
  for (let attempt = 1; attempt < TRIES; attempt += 1) {
    if ((await laboratory.runReproducer(script)) !== DIFFERS) return false;
  }
  return true;
}
