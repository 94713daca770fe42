/** The form of verdicts and findings in a record that another job wrote. A member of another form would not come up before it is told in words. */
import * as v from 'valibot';
import type { Exit } from '../../verdict/exit.ts';
import type { CheckCounts, Finding as FindingOf, Side } from '../../verdict/finding.ts';
import type { Reason } from '../../verdict/verdict.ts';
import { amount, exactly, type Members, operation, some, whole, word } from '../forms.ts';
import type { IterationLine } from '../record.ts';

const exit = exactly<Exit>()(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('exited'), code: whole(255) }),
    v.strictObject({ kind: v.literal('signalled'), signal: whole(255) }),
    v.strictObject({ kind: v.literal('timed-out'), seconds: amount }),
  ]),
);
const side = exactly<Side>()(v.picklist(['subject', 'reference']));
const text = v.string();
const checked = v.strictObject({ corruptions: amount, leaks: amount, errors: amount } satisfies Members<CheckCounts>);
const base = { type: word, operation, step: whole(100), mistake: v.exactOptional(word) };

/** One kind of a union, without what is said of each. */
type Own<T, K> = Omit<Extract<T, { readonly kind: K }>, keyof typeof base | 'kind'>;

const of = <K extends FindingOf['kind'], E extends Members<Own<FindingOf, K>>>(kind: K, entries: E) =>
  v.strictObject({ ...base, kind: v.literal(kind), ...entries });
const findings = v.variant('kind', [
  of('exit', { subject: exit, reference: exit, message: text }),
  of('crash', { subject: exit, message: text }),
  of('input-modified', { file: text }),
  of('json', {
    what: text,
    differences: some(v.strictObject({ pointer: text, subject: text, reference: text })),
    as: v.exactOptional(v.picklist(['lines', 'extents'])),
  }),
  of('unparsable', { what: text, start: text, member: v.exactOptional(text) }),
  of('content', {
    file: text,
    offset: amount,
    broken: v.exactOptional(text),
    both: v.exactOptional(v.literal(true)),
    twin: v.exactOptional(v.literal(true)),
    snapshot: v.exactOptional(word),
  }),
  of('size', {
    file: text,
    subject: amount,
    reference: amount,
    reader: v.exactOptional(text),
    snapshot: v.exactOptional(word),
  }),
  of('unreadable', { file: text, message: text, reader: v.exactOptional(text) }),
  of('inconsistent', { file: text, subject: checked, reference: checked }),
  of('above-bound', {
    what: text,
    value: amount,
    bound: amount,
    side,
    member: v.picklist(['required', 'fully-allocated']),
  }),
]);
/** A finding, by what differs. */
export const Finding = exactly<FindingOf>()(findings);

const because = <K extends Reason['kind'], E extends Members<Own<Reason, K>>>(kind: K, entries: E) =>
  v.strictObject({ kind: v.literal(kind), ...entries });
const reasons = v.variant('kind', [
  because('inconclusive_external_timeout', {
    side,
    command: text,
    seconds: amount,
    referenceMilliseconds: v.exactOptional(amount),
  }),
  because('killed', { side, command: text }),
  because('missing_helper', { helper: text }),
  because('fixture_failed', { command: text, message: text }),
  because('reference_failed', { command: text, message: text }),
  because('reference_crashed', { command: text, message: text }),
  because('reference_invariant', { says: text, message: text }),
  because('scratch_full', { freeBytes: amount, neededBytes: v.exactOptional(amount) }),
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
export const Verdict = exactly<IterationLine['verdict']>()(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('ok') }),
    v.strictObject({ kind: v.literal('divergent') }),
    v.strictObject({ kind: v.literal('inconclusive'), reason: exactly<Reason>()(reasons) }),
  ]),
);
