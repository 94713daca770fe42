/** The evidence of a difference in data: read by the reference, inside the sandbox, before the iteration's files are gone. */
import { REFERENCE } from '../sandbox/sandbox.ts';
import type { TranscriptEntry } from '../sandbox/transcript.ts';
import { type ByteDifference, type ByteRange, MOST_RANGES } from '../verdict/bytes.ts';
import { succeeded } from '../verdict/exit.ts';
import { comparedImages } from './qemu-io.ts';
import type { StageOptions } from './stage.ts';

/** Seconds for reading and comparing both disks. */
const SECONDS = 60;

/**
 * Compares 16 MiB of two disks, `$1` as expected and `$2` as found, from the first on or, where the first difference, at byte `$3`,
 * lies beyond, from there. Two ranges that are less than 16 bytes apart are told as one.
 * The part is cut out by a raw node above the disk: `dd` takes `count` for the end of what it may `skip` to (qemu-img 5.2 to 11.1). All of it is bounded, and prints numbers and digits only.
 */
const COMPARE = `
MiB=1048576 most=16
size() { ${REFERENCE} info --image-opts "$1" | sed -n 's/^virtual size: .*(\\([0-9]*\\) bytes).*/\\1/p'; }
one=$(size "$1") && other=$(size "$2") && [ -n "$one" ] && [ -n "$other" ] || exit 1
[ "$one" -ge "$other" ] && size=$one || size=$other
from=$(($3 / MiB * MiB)) to=$size
[ $from -ge $((most * MiB)) ] || from=0
[ $((to - from)) -le $((most * MiB)) ] || to=$((from + most * MiB))
copy() {
  rm -rf "$2" && : >"$2"
  [ "$3" -lt $to ] && part=$(($3 - from)) || part=$((to - from))
  [ $part -le 0 ] || ${REFERENCE} dd --image-opts -O raw bs=$MiB "if=driver=raw,offset=$from,size=$part,file.$(echo "$1" | sed 's/,/,file./g')" "of=$2" >/dev/null || exit 1
  truncate -s $((to - from)) "$2"
}
copy "$1" bytes.expected "$one" && copy "$2" bytes.got "$other" || exit 1
echo "disk $size $from $to"
cmp -l bytes.expected bytes.got | awk -v from=$from -v most=${MOST_RANGES} '
  n && $1 - last < 16 { last = $1; next }
  n { print "range", from + first - 1, from + last }
  n == most { print "more"; ended = 1; exit }
  { n++; first = last = $1 }
  END { if (n && !ended) print "range", from + first - 1, from + last }
' >bytes.ranges
cat bytes.ranges
read -r word at rest <bytes.ranges || exit 1
start=$(((at - from) / 16 * 16 - 64))
[ $start -gt 0 ] || start=0
echo "start $((from + start))"
for side in expected got; do
  echo "$side $(od -A n -v -t x1 -j $start -N 256 bytes.$side | tr -d ' \\n')"
done
`;

/** The comparison of a file of the subject's that failed last: with the other side's, or with what an invariant keeps. */
export function failedComparison(entries: readonly TranscriptEntry[]): TranscriptEntry | undefined {
  const readbacks = entries.filter(({ purpose }) => purpose === 'readback');
  return readbacks.findLast((entry) => !succeeded(entry.exit) && entry.args.some(isSubjects));
}

function isSubjects(word: string): boolean {
  return /(^|=)(subject|twin)\//.test(word);
}

/** Where the disks of the comparison that failed differ; undefined where that cannot be told. */
export async function readBytes(
  transcript: readonly TranscriptEntry[],
  offset: number,
  { lanes, directories }: Pick<StageOptions, 'lanes' | 'directories'>,
): Promise<ByteDifference | undefined> {
  const comparison = failedComparison(transcript);
  const images = comparison && imagesOf(comparison);
  if (images === undefined) return undefined;
  const argv = ['sh', '-c', COMPARE, 'sh', ...images, String(offset)];
  const { exit, stdout } = await lanes.tools.run({ directory: directories.all, argv, timeoutSeconds: SECONDS });
  return succeeded(exit) ? parse(stdout.text) : undefined;
}

/** Both images: as expected, as found. */
function imagesOf({ args }: TranscriptEntry): readonly [string, string] | undefined {
  const both = comparedImages(args);
  return both && isSubjects(both[0]) ? [both[1], both[0]] : both;
}

const ANSWER = new RegExp(
  `^disk (\\d+) (\\d+) (\\d+)\\n((?:range \\d+ \\d+\\n){1,${MOST_RANGES}})(more\\n)?start (\\d+)\\nexpected ([\\da-f]{0,512})\\ngot ([\\da-f]{0,512})\\n$`,
);

function parse(text: string): ByteDifference | undefined {
  const [, size, from, to, ranges = '', more, start, expected = '', got = ''] = ANSWER.exec(text) ?? [];
  if (start === undefined) return undefined;
  return {
    size: Number(size),
    window: [Number(from), Number(to)],
    ranges: [...ranges.matchAll(/(\d+) (\d+)/g)].map((range): ByteRange => [Number(range[1]), Number(range[2])]),
    more: more !== undefined,
    start: Number(start),
    expected,
    got,
  };
}
