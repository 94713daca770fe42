import { describe, expect, it } from 'vitest';
import { unshrunkWords } from '../../src/action/unshrunk.ts';

describe('a run that makes nothing small', () => {
  const divergence = { kind: 'divergence' } as const;
  const fresh = { kind: 'bugs', onlyNew: true, severities: [] } as const;

  it.each([
    [false, divergence, true, 'so that it gets an issue for each.'],
    [false, fresh, false, 'so that it is new for each.'],
    [false, fresh, true, 'so that it gets an issue for each.'],
    [false, divergence, false, undefined],
    [false, { ...fresh, onlyNew: false }, false, undefined],
    [true, fresh, true, undefined],
  ] as const)('says where that matters: shrink %s, fail-on %j, files %s', (shrink, failOn, files, words) => {
    const said = unshrunkWords({ shrink, 'fail-on': failOn }, files);
    expect(said).toEqual(words === undefined ? undefined : expect.stringContaining(words));
  });
});
