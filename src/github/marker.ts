/**
 * The hidden comment by which an issue is found again. It is the first line of the body as it is filed, and people may write above it.
 * Everything hostile comes after it, so that nothing there can pass for a marker.
 */
import * as v from 'valibot';
import { FINGERPRINT } from '../triage/bug.ts';
import { parseOutsideJson } from '../trust/parse.ts';

/** What an issue's body says of its bug to later runs. Anybody who can edit the issue can write this: believe nothing more of it. */
export interface Marker {
  /** The version of the fingerprint's making; fingerprints of different schemes say nothing about each other. */
  readonly scheme: number;
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
  readonly state: State;
}

/** How the bug has been seen so far. Dates are `YYYY-MM-DD`, UTC. */
export interface State {
  /** Iterations that showed it, in all runs together; 0 where only steps into a known gap did. */
  readonly sightings: number;
  readonly first: string;
  readonly last: string;
  /** The id of the last run that changed the issue, in digits. */
  readonly run: string;
  /** Runs in a row whose replay of the stored plan found that both sides agree. */
  readonly nights: number;
  /** Where no run on the default branch has seen the bug: what another branch brought is known to nobody who does not look there. */
  readonly elsewhere?: true;
}

const START = '<!-- disk-image-differential-fuzz ';
const END = ' -->';

/** A marker of ours has some 200 characters; a longer line is none. */
const MOST_CHARACTERS = 500;

/** Higher than anything that is counted; who edits an issue may write what they like. */
const MOST = 1_000_000_000;
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST));
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/));

const Stored = v.strictObject({
  scheme: count,
  fingerprint: v.pipe(v.string(), v.regex(FINGERPRINT)),
  state: v.strictObject({
    sightings: count,
    first: date,
    last: date,
    run: v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
    nights: count,
    elsewhere: v.optional(v.literal(true)),
  }),
});

/** The marker as a line of Markdown that is not shown; counts stop at the most that is read back. Throws when another member is out of its bounds. */
export function markerLine({ state, ...told }: Marker): string {
  const counted = { ...state, sightings: Math.min(state.sightings, MOST), nights: Math.min(state.nights, MOST) };
  return `${START}${JSON.stringify(v.parse(Stored, { ...told, state: counted }))}${END}`;
}

/** How many characters people may write above the marker. */
const MOST_ABOVE = 10_000;

/** The marker of an issue's body, or undefined where there is none, or none that we could have written. */
export function readMarker(body: string): Marker | undefined {
  return placeOf(body)?.marker;
}

/** Whether a body begins with a marker. Elsewhere a person may have pasted that of another issue. */
export function beginsWithMarker(body: string): boolean {
  return placeOf(body)?.start === 0;
}

/** The body with another marker in the place of its own, and what stands below that as `changed` makes it; the same body where it has none. */
export function withMarker(body: string, marker: Marker, changed = (below: string) => below): string {
  const place = placeOf(body);
  if (place === undefined) return body;
  return `${body.slice(0, place.start)}${markerLine(marker)}${changed(body.slice(place.end))}`;
}

/** The first marker that stands on a line of its own, and not in a block of code: that shows somebody's text. */
function placeOf(body: string): { start: number; end: number; marker: Marker } | undefined {
  let start = 0;
  let fence = '';
  for (const line of body.slice(0, MOST_ABOVE + MOST_CHARACTERS).split('\n')) {
    const text = line.replace(/\r$/, '');
    const marker = fence === '' ? markerIn(text) : undefined;
    if (marker !== undefined) return { start, end: start + text.length, marker };
    fence = fenceAfter(text, fence);
    start += line.length + 1;
  }
  return undefined;
}

function markerIn(line: string): Marker | undefined {
  if (line.length > MOST_CHARACTERS || !line.startsWith(START) || !line.endsWith(END)) return undefined;
  const parsed = v.safeParse(Stored, parseOutsideJson(line.slice(START.length, -END.length)));
  return parsed.success ? (parsed.output as Marker) : undefined;
}

/** The fence of the block of code that is open after a line; empty outside of one. */
function fenceAfter(line: string, open: string): string {
  const [, mark = '', rest = ''] = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line) ?? [];
  if (open === '') return mark;
  return mark.startsWith(open) && rest.trim() === '' ? '' : open;
}
