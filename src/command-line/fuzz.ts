import { join } from 'node:path';
import type { Settings } from '../inputs/settings.ts';
import { shareOf } from '../plan/shard.ts';
import { isMostlyUnknown } from '../report/headline.ts';
import { bugLine, findingLine } from '../report/one-line.ts';
import { FILES } from '../report/record.ts';
import { IN_CLONE, replayCommand } from '../report/replay.ts';
import { allBugs, type Report } from '../report/report.ts';
import { reproduceCommand } from '../report/reproduce.ts';
import { failureOf } from '../session/failure.ts';
import type { PlanOf } from '../session/plans.ts';
import { type Caller, runSession } from '../session/session.ts';
import { toolWords } from '../session/tool-words.ts';
import { runOnHost } from '../shell/run-on-host.ts';
import { stopOnSignals } from '../shell/stop.ts';
import { inertLine, inertLines } from '../trust/inert.ts';
import { counted } from '../verdict/counted.ts';
import { describeFinding } from '../verdict/words.ts';
import { COULD_NOT_RUN, DIVERGENT, INTERRUPTED } from './exit-codes.ts';
import { requireLocalImage } from './image.ts';
import { Screen } from './screen.ts';

/** Findings that are told in full at the end; the summary has them all. */
const MOST_TOLD = 5;

/** Runs the plans, shows what happens, and gives the exit code. Throws CannotRun where nothing could be started. */
export async function fuzzAndTell(settings: Settings, planOf: PlanOf): Promise<number> {
  const signal = stopOnSignals();
  await requireLocalImage(settings, runOnHost);
  const screen = new Screen(shareOf(settings.iterations, settings.shard), settings['time-budget']);
  screen.say(inertLine(`Seed: ${settings.seed}`));
  if (settings.subject.kind === 'reference') {
    screen.say('Calibration: the reference runs against itself. Give --instar PATH to try another subject.');
  }
  const caller: Caller = {
    runOnHost,
    signal,
    reserved: () => {},
    begun: (tools) => {
      for (const line of toolWords(tools)) screen.say(line);
    },
    fuzzing: () => screen.fuzzing(),
    finished: (iteration) => screen.add(iteration),
    known: async () => [],
    triaging: (triage) => screen.triaging(triage),
    warn: (message) => screen.say(inertLines(message)),
  };
  try {
    // The line that is written over and over must have ended before anything else is told.
    const report = await runSession(settings, planOf, caller).finally(() => screen.end());
    const code = tellReport(report, settings);
    return code === 0 && signal.aborted ? INTERRUPTED : code;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    throw error;
  }
}

/** Shows a finished report and gives the exit code. */
export function tellReport(report: Report, settings: Settings): number {
  tell(report);
  if (failureOf(report, settings['fail-on'], false)?.kind === 'failed') return DIVERGENT;
  return report.verdict === 'error' || report.run.error !== undefined ? COULD_NOT_RUN : 0;
}

/** The end of a run on standard output: verdict, counts, the first findings and where everything is. */
function tell(report: Report): void {
  const { verdict, counts, finished, unexplained, directory, run } = report;
  const findings = [...allBugs(report), ...unexplained];
  const lines = [
    `${verdict}: ${counts.ok} ok, ${counts.divergent} divergent, ${counts.inconclusive} inconclusive of ${counted(finished, 'iteration')}`,
    ...(run.error === undefined ? [] : [inertLine(run.error)]),
    ...(isMostlyUnknown(report) ? ['Warning: more than a tenth was inconclusive; the summary says why.'] : []),
    ...findings
      .slice(0, MOST_TOLD)
      .flatMap((finding) => [
        '',
        'index' in finding ? findingLine(finding) : bugLine(finding),
        `  expected: ${inertLine(describeFinding(finding.finding).expected)}`,
        `  got:      ${inertLine(describeFinding(finding.finding).got)}`,
        `  script:   ${inertLine(join(directory, finding.folder, 'repro.sh'))}`,
        ...('reproduced' in finding && !finding.reproduced ? [] : [`  run it:   ${reproduceCommand(report, finding)}`]),
        `  replay:   ${replayCommand(report, finding)}`,
      ]),
    ...(findings.length > MOST_TOLD
      ? ['', `The summary has ${counted(findings.length - MOST_TOLD, 'more finding')}.`]
      : []),
    '',
    ...(findings.length === 0 ? [] : [`Replay:  the commands above, ${IN_CLONE}`]),
    `Summary: ${inertLine(join(directory, FILES.summary))}`,
    `Page:    ${inertLine(join(directory, FILES.page))}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
