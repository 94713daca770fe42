/**
 * From findings to bugs: one finding of each symptom after the other is confirmed, shrunk, and gets its fingerprint; its reproducer is
 * printed and tried. Others of the symptom that this bug explains are counted as it and not run again. Nothing here touches the disk; it
 * asks for plans to be run.
 */
import type { Finding } from '../verdict/finding.ts';
import { explains, isGrave } from '../verdict/severity.ts';
import type { Bug, Origin } from './bug.ts';
import { fingerprintOf, type Shown, traitsOf } from './fingerprint.ts';
import { isAboutFiles, type Vote } from './jury.ts';
import { BugsOfAKind, sightingsOf } from './kind.ts';
import type { Laboratory } from './laboratory.ts';
import { smallestFirst } from './order.ts';
import { reproducerOf } from './reproducer.ts';
import type { BugRuling, Ruling, Suspect } from './ruling.ts';
import { shrink } from './shrink.ts';
import { symptomOf } from './symptom.ts';

/** How often a finding is run again, before and after it is shrunk; it has to come back each time, as a subject that fails at random would now and then. */
export const TRIES = 3;

/** Makes a suspect of what an iteration showed. */
export function suspectOf(shown: Shown): Suspect {
  // A copy: parts of a text keep all of it in memory, and many findings may each hold a few words out of megabytes.
  const finding = structuredClone(shown.finding);
  return { plan: shown.plan, finding, symptom: symptomOf(shown.finding, shown.transcript) };
}

/** Suspects of one symptom that wait to be looked into, and the bugs that were found among them. */
interface Kind {
  readonly waiting: Suspect[];
  readonly bugs: BugsOfAKind;
}

/**
 * Rules on all suspects: on one of each symptom before a second of any, the smallest case first, and the rarest symptom first, as what
 * shows often will show again, and a known bug that shows often must not use up the time of a new one. What there was no time for is not
 * ruled on. A bug is told as soon as it is known, so that nothing is lost should this be killed, and again with all its sightings.
 */
export async function* triage(suspects: readonly Suspect[], laboratory: Laboratory): AsyncGenerator<Ruling> {
  const kinds = new Map<string, Kind>();
  const admit: Admit = (suspect) => {
    const kind = kinds.get(suspect.symptom) ?? { waiting: [], bugs: new BugsOfAKind(laboratory) };
    kind.waiting.push(suspect);
    kinds.set(suspect.symptom, kind);
  };
  smallestFirst(suspects).forEach(admit);
  for (let busy = busyOf(kinds); busy.length > 0; busy = busyOf(kinds)) {
    for (const kind of busy) yield* lookIntoOne(kind, laboratory, admit);
  }
}

/** Takes in a suspect. */
type Admit = (suspect: Suspect) => void;

/** Those of which any wait, the rarest first. */
function busyOf(kinds: ReadonlyMap<string, Kind>): Kind[] {
  const busy = [...kinds.values()].filter(({ waiting }) => waiting.length > 0);
  return busy.toSorted((a, b) => a.waiting.length - b.waiting.length);
}

/** Looks into the first of a kind that none of its bugs explains; once none is left, tells its bugs again. */
async function* lookIntoOne(kind: Kind, laboratory: Laboratory, admit: Admit): AsyncGenerator<Ruling> {
  const { waiting, bugs } = kind;
  const suspect = unexplainedOf(kind);
  const ruling = suspect && (await ruleOn(suspect, laboratory));
  if (suspect && ruling?.kind === 'bug' && bugs.add(ruling, suspect)) yield ruling;
  if (suspect && ruling?.kind === 'flaky') {
    const other = await instead(suspect, laboratory);
    if (other) admit(other);
    else yield ruling;
  }
  if (waiting.length === 0) yield* bugs.seenAgain();
}

/** The next that none of the kind's bugs accounts for, and that is worth a look. */
function unexplainedOf({ waiting, bugs }: Kind): Suspect | undefined {
  for (let suspect = waiting.shift(); suspect !== undefined; suspect = waiting.shift()) {
    // What waits to be filed has a fingerprint of its own already: counted as a more general bug it would wait for ever.
    if (suspect.carriedFrom === 'earlier-run') return suspect;
    if (!bugs.accountFor(suspect) && !bugs.isExhausted) return suspect;
  }
  return undefined;
}

/** Rules on one finding; undefined where that was cut short, which says nothing: the finding then stands as it was found. */
async function ruleOn(suspect: Suspect, laboratory: Laboratory): Promise<Ruling | undefined> {
  if (laboratory.isOver()) return undefined;
  const confirmed = await confirm(suspect, laboratory);
  const ruling = typeof confirmed === 'number' ? confirmed : await examine(suspect, confirmed, laboratory);
  if (typeof ruling !== 'number') return ruling;
  return laboratory.isOver() ? undefined : { kind: 'flaky', suspect, cameBack: ruling };
}

/** What the iteration shows where a finding does not come back: a lesser one, in whose place it was told. */
async function instead(suspect: Suspect, laboratory: Laboratory): Promise<Suspect | undefined> {
  if (suspect.isInstead || laboratory.isOver()) return undefined;
  const seen = await laboratory.observe(suspect.plan);
  if (seen === undefined || suspectOf(seen).symptom === suspect.symptom) return undefined;
  const { carriedFrom } = suspect;
  return { ...suspectOf(seen), ...(carriedFrom && { carriedFrom }), isInstead: true };
}

/** What it showed when it came back each time, its step alone where that is enough; else how often it did. */
async function confirm(suspect: Suspect, laboratory: Laboratory): Promise<Shown | number> {
  const { plan, finding } = suspect;
  const alone = plan.steps.filter(({ position }) => position === finding.step);
  const single = await comeBack({ ...suspect, plan: { ...plan, steps: alone } }, laboratory);
  return single === 0 && alone.length < plan.steps.length ? comeBack(suspect, laboratory) : single;
}

/** How many tries of one finding are made again because nothing could be told of them, by a time-out on a busy machine for example. */
const MOST_REPEATED = 2;

/** It has to be the same symptom in the same step: a plan with many steps gives a subject that fails at random many chances. */
async function comeBack({ plan, finding, symptom }: Suspect, laboratory: Laboratory): Promise<Shown | number> {
  let shown: Shown | undefined;
  let repeated = 0;
  for (let cameBack = 0; cameBack < TRIES; ) {
    const seen = await laboratory.look(plan);
    if (seen === undefined && repeated < MOST_REPEATED && !laboratory.isOver()) {
      repeated += 1;
      continue;
    }
    if (seen === undefined || seen === 'agrees' || seen.finding.step !== finding.step) return cameBack;
    if (suspectOf(seen).symptom !== symptom) return cameBack;
    shown = seen;
    cameBack += 1;
  }
  return shown ?? 0;
}

/**
 * The bug, or how often its smallest case came back where that was not each time. A smaller plan can show seldom what the whole one shows
 * always: then that one is told, as one whose smallest case is not known.
 */
async function examine(suspect: Suspect, confirmed: Shown, laboratory: Laboratory): Promise<BugRuling | number> {
  const { symptom } = suspect;
  const shrunk = laboratory.shrinks ? await smallest(confirmed, symptom, laboratory) : undefined;
  const smallestShown = shrunk?.shown ?? confirmed;
  const small = await comeBack(suspectOf(smallestShown), laboratory);
  const isSeldom = typeof small === 'number' && smallestShown !== confirmed;
  const shown = isSeldom ? await comeBack(suspectOf(confirmed), laboratory) : small;
  if (typeof shown === 'number') return shown;
  const unfinished = isSeldom ? 'seldom' : shrunk?.cutShort && 'time';
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
    origin: await originOf(shown, symptom, laboratory),
    jury: await votesOn(shown, symptom, laboratory),
    ...(bytes && { bytes }),
    ...(unfinished && { unfinished }),
    sightings: sightingsOf(suspect),
  };
  return { kind: 'bug', bug, shown };
}

/** Only what the baseline never shows came with what is tried; where it shows something else that would keep it from showing, it is no witness. */
async function originOf({ plan, finding }: Shown, symptom: string, laboratory: Laboratory): Promise<Origin> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await laboratory.observeBaseline(plan);
    if (before === undefined) return 'unknown';
    if (before === 'agrees' || isPassedOver(before.finding, finding)) continue;
    return suspectOf(before).symptom === symptom ? 'before' : 'unknown';
  }
  return 'introduced';
}

/** Whether one finding would have been told behind another: what costs data is, behind what is only said. */
function isPassedOver(before: Finding, finding: Finding): boolean {
  const isLess = before.kind === 'json' && before.step === finding.step && !isGrave(before) && isGrave(finding);
  return isLess && !explains(before, finding);
}

async function votesOn({ plan, finding }: Shown, symptom: string, laboratory: Laboratory): Promise<Vote[]> {
  const votes: Vote[] = [];
  for (const { name, observe } of laboratory.jurors) {
    votes.push({ juror: name, says: voteOf(await observe(plan), finding, symptom) });
  }
  return isAboutFiles(finding) ? [...votes, ...(await laboratory.askThirdReaders(plan))] : votes;
}

function voteOf(seen: Shown | 'agrees' | undefined, finding: Finding, symptom: string): Vote['says'] {
  if (seen === undefined) return 'nothing';
  if (seen === 'agrees' || isPassedOver(seen.finding, finding)) return 'reference';
  return suspectOf(seen).symptom === symptom ? 'subject' : 'otherwise';
}

/** The smallest that still shows it, and whether time ended the search. */
async function smallest(confirmed: Shown, symptom: string, laboratory: Laboratory) {
  let best = confirmed;
  const end = laboratory.now() + laboratory.shrinkSeconds * 1000;
  const isOver = () => laboratory.now() >= end || laboratory.isOver();
  await shrink(confirmed.plan, {
    operations: laboratory.operations,
    isSound: (plan) => laboratory.isSound(plan, confirmed.plan),
    isOver,
    shows: async (plan) => {
      const shown = await laboratory.observe(plan);
      if (shown === undefined || suspectOf(shown).symptom !== symptom) return false;
      best = shown;
      return true;
    },
  });
  return { shown: best, cutShort: isOver() };
}

/** The exit code of a reproducer that shows a difference. */
const DIFFERS = 1;

async function reproduces(script: string, laboratory: Laboratory): Promise<boolean> {
  for (let attempt = 1; attempt < TRIES; attempt += 1) {
    if ((await laboratory.runReproducer(script)) !== DIFFERS) return false;
  }
  return true;
}
