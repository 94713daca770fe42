/** What a run adds to the history, from its record. */
import type { Run } from '../github/body.ts';
import type { Addition } from '../history/advance.ts';
import { nextAfter, sourceDigest } from '../history/progress.ts';
import type { Filing } from '../inputs/filing.ts';
import { KeptFiles } from '../report/kept.ts';
import { readRecordLines } from '../report/lines.ts';
import { fuzzingSeconds } from '../report/phases.ts';
import { allBugs, type Report } from '../report/report.ts';
import { isWhole, mayBeTold } from '../report/whole.ts';
import { planOf } from './bugs.ts';

/**
 * Undefined where there is nothing to remember. Of a run that is not whole that is what it saw: it may have bugs to be filed by the
 * next, but says nothing of what it did not see. How far it has come with its seed is kept of a run that resumes: seeds that were drawn
 * never come back, and would take the places of those that do.
 */
export function additionOf(
  report: Report,
  { id, date }: Pick<Run, 'id' | 'date'>,
  { resume }: Pick<Filing, 'resume'>,
): Addition | undefined {
  if (!mayBeTold(report)) return undefined;
  const { counts, run, bugs, standings, replays } = report;
  const seen = allBugs(report).flatMap((line) => {
    const issue = standings.get(line.fingerprint)?.issue?.number;
    const { fingerprint, indices } = line;
    const plan = planOf(report, line);
    return plan === undefined ? [] : [{ fingerprint, sightings: indices.length, plan, ...(issue && { issue }) }];
  });
  if (!isWhole(report)) return seen.length === 0 ? undefined : { date, seen };
  const progress = { of: sourceDigest(run), next: nextAfter(run.first ?? 0, indicesIn(report)) };
  const past = { id, date, seconds: fuzzingSeconds(report.phases, run.lanes), ...counts, bugs: bugs.length };
  return { date, seen, whole: { run: past, replays, ...(resume && { progress }) } };
}

function indicesIn({ directory }: Report): Set<number> {
  return new Set(readRecordLines(new KeptFiles(directory)).iterations.map(({ index }) => index));
}
