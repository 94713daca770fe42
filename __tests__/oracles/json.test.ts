import { describe, expect, it } from 'vitest';
import { differencesOf, type Json, parseJson } from '../../src/oracles/json.ts';
import { captured } from '../support/ended.ts';

describe('comparing JSON', () => {
  it('sees neither key order nor white space', () => {
    const one = parseJson(captured('{"a":1,"b":[true,null]}'));
    const other = parseJson(captured('{ "b": [true,\n null], "a": 1 }'));
    expect(differencesOf(one, other)).toEqual([]);
  });

  it('points at what differs, is missing or is extra', () => {
    const subject = { a: 1, list: [1, 2], extra: 'x' };
    const reference = { a: 2, list: [1], 'with/slash': null };
    expect(differencesOf(subject, reference)).toEqual([
      { pointer: '/a', subject: '1', reference: '2' },
      { pointer: '/extra', subject: '"x"', reference: 'absent' },
      { pointer: '/with~1slash', subject: 'absent', reference: 'null' },
      { pointer: '/list/1', subject: '2', reference: 'absent' },
    ]);
  });

  it('tells a document’s own members first, and a list from its start', () => {
    const pointers = (...documents: [Json, Json]) => differencesOf(...documents).map(({ pointer }) => pointer);
    const disk = (size: number) => ({ children: [{ size }], size });
    expect(pointers(disk(1), disk(2))).toEqual(['/size', '/children/0/size']);
    expect(pointers([disk(1)], [disk(2), 3])).toEqual(['/0/children/0/size', '/0/size', '/1']);
  });

  it('tells a list from an object and null from nothing', () => {
    expect(differencesOf([], {})).toHaveLength(1);
    expect(differencesOf(null, {})).toHaveLength(1);
    expect(differencesOf({ a: null }, {})).toHaveLength(1);
  });

  it('tells the first of a long list, by the number of their places', () => {
    const lines = (word: string) => Array.from({ length: 30 }, (_, at) => `${word} ${at}`);
    const first = Array.from({ length: 20 }, (_, at) => `/${at}`);
    expect(differencesOf(lines('a'), lines('b')).map(({ pointer }) => pointer)).toEqual(first);
    expect(differencesOf(lines('a'), []).map(({ pointer }) => pointer)).toEqual(first);
    const under = differencesOf({ list: lines('a') }, { list: lines('b') });
    expect(under.map(({ pointer }) => pointer)).toEqual(first.map((pointer) => `/list${pointer}`));
  });

  it('lists at most twenty differences', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, n]));
    expect(differencesOf(many, {})).toHaveLength(20);
  });

  it('does not take a cut or broken document for JSON', () => {
    expect(parseJson(captured('{"a":'))).toBeUndefined();
    expect(parseJson({ text: '{}', bytes: 900, truncated: true })).toBeUndefined();
  });
});
