/** Steps into known gaps on purpose, to learn whether they still are what the ledger says: a gap may have closed, or become worse. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { canarySeed } from '../gaps/canary-seed.ts';
import type { Expectation, Gap } from '../gaps/gap.ts';
import { gapsWithout } from '../gaps/ledger.ts';
import { seededDraw } from '../plan/draw.ts';
import type { Plan, Step } from '../plan/plan.ts';
import type { CanaryLine } from '../report/canary-line.ts';
import type { Shown } from '../triage/fingerprint.ts';
import type { Laboratory } from '../triage/laboratory.ts';
import type { Suspect } from '../triage/ruling.ts';
import { suspectOf } from '../triage/triage.ts';
import { severityOf } from '../verdict/severity.ts';
import { plansOf } from './plans.ts';

/** How often each gap is stepped into in a run. */
const DRAWS = 5;

/** Plans that are looked at for one step into a gap: a rare choice of options may take long to be drawn. */
const MOST_PLANS = 3000;

/** Plans that are drawn without a pause, in which the run hears what it is told: to end, for one. */
const TURN = 100;

/** What the canaries brought back: a line for each gap, and what is no documented difference. */
export interface CanaryResults {
  readonly lines: readonly CanaryLine[];
  readonly suspects: readonly Suspect[];
}

/** What canaries are drawn from. */
export interface CanarySettings {
  readonly ledger: readonly Gap[];
  readonly seed: string;
  readonly operations: readonly string[];
  /** Told at once of each try that showed something else than is documented, and of which gap. */
  changed(gap: string, shown: Shown): void;
}

/**
 * Tries every gap of these operations that says what it shows, and tells of which there was no time. Each seed begins with another one, so
 * that these are not the same every night; the same seed tries the same.
 */
export async function sendCanaries(settings: CanarySettings, laboratory: Laboratory): Promise<CanaryResults> {
  const { ledger, seed } = settings;
  const lines: CanaryLine[] = [];
  const suspects: Suspect[] = [];
  for (const gap of fromAnyOn(ledger, seed)) {
    if (gap.handling.kind !== 'avoid' || gap.handling.shows === undefined) continue;
    if (!gap.operations.some((name) => settings.operations.includes(name))) continue;
    if (laboratory.isOver()) {
      lines.push({ gap: gap.id, documented: 0, agreed: 0, other: 0, says: 'not tried' });
      continue;
    }
    const { drawn, counts, ...seen } = await tryAll(gap, gap.handling.shows, settings, laboratory);
    if (drawn > 0) lines.push({ gap: gap.id, ...counts, says: wordFor(counts) });
    suspects.push(...seen.suspects);
  }
  return { lines, suspects };
}

function fromAnyOn(ledger: readonly Gap[], seed: string): readonly Gap[] {
  const first = seededDraw(`${seed}/canaries`).integer(0, Math.max(0, ledger.length - 1));
  return [...ledger.slice(first), ...ledger.slice(0, first)];
}

/** One step each into this gap and no other, until there is no time left. */
async function* plansInto(
  gap: Gap,
  { ledger, seed, operations }: CanarySettings,
  laboratory: Laboratory,
): AsyncGenerator<Plan> {
  const { id, handling } = gap;
  const surely = (handling.kind === 'avoid' && handling.shows?.surely) || (() => true);
  const names = gap.operations.filter((name) => operations.includes(name));
  const planOf = plansOf(canarySeed(seed, id), names, gapsWithout([id], ledger));
  const gapOf = gapsWithout([], ledger);
  let found = 0;
  for (let index = 0; index < MOST_PLANS && found < DRAWS && !laboratory.isOver(); index += 1) {
    if (index % TURN === 0) await nextTurn();
    const plan = planOf(index);
    const { source } = plan;
    const steps = plan.steps.flatMap((step) => (step.kind === 'run' ? [withoutMistakes(step)] : []));
    const step = steps.find((one) => gapOf(one, source) === id && surely(one, source));
    if (step === undefined) continue;
    found += 1;
    yield { ...plan, steps: [step] };
  }
}

/** A mistake would be tried first, and what it shows is not the gap. */
function withoutMistakes({ mistakes: _, ...step }: Step & { kind: 'run' }): Step & { kind: 'run' } {
  return step;
}

interface Seen {
  readonly drawn: number;
  readonly counts: Pick<CanaryLine, 'documented' | 'agreed' | 'other'>;
  readonly suspects: readonly Suspect[];
}

async function tryAll(
  gap: Gap,
  { severities }: Expectation,
  settings: CanarySettings,
  laboratory: Laboratory,
): Promise<Seen> {
  const suspects: Suspect[] = [];
  let [drawn, documented, agreed] = [0, 0, 0];
  for await (const plan of plansInto(gap, settings, laboratory)) {
    drawn += 1;
    const shown = await laboratory.look(plan);
    if (shown === 'agrees') agreed += 1;
    else if (shown === undefined) continue;
    else if (severities.includes(severityOf(shown.finding, false))) documented += 1;
    else {
      settings.changed(gap.id, shown);
      suspects.push({ ...suspectOf(shown), carriedFrom: 'known-gap' });
    }
  }
  return { drawn, counts: { documented, agreed, other: suspects.length }, suspects };
}

/** Agreement counts only where none of the draws showed a difference, and none was lost. */
function wordFor({ documented, agreed, other }: Seen['counts']): CanaryLine['says'] {
  if (other > 0) return 'changed';
  if (documented > 0) return 'as documented';
  return agreed === DRAWS ? 'lifted' : 'unclear';
}
