import { Inconclusive } from '../oracles/inconclusive.ts';
import type { Observation, Oracle } from '../oracles/observation.ts';
import type { Judgement } from '../verdict/finding.ts';
import { explains, isGrave } from '../verdict/severity.ts';
import type { Stage } from './stage.ts';

/**
 * What some oracles find, asked in turn. The first finding stands, unless one behind it costs data: a difference in what is said of an image
 * must not hide one in what it holds, least of all for as long as it is known and not fixed. Of what was asked after the finding
 * nothing stays in the transcript, from which its reproducer is printed.
 */
export async function worstFinding(
  oracles: readonly Oracle[],
  observation: Observation,
  stage: Stage,
): Promise<Judgement | undefined> {
  let worst: Judgement | undefined;
  let commands = 0;
  for (const oracle of oracles) {
    if (worst && isGrave(worst)) break;
    const found = worst ? await unlessInconclusive(oracle(observation)) : await oracle(observation);
    if (found && (worst === undefined || (isGrave(found) && !explains(worst, found)))) {
      worst = found;
      commands = stage.transcript.length;
    }
  }
  if (worst) stage.transcript.length = commands;
  return worst;
}

/** What cannot be told behind a finding takes nothing from it. */
async function unlessInconclusive(finding: Promise<Judgement | undefined>): Promise<Judgement | undefined> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof Inconclusive) return undefined;
    throw error;
  }
}
