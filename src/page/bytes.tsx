import { scaleLinear } from 'd3-scale';
import type { ByteDifference } from '../verdict/bytes.ts';
import { Scrolls } from './scrolls.tsx';
import { counted, offset } from './words.ts';

const ROW = 16;

/** Where two disks differ: a map of the disk, and the bytes of both sides around the first difference. */
export function Bytes({ bytes }: { readonly bytes: ByteDifference }) {
  return (
    <>
      <DiskMap bytes={bytes} />
      <div class="hex">
        <Dump title="expected" digits={bytes.expected} other={bytes.got} start={bytes.start} />
        <Dump title="got" digits={bytes.got} other={bytes.expected} start={bytes.start} />
      </div>
    </>
  );
}

/** A range may hold some bytes that are equal: two that lie close to each other are told as one. */
function DiskMap({ bytes: { size, window, ranges, more } }: { readonly bytes: ByteDifference }) {
  const x = scaleLinear([0, Math.max(1, size)], [0, 1000]);
  const wide = (from: number, to: number) => Math.max(3, x(to) - x(from));
  const told = ranges.map(([from, to]) => `${offset(from)}–${offset(to)}`).join(', ');
  return (
    <figure class="disk">
      <svg
        viewBox="0 0 1000 24"
        preserveAspectRatio="none"
        role="img"
        aria-label={`The disk, and where it differs: ${told}`}
      >
        <rect class="all" x="0" y="0" width="1000" height="24" />
        <rect class="compared" x={x(window[0])} y="0" width={wide(...window)} height="24" />
        {ranges.map(([from, to]) => (
          <rect class="differs" key={from} x={Math.min(997, x(from))} y="0" width={wide(from, to)} height="24" />
        ))}
      </svg>
      <figcaption>
        <span>0x0</span>
        <span>
          The data differs in {more && 'more than '}
          {counted(ranges.length, 'range')}
          {more && ', of which these are the first'}: {told}
          {window[1] < size || window[0] > 0 ? `; compared from ${offset(window[0])} to ${offset(window[1])}` : ''}
        </span>
        <span>{offset(size)}</span>
      </figcaption>
    </figure>
  );
}

interface DumpProps {
  readonly title: string;
  readonly digits: string;
  readonly other: string;
  readonly start: number;
}

function Dump({ title, digits, other, start }: DumpProps) {
  const rows = Array.from({ length: Math.ceil(Math.max(digits.length, other.length) / 2 / ROW) }, (_, row) => row);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <Scrolls name={`${title}: bytes from ${offset(start)} on`}>
        <pre>
          {rows.map((row) => (
            <Row key={row} from={start + row * ROW} own={bytesAt(digits, row)} other={bytesAt(other, row)} />
          ))}
        </pre>
      </Scrolls>
    </figure>
  );
}

function Row({ from, own, other }: { readonly from: number; readonly own: string[]; readonly other: string[] }) {
  return (
    <>
      <span class="quiet">{from.toString(16).padStart(8, '0')} </span>
      {own.map((byte, at) => [' ', marked(byte, byte !== other[at])])}
      {'   '.repeat(ROW - own.length)}
      {'  '}
      {own.map((byte, at) => marked(character(byte), byte !== other[at]))}
      {'\n'}
    </>
  );
}

function marked(text: string, differs: boolean) {
  return differs ? <mark>{text}</mark> : text;
}

function bytesAt(digits: string, row: number): string[] {
  return digits.slice(row * ROW * 2, (row + 1) * ROW * 2).match(/../g) ?? [];
}

function character(byte: string): string {
  const code = Number.parseInt(byte, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·';
}
