import { lastWords } from '../sandbox/command.ts';
import type { JsonDifference } from '../verdict/finding.ts';
import { Inconclusive } from './inconclusive.ts';
import { unusable } from './info.ts';
import { differencesOf, type Json, parseJson, valueAt } from './json.ts';
import type { Oracle } from './observation.ts';

/** A part of a disk, from its first byte up to but not with `end`, and what is told of it. */
interface Extent {
  readonly start: number;
  readonly end: number;
  readonly told: { readonly present?: Json; readonly zero: Json; readonly data: Json };
}

/** Both tools find data, zeros and holes in the same places, however they cut them into extents. The place that differs first is told. */
export const sameMap: Oracle = async ({ operation, subject, reference, inputs }) => {
  const format = inputs[0]?.format ?? '';
  // A disk may be in more extents than can be kept: that is no mistake of either tool.
  for (const { truncated, bytes } of [reference.stdout, subject.stdout]) {
    if (truncated) throw new Inconclusive({ kind: 'too_much_said', bytes });
  }
  const theirs = extentsOf(parseJson(reference.stdout), format);
  if (theirs === undefined) throw unusable('map', lastWords(reference));
  const map = parseJson(subject.stdout);
  const start = subject.stdout.text.slice(0, 200);
  if (map === undefined) {
    return { kind: 'unparsable', type: `${operation}_json_parse_failure`, what: 'its map', start };
  }
  const ours = extentsOf(map, format);
  const found = ours === undefined ? noExtents(start) : firstDifference(ours, theirs);
  if (found === undefined) return undefined;
  const { at, differences } = found;
  return { kind: 'json', type: `${operation}_divergence`, what: `its map at byte ${at}`, differences, as: 'extents' };
};

/** The extents of a map; undefined where it is no list of parts that follow each other. */
function extentsOf(map: Json | undefined, format: string): readonly Extent[] | undefined {
  if (!Array.isArray(map)) return undefined;
  const extents: Extent[] = [];
  for (const part of map) {
    const [start, length] = [valueAt(part, 'start'), valueAt(part, 'length')];
    if (typeof start !== 'number' || typeof length !== 'number' || length <= 0) return undefined;
    if (start !== (extents.at(-1)?.end ?? start)) return undefined;
    extents.push({ start, end: start + length, told: toldOf(part, format) });
  }
  return extents;
}

/**
 * What is compared of an extent. Whether data happen to be zeros the reference asks the file system, page by page (gap map-partial-clusters); of
 * a vpc the tools mean different things by `present` (gap map-vpc-present). Where in the file it lies follows from both.
 */
function toldOf(part: Json, format: string): Extent['told'] {
  const data = valueAt(part, 'data') ?? null;
  const zero = valueAt(part, 'zero') ?? null;
  const present = valueAt(part, 'present') ?? null;
  return { data, zero: data === true ? false : zero, ...(format !== 'vpc' && { present }) };
}

interface Found {
  readonly at: number;
  readonly differences: readonly JsonDifference[];
}

/** Goes along both maps, from border to border of either. */
function firstDifference(ours: readonly Extent[], theirs: readonly Extent[]): Found | undefined {
  const starts = borders('from', ours[0]?.start, theirs[0]?.start);
  if (starts) return starts;
  let [our, their] = [0, 0];
  for (;;) {
    const [mine, other] = [ours[our], theirs[their]];
    if (mine === undefined || other === undefined) break;
    const differences = differencesOf(mine.told, other.told);
    if (differences.length > 0) return placed(Math.max(mine.start, other.start), their, differences);
    if (mine.end <= other.end) our += 1;
    if (other.end <= mine.end) their += 1;
  }
  return borders('up to', ours.at(-1)?.end, theirs.at(-1)?.end);
}

/** One map tells of more than the other: where it begins or ends stands for the whole, which differs. */
function borders(word: string, subject = 0, reference = 0): Found | undefined {
  if (subject === reference) return undefined;
  const difference = { pointer: '', subject: `${word} ${subject}`, reference: `${word} ${reference}` };
  return { at: Math.min(subject, reference), differences: [difference] };
}

function placed(at: number, index: number, differences: readonly JsonDifference[]): Found {
  return { at, differences: differences.map((one) => ({ ...one, pointer: `/${index}${one.pointer}` })) };
}

function noExtents(subject: string): Found {
  return { at: 0, differences: [{ pointer: '', subject, reference: 'extents that follow each other' }] };
}
