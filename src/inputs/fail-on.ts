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
  'What fails the step: divergence (any divergent iteration), never, or a list, separated by commas, of new and severities (data-loss, corruption, crash, refusal, metadata, leniency, version-dependent): then only bugs of these severities, and with new only new ones. Details: docs/issues.md.';

const WORDS: readonly string[] = ['divergence', 'never', 'new', ...SEVERITIES];

/** Reads the list. `divergence` and `never` stand alone. */
export const failOn: Check<FailOn> = (text) => {
  const words = itemsIn(text);
  const unknown = words.find((word) => !WORDS.includes(word));
  if (unknown !== undefined) return { ok: false, problem: `${quoted(unknown)} is not one of ${WORDS.join(', ')}.` };
  const twice = words.find((word, at) => words.indexOf(word) !== at);
  if (twice !== undefined) return { ok: false, problem: `${quoted(twice)} is listed twice.` };
  const [alone] = words;
  if (alone === 'divergence' || alone === 'never') {
    if (words.length === 1) return { ok: true, value: { kind: alone } };
    return { ok: false, problem: `${quoted(text)} names more than ${alone}, which stands alone.` };
  }
  if (words.includes('divergence') || words.includes('never')) {
    return { ok: false, problem: `${quoted(text)} is not a valid list: divergence and never stand alone.` };
  }
  const severities = SEVERITIES.filter((severity) => words.includes(severity));
  return { ok: true, value: { kind: 'bugs', onlyNew: words.includes('new'), severities } };
};
