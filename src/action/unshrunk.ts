import type { Settings } from '../inputs/settings.ts';

/** What a person should know where findings are not made small and what is known is found again by fingerprints; else undefined. */
export function unshrunkWords({ shrink, 'fail-on': failOn }: Pick<Settings, 'shrink' | 'fail-on'>, files: boolean) {
  const asksWhatIsNew = failOn.kind === 'bugs' && failOn.onlyNew;
  if (shrink || !(files || asksWhatIsNew)) return undefined;
  const follows = files ? 'gets an issue for each' : 'is new for each';
  return `Input "shrink": without it a fingerprint is that of a whole plan. Another seed gives the same bug another one, so that it ${follows}.`;
}
