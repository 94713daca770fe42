/** What the forms of a record's files are built from. */
import * as v from 'valibot';
import { GAP_ID } from '../gaps/gap.ts';
import { OPERATION_NAMES } from '../operations/index.ts';
import { FINGERPRINT } from '../triage/bug.ts';

/** Entries of a list that is told of one iteration or one run. */
export const MOST_ENTRIES = 1000;

/** A whole number from 0 to `most`. */
export const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** Any number; JSON can write larger ones than there are. */
export const amount = v.pipe(v.number(), v.finite());

/** How often something was tried. */
export const million = whole(1_000_000);

/** A name of ours. */
export const word = v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/));

/** The id of a known gap. */
export const gap = v.pipe(v.string(), v.regex(GAP_ID));

/** The name of an operation. */
export const operation = v.picklist(OPERATION_NAMES);

/** By what a bug is known. */
export const fingerprint = v.pipe(v.string(), v.regex(FINGERPRINT));

/** A list that is not endless. */
export const some = <T extends v.GenericSchema>(one: T) => v.pipe(v.array(one), v.maxLength(MOST_ENTRIES));

/** A form for each member of a type: where one is missing, optional ones included, it does not compile. */
export type Members<T> = { readonly [M in keyof T]-?: v.GenericSchema };

/** What a form lets through, without what it lets pass besides the members that it knows. */
type Known<T> = T extends readonly unknown[]
  ? { readonly [M in keyof T]: Known<T[M]> }
  : T extends object
    ? { readonly [M in keyof T as string extends M ? never : M]: Known<T[M]> }
    : T;

/**
 * A form, unchanged, that lets through all that a type allows and nothing else: where one of the two gets a kind, a word or a type of member that
 * the other lacks, it does not compile.
 */
export const exactly =
  <T>() =>
  <S extends v.GenericSchema<unknown, T>>(form: [T] extends [Known<v.InferOutput<S>>] ? S : never): S =>
    form;
