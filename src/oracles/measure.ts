import { lastWords } from '../sandbox/command.ts';
import { succeeded } from '../verdict/exit.ts';
import { crashOf } from './ending.ts';
import { Inconclusive } from './inconclusive.ts';
import { unusable } from './info.ts';
import { differencesOf, type Json, parseJson, valueAt } from './json.ts';
import type { Oracle } from './observation.ts';
import { mostConverted } from './tolerances.ts';

/** Both tools measure the same: equal sizes, and `bitmaps` on both or neither. */
export const sameMeasurement: Oracle = async ({ operation, subject, reference }) => {
  const theirs = parseJson(reference.stdout);
  if (theirs === undefined) throw unusable('measure', lastWords(reference));
  const ours = parseJson(subject.stdout);
  if (ours === undefined) return unparsable(operation, subject.stdout.text);
  const differences = differencesOf(comparable(ours), comparable(theirs));
  return differences.length === 0
    ? undefined
    : { kind: 'json', type: `${operation}_divergence`, what: 'its measurement', differences };
};

/** The number of bitmaps is a documented gap, their presence is not. */
function comparable(json: Json): Json {
  return {
    required: valueAt(json, 'required') ?? null,
    'fully-allocated': valueAt(json, 'fully-allocated') ?? null,
    bitmaps: valueAt(json, 'bitmaps') === undefined ? 'no' : 'yes',
  };
}

/**
 * For targets that the reference cannot measure: what the subject's own conversion needs is within what it
 * measured, with the tolerance that it documents. `convert` writes `target`, which the oracle then sizes.
 */
export function withinOwnMeasurement(convert: readonly string[], target: string): Oracle {
  return async ({ operation, subject, bench }) => {
    if (!succeeded(subject.exit)) return undefined;
    const json = parseJson(subject.stdout);
    const full = valueAt(json, 'fully-allocated');
    if (typeof full !== 'number') return { ...unparsable(operation, subject.stdout.text), member: 'fully-allocated' };
    const converted = await bench.ask({ side: 'subject', program: 'subject', args: convert });
    const crash = crashOf(converted);
    if (crash) return crash;
    const size = bench.fileSize('subject', target);
    if (!succeeded(converted.exit) || size === undefined) {
      throw new Inconclusive({ kind: 'own_conversion_failed', message: lastWords(converted) });
    }
    const bound = mostConverted(full);
    if (size <= bound) return undefined;
    const what = { what: target, value: size, bound, side: 'subject', member: 'fully-allocated' } as const;
    return { kind: 'above-bound', type: `${operation}_divergence`, ...what };
  };
}

/**
 * What is `required` is not below what the reference's own conversion then needs. Asked after both measured the same, so that it
 * shows where both are wrong.
 */
export function coversConversion(convert: readonly string[], target: string): Oracle {
  return async ({ operation, subject, bench }) => {
    const required = valueAt(parseJson(subject.stdout), 'required');
    if (typeof required !== 'number') return undefined;
    const converted = await bench.ask({ side: 'reference', program: 'reference', args: convert });
    const size = bench.fileSize('reference', target);
    if (!succeeded(converted.exit) || size === undefined) throw unusable('convert', lastWords(converted));
    if (size <= required) return undefined;
    const what = { what: target, value: size, bound: required, side: 'reference', member: 'required' } as const;
    return { kind: 'above-bound', type: `${operation}_invariant_divergence`, ...what };
  };
}

function unparsable(operation: string, text: string) {
  return {
    kind: 'unparsable' as const,
    type: `${operation}_json_parse_failure`,
    what: 'its measurement',
    start: text.slice(0, 200),
  };
}
