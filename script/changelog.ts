/** The changelog as data, in the form of Keep a Changelog 1.1.0. */

/** One version's part: `Unreleased` has no date. */
export interface Section {
  readonly version: string;
  readonly date: string | undefined;
  /** What changed, by the kinds of Keep a Changelog. */
  readonly text: string;
}

/** The kinds of change that the form knows. */
export const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];

/** The versions' parts, in the order in which they stand there. */
export function sectionsOf(changelog: string): Section[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [, version = '', date] = /^\[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$/m.exec(part) ?? [];
      return { version, date, text: part.replace(/^.*\n/, '').trim() };
    });
}

/** A release's notes, or why a tag cannot be released. */
export function notesOf(
  changelog: string,
  tag: string,
  version: string,
): { kind: 'notes'; text: string } | { kind: 'refused'; reason: string } {
  const refused = (reason: string) => ({ kind: 'refused', reason }) as const;
  if (tag !== `v${version}`) return refused(`The tag ${tag} is not the version of package.json: v${version}.`);
  const section = sectionsOf(changelog).find((one) => one.version === version);
  if (section === undefined) return refused(`CHANGELOG.md has no part for ${version}.`);
  if (section.date === undefined) return refused(`CHANGELOG.md gives no date for ${version}.`);
  return section.text === ''
    ? refused(`CHANGELOG.md says nothing of ${version}.`)
    : { kind: 'notes', text: section.text };
}
