/** The one sentence with which the summary and the page begin. */
import { counted } from '../verdict/counted.ts';
import type { Report, RunVerdict } from './report.ts';

/** Share of inconclusive iterations above which a run is worth a warning. */
const MANY_INCONCLUSIVE = 0.1;

/** A report in one sentence, without its full stop. */
export interface Headline {
  /** How it is to look: as the verdict does, but worse where a verdict of `ok` alone would promise too much. */
  readonly tone: RunVerdict;
  readonly words: string;
}

/** Whether so many iterations were inconclusive that a person should know. */
export function isMostlyUnknown({ counts, finished }: Report): boolean {
  return finished > 0 && counts.inconclusive / finished > MANY_INCONCLUSIVE;
}

/** What a report comes down to. */
export function headlineOf(report: Report): Headline {
  const { verdict: tone } = report;
  switch (tone) {
    case 'divergent':
      return { tone, words: `The subject diverges from the reference${foundWords(report)}` };
    case 'inconclusive':
      return { tone, words: 'Nothing could be judged' };
    case 'error':
      return { tone, words: 'The run did not finish' };
    case 'ok':
      return headlineOfOk(report);
  }
}

/** Says what a reader would miss who was told only that no iteration diverged. */
function headlineOfOk(report: Report): Headline {
  const { run, counts, finished, carried } = report;
  if (carried.length > 0) return { tone: 'divergent', words: `No iteration diverged, but ${carriedWords(carried)}` };
  if (run.state === 'interrupted') return { tone: 'inconclusive', words: 'Stopped early: no divergence so far' };
  if (!isMostlyUnknown(report)) return { tone: 'ok', words: 'No divergence' };
  const unknown = `${counts.inconclusive} of ${counted(finished, 'iteration')} could not be judged`;
  return { tone: 'inconclusive', words: `No divergence, but ${unknown}` };
}

/** What bugs that no iteration met come from, for the end of a sentence; one at least. */
export function carriedWords({ length }: Report['carried']): string {
  return `trying known bugs and gaps again showed ${counted(length, 'bug')}`;
}

/** Empty where the record lost what was found. */
function foundWords({ bugs, unexplained }: Report): string {
  const parts = [
    ...(bugs.length === 0 ? [] : [counted(bugs.length, 'bug')]),
    ...(unexplained.length === 0 ? [] : [`${counted(unexplained.length, 'finding')} not reduced to bugs`]),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
