import * as v from 'valibot';
import { GAP_ID, MOST_OWN_GAPS } from '../gaps/gap.ts';

const scalar = v.union([v.string(), v.number(), v.boolean()]);
const oneOf = v.pipe(v.array(scalar), v.minLength(1), v.maxLength(50));

/** What is compared with a field: a value that it must be, a list of which it must be one, or comparisons that must all hold. */
export const Comparison = v.union([
  scalar,
  oneOf,
  v.strictObject({
    is: v.optional(scalar),
    isNot: v.optional(scalar),
    above: v.optional(v.number()),
    atLeast: v.optional(v.number()),
    below: v.optional(v.number()),
    atMost: v.optional(v.number()),
    has: v.optional(v.string()),
    hasNot: v.optional(v.string()),
  }),
]);
export type Comparison = v.InferOutput<typeof Comparison>;

const id = v.pipe(v.string(), v.regex(GAP_ID));
const sentence = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

/** The fields of a choice that an entry looks at, by their names, and what each is compared with. */
const When = v.record(v.pipe(v.string(), v.maxLength(100)), Comparison);
export type When = v.InferOutput<typeof When>;

/** One entry: a gap of the user's own, or a change of one that is shipped, which has an id and nothing to explain. */
export const UserGap = v.strictObject({
  id,
  state: v.optional(v.picklist(['open', 'by design', 'unknown', 'lifted'])),
  operations: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
  difference: v.optional(sentence),
  documented: v.optional(sentence),
  when: v.optional(When),
});
export type UserGap = v.InferOutput<typeof UserGap>;

/** A whole file of known gaps; docs/gaps-file.schema.json is made from this. */
export const GapsFile = v.strictObject({
  version: v.literal(1),
  gaps: v.pipe(v.array(UserGap), v.maxLength(MOST_OWN_GAPS)),
});
