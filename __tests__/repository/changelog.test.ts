import { describe, expect, it } from 'vitest';
import { KINDS, notesOf, sectionsOf } from '../../script/changelog.ts';
import { read } from '../../script/generated.ts';

const CHANGELOG =
  '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-12-01\n\n### Fixed\n\n- That.\n\n## [1.2.2]\n\n- This.\n';

describe('the changelog', () => {
  const sections = sectionsOf(read('CHANGELOG.md'));

  it('begins with what is not released, and gives a date to everything else, the latest first', () => {
    const [first, ...released] = sections;
    expect(first).toMatchObject({ version: 'Unreleased', date: undefined });
    const dates = released.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(dates).not.toContain(undefined);
  });

  it.each(sections)('has only the kinds of change that the form knows: $version', ({ text }) => {
    const kinds = [...text.matchAll(/^### (.+)$/gm)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds).toEqual(KINDS.filter((kind) => kinds.includes(kind)));
  });
});

describe('a tag', () => {
  it('of the version that package.json and the changelog have is released with its notes', () => {
    expect(notesOf(CHANGELOG, 'v1.2.3', '1.2.3')).toEqual({ kind: 'notes', text: '### Fixed\n\n- That.' });
  });

  it.each([
    ['v1.2.4', '1.2.3', 'The tag v1.2.4 is not the version of package.json: v1.2.3.'],
    ['v1.2.4', '1.2.4', 'CHANGELOG.md has no part for 1.2.4.'],
    ['v1.2.2', '1.2.2', 'CHANGELOG.md gives no date for 1.2.2.'],
  ])('%s of version %s is refused: %s', (tag, version, reason) => {
    expect(notesOf(CHANGELOG, tag, version)).toEqual({ kind: 'refused', reason });
  });
});
