import { markdownBlock, markdownCode } from '../trust/inert.ts';
import { counted } from '../verdict/counted.ts';
import { bugIndex } from './bug-index.ts';
import { bugSection } from './bug-section.ts';
import { WINDOW } from './coverage.ts';
import { findingSection } from './finding-section.ts';
import { canaryList, gapList } from './gap-section.ts';
import { headlineOf } from './headline.ts';
import { findingLine } from './one-line.ts';
import { fuzzingSeconds, phaseWords } from './phases.ts';
import { FILES } from './record.ts';
import { askedWords, remarksOn, suspicionOf } from './remarks.ts';
import { IN_CLONE, sameRunCommand } from './replay.ts';
import { replayList } from './replay-section.ts';
import { allBugs, type Report, type RunVerdict } from './report.ts';
import { bytesOf, fitting, partsWithin } from './room.ts';
import { unexplainedWords } from './unexplained.ts';

/** GitHub drops a step's summary whole above 1 MiB; other steps of the job may want room too. */
export const SUMMARY_BYTES = 512 * 1024;

const SIGNS: Readonly<Record<RunVerdict, string>> = { ok: '✅', divergent: '❌', inconclusive: '⚠️', error: '🛑' };

/** What stands where a part of the summary would not fit. */
const LEFT_OUT = ['There is no room here for a part of this summary. The record in the report has all of it.', ''];

/** What a summary says that the report does not know, in words of ours. */
export interface Surroundings {
  /** Why the step is red or is not, in sentences. */
  readonly colour?: string | undefined;
  /** The address of the page that says how findings are read. */
  readonly guide?: string | undefined;
}

/**
 * The Markdown of the job summary: verdict and counts first, then everything a reader may ask next; bounded in bytes.
 */
export function summaryOf(report: Report, { colour, guide }: Surroundings = {}): string {
  const before = partsWithin(
    [headOf(report), colour === undefined ? [] : [colour, ''], bugIndex(report), operationTable(report)],
    SUMMARY_BYTES / 2,
    LEFT_OUT,
  );
  const explained = guide === undefined ? [] : [`[How findings are read](${guide})`, ''];
  const parts = [pastRuns, flakyList, reasonList, gapList, canaryList, replayList, coverageTable, factsOf, locally];
  const after = partsWithin([...parts.map((part) => part(report)), explained], SUMMARY_BYTES / 2 - 1024, LEFT_OUT);
  const sections = [
    ...allBugs(report).map((bug) => bugSection(report, bug)),
    ...report.unexplained.map(
      (finding, at) => `${at === 0 ? unconfirmed(report) : ''}${findingSection(report, finding)}`,
    ),
  ];
  const room = SUMMARY_BYTES - bytesOf([...before, ...after]) - 1024;
  return `${[...before, ...findings(sections, room), ...after].join('\n')}\n`;
}

function headOf(report: Report): string[] {
  const { counts, finished, run } = report;
  const { ok, divergent, inconclusive } = counts;
  const { tone, words } = headlineOf(report);
  return [
    `## ${SIGNS[tone]} ${words}`,
    '',
    `**${ok} ok · ${divergent} divergent · ${inconclusive} inconclusive** of ${counted(finished, 'iteration')}${askedWords(report)}`,
    '',
    ...suspicionOf(report).flatMap((words) => [`⚠️ ${words}`, '']),
    ...(run.error === undefined ? [] : [`Why it did not finish: ${markdownCode(run.error, 1000)}`, '']),
    ...remarksOn(run).flatMap((remark) => [remark, '']),
  ];
}

function operationTable({ operations }: Report): string[] {
  return [
    '| operation | ran | ok | divergent | inconclusive | skipped |',
    '|---|--:|--:|--:|--:|--:|',
    ...operations.map(
      ({ operation, ran, ok, divergent, inconclusive, skipped }) =>
        `| ${operation} | ${ran} | ${ok} | ${divergent} | ${inconclusive} | ${skipped} |`,
    ),
    '',
  ];
}

/** What has to be known before the first finding that no bug accounts for. */
function unconfirmed({ unexplained }: Report): string {
  return `${unexplainedWords(unexplained.length)} They were not confirmed, and several of them may be one bug.\n\n`;
}

/** As many sections as there is room for, in bytes. */
function findings(sections: readonly string[], room: number): string[] {
  if (sections.length === 0) return [];
  const { shown, left } = fitting(sections, room);
  const rest = `There is no room here for ${counted(left, 'more finding')}. All of them are in ${markdownCode(FILES.findings)} in the report.`;
  return ['### Findings', '', ...shown, ...(left > 0 ? [rest, ''] : [])];
}

function reasonList({ reasons }: Report): string[] {
  if (reasons.length === 0) return [];
  const lines = reasons.slice(0, 20).map(({ reason, times }) => `- ${times} ×: ${markdownCode(reason, 300)}`);
  return ['### Why iterations were inconclusive', '', ...lines, ''];
}

/** How many earlier runs are shown. */
const MOST_PAST_RUNS = 10;

function pastRuns({ history }: Report): string[] {
  const latest = history.runs.slice(-MOST_PAST_RUNS).toReversed();
  if (latest.length === 0) return [];
  const rate = (iterations: number, seconds: number) => (seconds > 0 ? (iterations / seconds).toFixed(1) : '');
  const rows = latest.map(({ date, ok, divergent, inconclusive, bugs, seconds }) => {
    const iterations = ok + divergent + inconclusive;
    return `| ${date} | ${iterations} | ${ok} | ${divergent} | ${inconclusive} | ${bugs} | ${rate(iterations, seconds)} |`;
  });
  return [
    '<details><summary>Earlier runs on the default branch, the latest first</summary>',
    '',
    '| day | iterations | ok | divergent | inconclusive | bugs | iterations a second |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    '</details>',
    '',
  ];
}

/** How many flaky findings are named. */
const MOST_FLAKY = 20;

function flakyList({ flaky }: Report): string[] {
  if (flaky.length === 0) return [];
  const lines = flaky.slice(0, MOST_FLAKY).map((line) => `- ${markdownCode(findingLine(line), 300)}`);
  const more = flaky.length > MOST_FLAKY ? [`- and ${flaky.length - MOST_FLAKY} more`] : [];
  return ['### Flaky: differences that did not come back each time they were tried again', '', ...lines, ...more, ''];
}

/** How many never drawn values are named of one operation. */
const MOST_NEVER = 12;

/** Which iterations the coverage is of: of each shard of a run the last ones, whatever others drew. */
function coveredWords({ run: { shards = 1 }, asked, finished }: Report): string {
  if (Math.ceil(asked / shards) <= WINDOW || finished <= WINDOW) return counted(finished, 'iteration');
  const last = `the last ${WINDOW.toLocaleString('en')}`;
  return shards === 1 ? `${last} of ${finished} iterations` : `${last} iterations of each of ${shards} shards`;
}

function coverageTable(report: Report): string[] {
  const { run } = report;
  if (run.coverage === undefined) return [];
  const rows = Object.entries(run.coverage).map(([name, { values, pairs, neverValues }]) => {
    const more = neverValues.length > MOST_NEVER ? ` and ${neverValues.length - MOST_NEVER} more` : '';
    const never = neverValues
      .slice(0, MOST_NEVER)
      .map((value) => markdownCode(value))
      .join(', ');
    return `| ${name} | ${values.join(' of ')} | ${pairs.join(' of ')} | ${never}${more} |`;
  });
  return [
    `<details><summary>Option coverage in ${coveredWords(report)}</summary>`,
    '',
    '| options of | values | pairs of values | never drawn |',
    '|---|--:|--:|---|',
    ...rows,
    '',
    'Some pairs exclude each other or are known gaps. Every count stands in `coverage.json`.',
    '',
    '</details>',
    '',
  ];
}

function factsOf({ run, directory, finished, phases }: Report): string[] {
  const { subjectVersion, referenceVersion, seed, first = 0, seconds, image, containerEngine, lanes, program } = run;
  const fuzzing = fuzzingSeconds(phases, lanes);
  return [
    '### The run',
    '',
    `- subject: ${markdownCode(run.instar, 300)} (${markdownCode(subjectVersion)})`,
    `- reference: ${markdownCode(referenceVersion)}`,
    ...(run.juryVersions.length === 0
      ? []
      : [`- jury: ${run.juryVersions.map((version) => markdownCode(version)).join(', ')}`]),
    `- seed: ${markdownCode(seed)}${first === 0 ? '' : `, from iteration ${first} on`}`,
    `- ${seconds} s in all, on ${counted(lanes, 'lane')}, container engine ${markdownCode(containerEngine)}, image ${markdownCode(image)}`,
    ...(phases && fuzzing > 0
      ? [
          `- ${(finished / fuzzing).toFixed(1)} iterations a second over ${fuzzing} s; of the lanes’ time in them: ${phaseWords(phases)}`,
        ]
      : []),
    `- report directory on the machine that did this run: ${markdownCode(directory, 400)}; made by ${markdownCode(program)}`,
    '',
  ];
}

function locally(report: Report): string[] {
  return [
    '### The same run on your machine',
    '',
    `Run this ${IN_CLONE}:`,
    '',
    markdownBlock(sameRunCommand(report), 'sh'),
    '',
  ];
}
