import { SEVERITIES, type Severity } from '../verdict/severity.ts';
import { type Check, itemsIn, quoted } from './check.ts';

/** What turns a run red. */
export type FailOn =
  | { readonly kind: 'divergence' }
  | { readonly kind: 'never' }
  /** Bugs that are new, where that is asked for, and of one of these severities, where any is named. */
  | { readonly kind: 'bugs'; readonly onlyNew: boolean; readonly severities: readonly Severity[] };

/** What the input means, for people. */
export const FAIL_ON_WORDS =
  'What turns the step red: divergence, on a pull request without what depends on the version of qemu-img alone; never; or a list of new (bugs that neither an issue of the repository nor an earlier run on its default branch knows) and severities (data-loss, corruption, crash, refusal, metadata, leniency, version-dependent): a bug must be new if that stands there, and of one of the severities if any does.';

const WORDS: readonly string[] = ['divergence', 'never', 'new', ...SEVERITIES];

/** Reads the list. `divergence` and `never` stand alone. */
export const failOn: Check<FailOn> = (text) => {
  const words = itemsIn(text);
  const unknown = words.find((word) => !WORDS.includes(word));
  if (unknown !== undefined) return { ok: false, problem: `${quoted(unknown)} is not one of ${WORDS.join(', ')}.` };
  const twice = words.find((word, at) => words.indexOf(word) !== at);
  if (twice !== undefined) return { ok: false, problem: `${quoted(twice)} stands there twice.` };
  const [alone] = words;
  if (alone === 'divergence' || alone === 'never') {
    if (words.length === 1) return { ok: true, value: { kind: alone } };
    return { ok: false, problem: `${quoted(text)} names more than ${alone}, which stands alone.` };
  }
  if (words.includes('divergence') || words.includes('never')) {
    return { ok: false, problem: `${quoted(text)} is no list: divergence and never stand alone.` };
  }
  const severities = SEVERITIES.filter((severity) => words.includes(severity));
  return { ok: true, value: { kind: 'bugs', onlyNew: words.includes('new'), severities } };
};
