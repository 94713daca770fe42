import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../src/operations/index.ts';
import { type Wrapper, wrappersIn } from '../../testing/hunt.ts';
import { coverOf, endsOf, sampleOf } from '../support/cover.ts';
import { planted } from '../support/paths.ts';

const wrapper = (name: string, ...touches: string[]): Wrapper => ({
  ...{ name, says: '', touches, onlyMistaken: false, onRequest: false, expected: [] },
});
const all = wrappersIn(dirname(planted('any')));
const namesOf = (wrappers: readonly Wrapper[]) => wrappers.map(({ name }) => name);

describe('the planted bugs that are tried on every change', () => {
  const sample = sampleOf(all);

  it('may be found as everything that any of them is found as', () => {
    expect(new Set(sample.flatMap(endsOf))).toEqual(new Set(all.flatMap(endsOf)));
  });

  it('have one of each operation that is drawn on request', () => {
    const onRequest = OPERATIONS.filter((one) => one.onRequest).map(({ name }) => name);
    const shown = sample.filter((one) => one.onRequest).map(({ name }) => name.split('-')[0]);
    expect(onRequest.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('are few: each takes seconds', () => {
    expect(sample.length).toBeLessThanOrEqual(24);
  });

  it('stay the same where another of a well-known type is planted', () => {
    const another = { ...wrapper('aa-new', 'convert'), expected: ['convert_content_divergence', 'crash_divergence'] };
    expect(namesOf(sampleOf([another, ...all]))).toEqual(namesOf(sample));
  });
});

describe('a type', () => {
  it.each([
    ['convert_compressed_content_divergence', 'content_divergence'],
    ['*_twin_info_divergence', 'twin_info_divergence'],
    ['commit_backing_info_divergence', 'backing_info_divergence'],
    ['info_json_parse_failure', 'json_parse_failure'],
    ['measure_divergence', 'measure_divergence'],
    ['exit_code_divergence', 'exit_code_divergence'],
  ])('%s ends in %s', (type, end) => {
    expect(endsOf({ expected: [type, type] })).toEqual([end]);
  });
});

describe('a cover', () => {
  const touches = ({ touches: commands }: Wrapper) => commands;
  const wide = wrapper('a-wide', 'info', 'check', 'map');
  const [one, two, three] = ['b', 'c', 'd'].map((name) => wrapper(name, 'info')) as [Wrapper, Wrapper, Wrapper];
  const wrappers = [wide, one, two, three, wrapper('e', 'check')];

  it('prefers what stands for one thing alone, and then what is first', () => {
    expect(namesOf(coverOf([wrapper('a', 'info', 'map'), one, two, wrapper('x', 'map')], touches))).toEqual(['b', 'x']);
  });

  it('begins with what is rarest, which may stand for the rest', () => {
    expect(namesOf(coverOf(wrappers, touches))).toEqual(['a-wide']);
  });

  it('has as many of each as is asked for, where there are as many', () => {
    expect(namesOf(coverOf(wrappers, touches, { times: 2 }))).toEqual(['a-wide', 'b', 'e']);
    expect(coverOf(wrappers, touches, { times: 9 })).toEqual(wrappers);
  });

  it('adds to what is taken anyway only what that lacks', () => {
    expect(namesOf(coverOf(wrappers, touches, { taken: [three] }))).toEqual(['a-wide', 'd']);
    expect(namesOf(coverOf(wrappers.slice(1), touches, { taken: [three] }))).toEqual(['d', 'e']);
  });
});
