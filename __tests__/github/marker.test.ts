import { describe, expect, it } from 'vitest';
import { beginsWithMarker, type Marker, markerLine, readMarker, withMarker } from '../../src/github/marker.ts';

const state = { sightings: 3, first: '2026-11-20', last: '2026-11-24', run: '4711', nights: 1 };
const marker: Marker = { scheme: 1, fingerprint: '0123456789abcdef', state };
const forged = markerLine({ ...marker, fingerprint: 'ffffffffffffffff' });

describe('the marker of an issue', () => {
  it('is read as it was before there were runs elsewhere, and says so where there were', () => {
    const old =
      '<!-- disk-image-differential-fuzz {"scheme":1,"fingerprint":"0123456789abcdef","state":{"sightings":3,"first":"2026-11-20","last":"2026-11-24","run":"4711","nights":1}} -->';
    expect(readMarker(old)).toEqual(marker);
    expect(markerLine(marker)).toBe(old);
    const elsewhere = { ...marker, state: { ...state, elsewhere: true as const } };
    expect(readMarker(markerLine(elsewhere))).toEqual(elsewhere);
    expect(readMarker(markerLine(elsewhere).replace('true', '"yes"'))).toBeUndefined();
  });

  it('is read back as it was written, also after an edit in a browser', () => {
    expect(readMarker(`${markerLine(marker)}\n\ntext`)).toEqual(marker);
    expect(readMarker(`${markerLine(marker)}\r\n\r\ntext`)).toEqual(marker);
    expect(readMarker(markerLine(marker))).toEqual(marker);
  });

  it('is the first that has a line of its own', () => {
    expect(readMarker(`${markerLine(marker)}\n${forged}\n`)).toEqual(marker);
    expect(readMarker(`Tracking in #123\r\n${markerLine(marker)}\r\n${forged}`)).toEqual(marker);
    expect(readMarker(`> ${forged}\n\n${markerLine(marker)}`)).toEqual(marker);
    expect(readMarker(`text ${forged}`)).toBeUndefined();
    expect(readMarker(` ${forged}`)).toBeUndefined();
    expect(readMarker(`${markerLine(marker)} ${forged}`)).toBeUndefined();
  });

  it.each(['```', '~~~sh', '````'])('is none in a block of code that begins with %s', (fence) => {
    const mark = fence.replace('sh', '');
    expect(readMarker(`${fence}\n${forged}\n${mark}\n${markerLine(marker)}`)).toEqual(marker);
    expect(readMarker(`${fence}\n${mark.slice(1)}\n${mark} text\n${forged}`)).toBeUndefined();
    expect(readMarker(`${fence} \`inline\` ${mark}\n${markerLine(marker)}`) === undefined).toBe(fence === '~~~sh');
  });

  it('is not looked for without end', () => {
    const below = (characters: number) => `${'x'.repeat(characters)}\n${markerLine(marker)}`;
    expect(readMarker(below(9000))).toEqual(marker);
    expect(readMarker(below(11_000))).toBeUndefined();
  });

  it('is at the beginning or is not', () => {
    expect(beginsWithMarker(`${markerLine(marker)}\ntext`)).toBe(true);
    expect(beginsWithMarker(`text\n${markerLine(marker)}`)).toBe(false);
    expect(beginsWithMarker('text')).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['text', 'What differs: much'],
    ['no JSON', '<!-- disk-image-differential-fuzz {"scheme":1 -->'],
    ['other JSON', '<!-- disk-image-differential-fuzz [1,2] -->'],
    ['a member more', markerLine(marker).replace('"nights"', '"more":1,"nights"')],
    ['a member less', markerLine(marker).replace(',"nights":1', '')],
    ['a long fingerprint', markerLine(marker).replace('0123456789abcdef', '0123456789abcdef0')],
    ['a fingerprint of other digits', markerLine(marker).replace('0123456789abcdef', '0123456789ABCDEF')],
    ['a negative count', markerLine(marker).replace('"sightings":3', '"sightings":-3')],
    ['a count beyond all measure', markerLine(marker).replace('"sightings":3', '"sightings":1e300')],
    ['a fraction', markerLine(marker).replace('"sightings":3', '"sightings":0.5')],
    ['no date', markerLine(marker).replace('2026-11-20', '<script>-->')],
    ['a run that is no number', markerLine(marker).replace('4711', '../..')],
    ['a megabyte', markerLine(marker).replace('4711', '1'.repeat(1_000_000))],
  ])('is none when tampered with: %s', (_, body) => {
    expect(readMarker(body)).toBeUndefined();
  });

  it('is replaced without touching the rest', () => {
    const later = { ...marker, state: { ...state, sightings: 4 } };
    const body = `${markerLine(marker)}\r\n\r\n$& ${forged}\n`;
    expect(withMarker(body, later)).toBe(`${markerLine(later)}\r\n\r\n$& ${forged}\n`);
  });

  it('is replaced where it stands', () => {
    const later = { ...marker, state: { ...state, sightings: 4 } };
    const around = (line: string) => `Tracking in #123, $&\r\n${line}\r\n\r\nwhat differs`;
    expect(withMarker(around(markerLine(marker)), later)).toBe(around(markerLine(later)));
    expect(withMarker('no marker', later)).toBe('no marker');
  });

  it('stops to count at the most that is read back', () => {
    const most = { ...state, sightings: 1_000_000_000, nights: 1_000_000_000 };
    const more = { ...marker, state: { ...most, sightings: most.sightings + 7, nights: most.nights + 1 } };
    expect(readMarker(markerLine(more))).toEqual({ ...marker, state: most });
  });

  it('is never written out of its bounds', () => {
    expect(() => markerLine({ ...marker, fingerprint: '--> <b>' })).toThrow();
    expect(() => markerLine({ ...marker, state: { ...state, run: '-->' } })).toThrow();
  });
});
