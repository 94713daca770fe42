/** An issue's title and body, and the comments, as Markdown. Every text of the subject in them passes `trust/` first. */

import { byteWords } from '../report/byte-words.ts';
import { IN_CLONE } from '../report/replay.ts';
import { RUN_SCRIPT } from '../report/reproduce.ts';
import { traitWords } from '../report/trait-words.ts';
import { shellWord } from '../sandbox/lane.ts';
import { type Bug, describeOrigin, FINGERPRINT_SCHEME } from '../triage/bug.ts';
import { describeVote, severityOfBug } from '../triage/jury.ts';
import { inertLine, markdownBlock, markdownCode, plainTitle } from '../trust/inert.ts';
import { explain } from '../verdict/explain.ts';
import { SEVERITY_WORDS } from '../verdict/severity.ts';
import { describeBug, describeFinding, expectedLabel } from '../verdict/words.ts';
import { planSection } from './body-plan.ts';
import { countLine } from './count.ts';
import { cutInTheMiddle } from './cut.ts';
import { firstSeenWords, iterationsAtFirst } from './first-seen.ts';
import { markerLine } from './marker.ts';
import { firstState, type Witness } from './state.ts';

/** Characters of a body at most; GitHub refuses more than 65,536, and people and later runs add some. */
export const BODY_CHARACTERS = 60_000;

/** What an issue says of the run that found a bug. */
export interface Run extends Witness {
  /** The address of the run's page. */
  readonly url: string;
  /** When what it tests was put together at the latest, in ISO form: its start, as far as nothing earlier is known. */
  readonly testedAsOf: string;
  /** What found it, by name and version, and the action's commit where it is known. */
  readonly program: string;
  readonly seed: string;
  /** The flags without which the seed draws other plans. */
  readonly drawnWith: readonly string[];
  /** The version that each side gives itself, and the container image they ran in. */
  readonly subjectVersion: string;
  readonly referenceVersion: string;
  readonly image: string;
  /** The command that runs a script that lies beside the subject in that image; absent where none was used. */
  readonly inImage?: string;
}

/** What people can do with an issue, and must not. */
const WHAT_TO_DO =
  'Close it as completed once it is fixed (a later run reopens it if it is back), or as not planned to accept it. Keep the hidden first line.';

/** The title of a bug's issue: the symptom in words, at most 200 characters, in which nothing acts. */
export function titleOf({ finding, traits }: Bug): string {
  return plainTitle(describeBug(finding, traits));
}

/** The body of a new issue: what differs first, evidence after it, the smallest plan last. */
export function bodyOf(bug: Bug, run: Run): string {
  const state = firstState(iterationsAtFirst(bug), run);
  return fitting((characters) => [
    markerLine({ scheme: FINGERPRINT_SCHEME, fingerprint: bug.fingerprint, state }),
    '',
    ...symptom(bug),
    countLine(state, run.url),
    '',
    WHAT_TO_DO,
    '',
    ...reproducer(bug, run, characters),
    ...juryTable(bug),
    ...replay(bug, run),
    ...versions(bug, run),
    ...smallestPlan(bug, run, characters),
  ]);
}

/** The comment with which a bug comes back that was closed as fixed. */
export function regressionComment(bug: Bug, run: Run): string {
  return fitting((characters) => [
    `This is back: it was closed as completed, and ${linked(run)} of ${run.date} shows it again.`,
    '',
    ...symptom(bug),
    '',
    ...reproducer(bug, run, characters),
    ...versions(bug, run),
  ]);
}

/** The comment on an issue whose smallest plan shows no difference any more. */
export function fixedComment(run: Run, nights: number, closed: boolean): string {
  const end = closed ? 'So it is closed as completed.' : 'If it was fixed, this can be closed.';
  return [
    `The smallest plan of this issue was run again, and both sides agree now, in ${nights} runs in a row; the last was ${linked(run)} of ${run.date}.`,
    `${end} Should it be seen again, it is reopened.`,
    '',
    ...sides(run),
  ].join('\n');
}

/** Whether a body is one of ours, with or without its marker. */
export function isReport(body: string): boolean {
  return /^- type: `[^`\n]+`, fingerprint `[0-9a-f]{16}`\r?$/m.test(body);
}

/** The first words of the comment on a twin, by which a later run finds its elder: GitHub's own way to say so. */
export const DUPLICATE_OF = 'Duplicate of #';

/** The comments on two issues that two runs opened for one bug at the same moment. */
export function twinComments(older: number, younger: number): { readonly onOlder: string; readonly onYounger: string } {
  return {
    onOlder: `#${younger} is the same bug, filed by a run at the same time. It is closed in favour of this one.`,
    onYounger: `${DUPLICATE_OF}${older}\n\nTwo runs filed the same bug at the same time. The older issue stays.`,
  };
}

/** How many characters reproducer and plan may each have: the first number with which all fits. */
const ROOM = [12_000, 3000, 0];

function fitting(linesFor: (characters: number) => readonly string[]): string {
  let body = '';
  for (const characters of ROOM) {
    body = linesFor(characters).join('\n');
    if (body.length < BODY_CHARACTERS) break;
  }
  return body.replace(/\p{Cs}/gu, '\ufffd');
}

function symptom(bug: Bug): string[] {
  const { finding, fingerprint, origin, traits, bytes } = bug;
  const words = describeOrigin(origin);
  const severity = severityOfBug(bug);
  const { title, expected, got } = describeFinding(finding);
  return [
    explain(finding),
    '',
    `- severity **${severity}**: ${SEVERITY_WORDS[severity]}`,
    `- symptom: ${markdownCode(title, 300)}`,
    `- ${expectedLabel(finding)}: ${markdownCode(expected, 800)}`,
    `- got (subject): ${markdownCode(got, 800)}`,
    ...traitWords(traits).map((line) => `- ${line}`),
    ...(bytes === undefined ? [] : byteWords(bytes).map((line) => `- ${line}`)),
    `- type: ${markdownCode(finding.type)}, fingerprint \`${fingerprint}\``,
    ...(words === undefined ? [] : [`- ${words}`]),
  ];
}

function reproducer(bug: Bug, run: Run, characters: number): string[] {
  const whole = inReport(`bugs/${bug.fingerprint}/repro.sh`, run);
  if (!bug.reproduced) {
    return [
      '### Reproducer',
      '',
      'None: run on its own, the script did not show the difference. See below for replaying the whole case.',
      '',
    ];
  }
  const shown = cutInTheMiddle(bug.reproducer.trimEnd(), characters);
  if (shown === '') return ['### Reproducer', '', `It is too long to include here: ${whole}.`, ''];
  return [
    '### Reproducer',
    '',
    shown === bug.reproducer.trimEnd()
      ? `Save this as \`repro.sh\` and run \`${RUN_SCRIPT}\`. It needs a POSIX shell with the usual tools, \`qemu-img\`, and \`qemu-io\` or another reader where it calls one; it makes its own images. It exits with 1 as long as the two tools differ and with 0 when they agree. It was run before it was published here.`
      : `Its middle is cut; run the whole one, ${whole}, by \`${RUN_SCRIPT}\`. It exits with 1 as long as the two tools differ and with 0 when they agree.`,
    '',
    markdownBlock(shown, 'sh', shown.length),
    '',
    ...beside(run),
  ];
}

function beside({ inImage }: Run): string[] {
  if (inImage === undefined) return [];
  const words =
    'Without these tools: build or pull the image of the run as its workflow does, put `repro.sh` into the directory that holds the subject and its files, and run this there:';
  return [words, '', markdownBlock(inImage, 'sh'), ''];
}

/** What only an earlier run saw, or a step into a known gap, is drawn again by no seed of this run. */
function replay({ sightings: [first] }: Bug, run: Run): string[] {
  const seed = first?.seed === run.seed ? [inertLine(`${first.seed}/${first.index}`)] : [];
  const drawn = run.drawnWith.map((word) => ` ${shellWord(inertLine(word))}`).join('');
  const commands = [
    '# the smallest plan, from the end of this issue',
    'script/fuzz replay plan.json --instar path/to/instar',
    ...seed.flatMap((name) => [
      '# the iteration in which it was first seen',
      `script/fuzz replay ${shellWord(name)}${drawn} --instar path/to/instar`,
    ]),
  ];
  const place = `${IN_CLONE}, at the version below (another version may draw another plan from the same seed):`;
  return ['### Replay', '', `Run these ${place}`, '', markdownBlock(commands.join('\n'), 'sh', 2000), ''];
}

function versions(bug: Bug, run: Run): string[] {
  return [
    '### Where it was seen',
    '',
    ...sides(run),
    `- by ${markdownCode(run.program)}`,
    `- ${firstSeenWords(bug, linked(run))}`,
    '',
  ];
}

/** What other versions of the reference do with the smallest plan, and what third readers see in the files that it leaves. */
function juryTable({ jury }: Bug): string[] {
  if (jury.length === 0) return [];
  const rows = jury.map((vote) => `| ${markdownCode(vote.juror)} | ${describeVote(vote)} |`);
  return ['### What other programs say', '', '| program | result |', '|---|---|', ...rows, ''];
}

function sides({ subjectVersion, referenceVersion, image }: Run): string[] {
  return [
    `- subject: ${markdownCode(subjectVersion)}`,
    `- reference: ${markdownCode(referenceVersion)}, in ${markdownCode(image)}`,
  ];
}

function linked({ url }: Run): string {
  return `[this run](${encodeURI(url)})`;
}

/** Only the workflow knows what it calls the report, or whether it keeps it. */
function inReport(file: string, run: Run): string {
  return `${markdownCode(file)} in the report, where the workflow of ${linked(run)} keeps it as an artifact`;
}

function smallestPlan({ plan, fingerprint }: Bug, run: Run, characters: number): string[] {
  const lost = `The smallest plan is too long to include here: ${inReport(`bugs/${fingerprint}/plan.json`, run)}.`;
  return [planSection(plan, characters) ?? lost];
}
