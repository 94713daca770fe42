import { markdownCode } from '../trust/inert.ts';
import type { ByteDifference, ByteRange } from '../verdict/bytes.ts';
import { hex } from '../verdict/words.ts';

/** How many bytes are shown of each side. */
const MOST_BYTES = 16;

/** Where two disks differ and what both hold there, in Markdown: which ranges, of what was compared, and the first bytes. */
export function byteWords({ size, window, ranges, more, start, expected, got }: ByteDifference): string[] {
  const [first] = ranges;
  if (first === undefined) return [];
  const many = `in ${more ? 'more than ' : ''}${ranges.length} ranges, the first of them`;
  const [from, to] = window;
  const part = from === 0 && to === size ? '' : `; only ${rangeWords(window)} were compared`;
  const shown = [expected, got].map((digits) => bytesFrom(digits, first[0] - start));
  return [
    `data differs ${more || ranges.length > 1 ? many : 'only in'} ${rangeWords(first)} of a disk of ${size} bytes${part}`,
    ...(shown.includes('') ? [] : [`from ${hex(first[0])} on expected ${shown[0]}, got ${shown[1]}`]),
  ];
}

function rangeWords([from, behind]: ByteRange): string {
  return `bytes ${from} to ${behind - 1} (${hex(from)} to ${hex(behind - 1)})`;
}

function bytesFrom(digits: string, offset: number): string {
  const bytes = digits.slice(2 * offset, 2 * (offset + MOST_BYTES)).match(/../g);
  return bytes === null ? '' : markdownCode(bytes.join(' '));
}
