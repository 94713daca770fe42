import { failedComparison } from '../execution/bytes.ts';
import { snapshotCopy } from '../oracles/snapshots.ts';
import { MEASURE_TOLERANCE } from '../oracles/tolerances.ts';
import { THIRD_READERS } from '../sandbox/command.ts';
import { limitFiles } from '../sandbox/file-limit.ts';
import { shellWord } from '../sandbox/lane.ts';
import { LAST_SIGNAL, SIGNAL_BASE } from '../sandbox/status.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import { RUST_PANIC, SIGKILL, succeeded } from '../verdict/exit.ts';
import type { Finding, Side } from '../verdict/finding.ts';
import { copyLine, paired } from './reproducer-copies.ts';
import { directoryNeeded, entriesFor, placeOf } from './reproducer-entries.ts';
import { footOf, headOf, PROGRAMS } from './reproducer-frame.ts';
import { compareAt, compareCounter, sameOutput } from './reproducer-json.ts';

/**
 * A shell script that shows a finding on any machine: the very commands that ran for its step, printed from the transcript, and
 * the one comparison that failed. It exits with 0 when the sides agree, 1 when they differ, 2 when it cannot run.
 */
export function reproducerOf(finding: Finding, transcript: readonly TranscriptEntry[]): string {
  const entries = entriesFor(finding, transcript);
  const tests = entries.filter(({ purpose }) => purpose === 'test');
  const judged = tests.slice(-2);
  const place = placeOf(finding.step, entries);
  const needed = entries.map((entry) => directoryNeeded(entry, place));
  const directories = [...new Set(needed)].filter((name) => name !== '.');
  const commands = paired(entries.filter(({ purpose }) => purpose !== 'readback')).map(([entry, other]) => {
    if (other) return copyLine(entry, other);
    return judged.includes(entry) || entry.purpose === 'twin' ? testLine(entry) : fixtureLine(entry);
  });
  const readbacks = entries.filter(({ purpose }) => purpose === 'readback');
  const lines = [
    `mkdir -p ${directories.map(shellWord).join(' ')} || exit 2`,
    ...commands,
    ...comparison(finding, { entries, readbacks, place }),
  ];
  const asked = THIRD_READERS.filter((reader) => 'reader' in finding && finding.reader === reader);
  return `${[...headOf(finding, lines, asked), ...lines, ...footOf(finding)].join('\n')}\n`;
}

function words({ program, args }: TranscriptEntry): string {
  return [PROGRAMS[program], ...args.map(shellWord)].join(' ');
}

function at(entry: TranscriptEntry): string {
  const { directory, mostBytes } = entry;
  const limited = mostBytes === undefined ? words(entry) : `${limitFiles(mostBytes)} && ${words(entry)}`;
  return directory === '.' ? limited : `(cd ${shellWord(directory)} && ${limited})`;
}

/** A command that makes the input. One that failed when it ran may fail again; any other must succeed. */
function fixtureLine(entry: TranscriptEntry): string {
  return succeeded(entry.exit) ? `${at(entry)} >/dev/null || exit 2` : `${at(entry)}; unready=$?`;
}

function testLine(entry: TranscriptEntry): string {
  return `${at(entry)} >${entry.side}.out 2>${entry.side}.err; ${entry.side}=$?`;
}

/** Shell conditions of the comparisons; the reference parses JSON for us, because a bare machine may have nothing else that does; one word has at most 128 KiB. */
const BOTH_REFUSE = '[ "$reference" != 0 ] && [ "$subject" != 0 ]';
const BY_NO_SIGNAL = `[ "$subject" -le ${SIGNAL_BASE} ] || [ "$subject" -gt ${SIGNAL_BASE + LAST_SIGNAL} ]`;
// What kills from outside, for want of memory for instance, is no fault of the program.
const ENDED_BY_ITSELF = `[ "$subject" -ne ${RUST_PANIC} ] && { ${BY_NO_SIGNAL} || [ "$subject" -eq ${SIGNAL_BASE + SIGKILL} ]; }`;
const PANICKED = 'grep -Eq "^(thread .*)?panicked at " subject.err';
const IS_NO_JSON = '"$QEMU_IMG" info "json:$(head -c 100000 subject.out)" 2>&1 | grep "parse the JSON" >&2';

/** What a comparison is printed from. */
interface Evidence {
  readonly entries: readonly TranscriptEntry[];
  readonly readbacks: readonly TranscriptEntry[];
  /** The directory, below either side's, that the files lie in. */
  readonly place: string;
}

/** The lines that set `differ` to 1 when the sides differ in just the way that was found. */
function comparison(finding: Finding, evidence: Evidence): string[] {
  const { entries, readbacks, place } = evidence;
  const last = readbacks.at(-1);
  switch (finding.kind) {
    case 'exit':
      return [
        ...askAgain(isBehindTests(last, entries) ? last : undefined),
        succeeded(finding.subject) || succeeded(finding.reference)
          ? '[ $((reference == 0)) = $((subject == 0)) ]; differ=$?'
          : '[ "$reference" = "$subject" ]; differ=$?',
      ];
    case 'crash':
      return [...askAgain(last), `${ENDED_BY_ITSELF} && { [ "$subject" = 0 ] || ! ${PANICKED}; }; differ=$?`];
    case 'input-modified':
      return [untouched(`${place}/${finding.file}`, entries)];
    case 'content':
      return unequal(readbacks);
    case 'unreadable':
      return unreadable(entries.findLast((entry) => isQuestion(entry) && !succeeded(entry.exit)));
    default:
      return outputComparison(finding, evidence);
  }
}

/** Whether the reference was asked about a file, by looking at it or by copying out of it. */
function isQuestion({ purpose, program }: TranscriptEntry): boolean {
  return purpose === 'readback' || (purpose === 'twin' && program === 'reference');
}

/** Whether it was asked of what the last commands under test had left. */
function isBehindTests(question: TranscriptEntry | undefined, entries: readonly TranscriptEntry[]): boolean {
  return (
    question !== undefined && entries.indexOf(question) > entries.findLastIndex(({ purpose }) => purpose === 'test')
  );
}

/** A question to the subject at which it broke down, or which it refused. */
function askAgain(last: TranscriptEntry | undefined): string[] {
  const isOurs = last !== undefined && last.program === 'subject' && !succeeded(last.exit);
  return isOurs ? [`${at(last)} 2>subject.err; subject=$?`] : [];
}

function unequal(readbacks: readonly TranscriptEntry[]): string[] {
  const failed = failedComparison(readbacks);
  return failed ? [`${at(failed)}; [ $? = 0 ]; differ=$?`] : [];
}

/** A file of the subject that the reference refused when it was read back, or when a fixture was written into it. */
function unreadable(refusal: TranscriptEntry | undefined): string[] {
  return refusal ? [`${at(refusal)}; [ $? = 0 ]; differ=$?`] : ['[ "${unready:-0}" = 0 ]; differ=$?'];
}

type InOutput = Extract<Finding, { kind: 'json' | 'unparsable' | 'size' | 'inconsistent' | 'above-bound' }>;

/** What a third reader says of the disk's size, without what it says next: an image's identifier is never that of another. */
const MEDIA_SIZE = ' | sed "s/bytes.*//" | grep -o "Mediasize.*"';

/** Differences that stand in what the tools print. */
function outputComparison(finding: InOutput, evidence: Evidence): string[] {
  const { readbacks } = evidence;
  const last = readbacks.at(-1);
  const pair = pairOf(readbacks);
  switch (finding.kind) {
    case 'json':
      return [...askBoth(pair), ...compareAt(finding.differences[0]?.pointer ?? '', finding.as)];
    case 'unparsable':
      return [
        ...askBoth(last?.program === 'subject' ? [last] : []),
        `${BOTH_REFUSE} || { ! ${IS_NO_JSON}${holds(finding.member)}; }; differ=$?`,
      ];
    case 'size':
      return size(finding, pair, evidence);
    case 'inconsistent':
      return [...askBoth(pair), ...['corruptions', 'leaks', 'check-errors'].flatMap(compareCounter)];
    case 'above-bound':
      return aboveBound(finding, evidence);
  }
}

/** What asked for the sizes, again; those of an internal snapshot are the sizes of the raw copies that were made of it. */
function size(
  { file, snapshot, reader }: Finding & { kind: 'size' },
  pair: readonly TranscriptEntry[],
  { place }: Evidence,
): string[] {
  if (snapshot === undefined)
    return [...askBoth(pair), ...(reader ? sameOutput(MEDIA_SIZE) : compareAt('/virtual-size'))];
  const bytes = (side: Side) => `$(wc -c <${shellWord(`${side}/${place}/${snapshotCopy(file, snapshot)}`)})`;
  return [`[ "${bytes('subject')}" = "${bytes('reference')}" ]; differ=$?`];
}

function aboveBound(
  { what, side, member }: Finding & { kind: 'above-bound' },
  { readbacks, place }: Evidence,
): string[] {
  const conversion = readbacks.at(-1);
  const { bytes, oneIn } = MEASURE_TOLERANCE;
  const slack = member === 'required' ? '0' : `(bound / ${oneIn} > ${bytes} ? bound / ${oneIn} : ${bytes})`;
  return [
    `${BOTH_REFUSE} && echo "Neither measures this." && exit 0`,
    ...(conversion ? [`${at(conversion)} || exit 2`] : []),
    `bound=$(tr -d ' \\n' <subject.out | grep -o '"${member}":[0-9]*' | tr -dc 0-9)`,
    `size=$(wc -c <${shellWord(`${side}/${place}/${what}`)})`,
    `[ "$size" -le $((bound + ${slack})) ]; differ=$?`,
  ];
}

function holds(member: string | undefined): string {
  return member === undefined ? '' : ` && grep -q ${shellWord(`"${member}"`)} subject.out`;
}

/** The last question, if it was asked about both sides. */
function pairOf(readbacks: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
  const [one, other] = readbacks.slice(-2);
  const isPair = one && other && one.side !== other.side && one.args[0] === other.args[0];
  return isPair ? [one, other] : [];
}

/** Asks again what was read back from each side; without questions the outputs of the test itself stand. */
function askBoth(pair: readonly TranscriptEntry[]): string[] {
  return pair.map((entry) => `${at(entry)} >${entry.side}.out 2>${entry.side}.err`);
}

/**
 * The subject's file has to be what the reference's is, or what it was: a copy was kept of a file that the subject made itself or that is written in
 * place, all others are as they were made for both. A pipe in the file's place would be waited for.
 */
function untouched(file: string, entries: readonly TranscriptEntry[]): string {
  const kept = entries.some(({ program, args }) => program === 'cp' && args[0] === `subject/${file}`);
  const [ours, theirs, original] = ['subject', 'reference', kept ? 'before' : 'fixture'].map((root) =>
    shellWord(`${root}/${file}`),
  );
  return `[ -f ${ours} ] && { cmp -s ${ours} ${original} || cmp ${ours} ${theirs}; }; differ=$?`;
}
