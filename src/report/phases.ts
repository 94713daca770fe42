import type { TranscriptEntry } from '../sandbox/transcript.ts';

/** Where the time of an iteration went, in milliseconds: making images, either tool's commands under test, comparing, and all else. */
export interface Phases {
  readonly fixture: number;
  readonly subject: number;
  readonly reference: number;
  readonly compare: number;
  readonly harness: number;
}

/** What each phase is called, in the order in which they are told. */
export const PHASE_WORDS: Readonly<Record<keyof Phases, string>> = {
  fixture: 'making images',
  subject: 'the subject’s commands',
  reference: 'the reference’s commands',
  compare: 'comparing',
  harness: 'the fuzzer itself',
};

/** The phases of one iteration, which took so many milliseconds in all. */
export function phasesOf(transcript: readonly TranscriptEntry[], milliseconds: number): Phases {
  const sum = (phase: keyof Phases) =>
    Math.round(transcript.reduce((total, entry) => total + (phaseOf(entry) === phase ? entry.milliseconds : 0), 0));
  const [fixture, subject, reference, compare] = [sum('fixture'), sum('subject'), sum('reference'), sum('compare')];
  const harness = Math.max(0, Math.round(milliseconds) - fixture - subject - reference - compare);
  return { fixture, subject, reference, compare, harness };
}

function phaseOf({ purpose, side }: TranscriptEntry): keyof Phases {
  if (purpose === 'fixture') return 'fixture';
  return purpose === 'test' ? side : 'compare';
}

/** The sums of many; nothing where there are none. */
export function totalPhases(all: readonly Phases[]): Phases | undefined {
  if (all.length === 0) return undefined;
  const sum = (phase: keyof Phases) => all.reduce((total, one) => total + one[phase], 0);
  return {
    fixture: sum('fixture'),
    subject: sum('subject'),
    reference: sum('reference'),
    compare: sum('compare'),
    harness: sum('harness'),
  };
}

/** Seconds that all iterations took, which shared so many lanes: a run's own also count what comes before and after, such as shrinking. */
export function fuzzingSeconds(phases: Phases | undefined, lanes: number): number {
  return phases === undefined ? 0 : Math.round(totalOf(phases) / lanes / 100) / 10;
}

function totalOf(phases: Phases): number {
  return Object.values(phases).reduce((sum: number, one: number) => sum + one, 0);
}

/** The share of each phase in words. */
export function phaseWords(phases: Phases): string {
  const total = totalOf(phases);
  const share = (phase: keyof Phases) => `${Math.round((100 * phases[phase]) / Math.max(1, total))} %`;
  const names = Object.keys(PHASE_WORDS) as (keyof Phases)[];
  return names.map((phase) => `${PHASE_WORDS[phase]} ${share(phase)}`).join(', ');
}
