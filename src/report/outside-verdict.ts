/** The form of verdicts and findings in a record that another job wrote. A member of another form would not come up before it is told in words. */
import * as v from 'valibot';
import { OPERATION_NAMES } from '../operations/index.ts';

/** Entries of a list that is told of one iteration or one run. */
const MOST_ENTRIES = 1000;

/** A whole number from 0 to `most`. */
export const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** Any number; JSON can write larger ones than there are. */
export const amount = v.pipe(v.number(), v.finite());

/** A name of ours. */
export const word = v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/));

/** The name of an operation. */
export const operation = v.picklist(OPERATION_NAMES);

/** A list that is not endless. */
export const some = <T extends v.GenericSchema>(one: T) => v.pipe(v.array(one), v.maxLength(MOST_ENTRIES));

const exit = v.variant('kind', [
  v.strictObject({ kind: v.literal('exited'), code: whole(255) }),
  v.strictObject({ kind: v.literal('signalled'), signal: whole(255) }),
  v.strictObject({ kind: v.literal('timed-out'), seconds: amount }),
]);
const side = v.picklist(['subject', 'reference']);
const text = v.string();
const checked = v.strictObject({ corruptions: amount, leaks: amount, errors: amount });
const base = { type: word, operation, step: whole(100), mistake: v.optional(word) };
const of = <K extends string, T extends v.ObjectEntries>(kind: K, entries: T) =>
  v.strictObject({ ...base, kind: v.literal(kind), ...entries });
/** A finding, by what differs. */
export const Finding = v.variant('kind', [
  of('exit', { subject: exit, reference: exit, message: text }),
  of('crash', { subject: exit, message: text }),
  of('input-modified', { file: text }),
  of('json', {
    what: text,
    differences: some(v.strictObject({ pointer: text, subject: text, reference: text })),
    as: v.optional(v.picklist(['lines', 'extents'])),
  }),
  of('unparsable', { what: text, start: text, member: v.optional(text) }),
  of('content', {
    file: text,
    offset: amount,
    broken: v.optional(text),
    both: v.optional(v.literal(true)),
    twin: v.optional(v.literal(true)),
    snapshot: v.optional(word),
  }),
  of('size', { file: text, subject: amount, reference: amount, reader: v.optional(text) }),
  of('unreadable', { file: text, message: text, reader: v.optional(text) }),
  of('inconsistent', { file: text, subject: checked, reference: checked }),
  of('above-bound', {
    what: text,
    value: amount,
    bound: amount,
    side,
    member: v.picklist(['required', 'fully-allocated']),
  }),
]);

const because = <K extends string, T extends v.ObjectEntries>(kind: K, entries: T) =>
  v.strictObject({ kind: v.literal(kind), ...entries });
const reason = v.variant('kind', [
  because('inconclusive_external_timeout', {
    side,
    command: text,
    seconds: amount,
    referenceMilliseconds: v.optional(amount),
  }),
  because('killed', { side, command: text }),
  because('missing_helper', { helper: text }),
  because('fixture_failed', { command: text, message: text }),
  because('reference_failed', { command: text, message: text }),
  because('reference_crashed', { command: text, message: text }),
  because('reference_invariant', { says: text, message: text }),
  because('scratch_full', { freeBytes: amount }),
  because('limit_reached', { limit: v.picklist(['processes', 'memory']) }),
  because('own_conversion_failed', { message: text }),
  because('leads_elsewhere', { file: text }),
  because('not_started', { message: text }),
  because('too_much_said', { bytes: amount }),
  because('flaky', { cameBack: amount, tries: amount }),
  because('lane_lost', { message: text }),
  because('nothing_to_compare', {}),
]);

/** The verdict of an iteration. */
export const Verdict = v.variant('kind', [
  v.strictObject({ kind: v.literal('ok') }),
  v.strictObject({ kind: v.literal('divergent') }),
  v.strictObject({ kind: v.literal('inconclusive'), reason }),
]);
