import { type Marker, type State, withMarker } from './marker.ts';

/** The one line of a body that says how often the bug was seen; later runs find it by its start and write it anew. */
export function countLine({ sightings, first, last }: State, url: string): string {
  return `- seen ${timesWords(sightings)}, first on ${first}, last on ${last} in [this run](${encodeURI(url)})`;
}

/** What a step into a known gap showed was seen in no iteration. */
const BY_GAP = 'by stepping into a known gap only';

function timesWords(sightings: number): string {
  if (sightings === 0) return BY_GAP;
  return sightings === 1 ? 'once' : `${sightings} times`;
}

const COUNTED = new RegExp(`^- seen (?:once|\\d+ times|${BY_GAP}), first on [^\\r\\n]*`, 'm');

/**
 * The body with another state: marker and count line, nothing else, whatever people wrote beside them. A body whose count line somebody
 * removed gets none; text below the first fence is never taken for one.
 */
export function withState(body: string, marker: Marker, url: string): string {
  return withMarker(body, marker, (below) => {
    const fence = below.search(/^```/m);
    const head = fence < 0 ? below : below.slice(0, fence);
    const counted = head.replace(COUNTED, () => countLine(marker.state, url));
    return `${counted}${below.slice(head.length)}`;
  });
}
