/**
 * An operation is one file here: how its options are drawn, what is run, and which oracles judge it. It is
 * data and pure functions; running it is the execution's business.
 */
import * as v from 'valibot';
import type { ImageFile, Invariant, Oracle } from '../oracles/observation.ts';
import type { Draw } from '../plan/draw.ts';
import type { CalledFrom, Circumstances, Options } from '../plan/plan.ts';
import type { Source } from '../plan/source.ts';
import { calledFrom, filesOf } from './parts/called-from.ts';
import type { Mistake } from './parts/mistake.ts';

/** One command to prepare a step with, in the directory that the step runs in. */
export type Preparation =
  /** The reference's program builds something; both sides get the same bytes of it. */
  | { readonly kind: 'shared'; readonly program: 'reference' | 'qemu-io'; readonly args: readonly string[] }
  /** Each side's own tool makes an image on its side, so that it is on trial too: what it made is read before anything is done to it. */
  | {
      readonly kind: 'own';
      readonly args: readonly string[];
      readonly makes: ImageFile;
      readonly readbacks: readonly Oracle[];
    }
  /** The same is done to each side's own file. */
  | { readonly kind: 'each'; readonly program: 'reference' | 'qemu-io' | 'cp'; readonly args: readonly string[] }
  /** The reference's file as it is now is kept aside, to be compared with what becomes of it. */
  | { readonly kind: 'kept'; readonly file: string }
  /** The subject's file, which it made itself, is kept aside as it is now. */
  | { readonly kind: 'before'; readonly file: string };

/** Everything that a step runs and judges, made from its options: pure data but for the oracles. */
export interface Script {
  /** Works on the iteration's source image instead of in a directory of its own. */
  readonly usesSource: boolean;
  readonly prepare: readonly Preparation[];
  /** The command under test, as each side is given it. */
  readonly subject: readonly string[];
  readonly reference: readonly string[];
  /** From where it is called, as the words say; absent for the directory of its files. */
  readonly calledFrom?: CalledFrom;
  /** No file that it writes may grow beyond so many bytes, a multiple of 512. */
  readonly mostBytes?: number;
  /** The file that the command is about: what a mistake spoils. Absent where it makes a new one. */
  readonly operand?: string | undefined;
  /** Files that the command only reads. */
  readonly inputs: readonly ImageFile[];
  /** Files that it writes. */
  readonly outputs: readonly ImageFile[];
  /** What must hold of the outputs whatever the reference does. */
  readonly invariants: readonly Invariant[];
  /** Applied to every result, in this order; with a finding the step ends. */
  readonly oracles: readonly Oracle[];
  /** Applied after those to what both sides made, unless that is byte-identical: equal bytes read equal. */
  readonly readbacks: readonly Oracle[];
  /** Of a mistake: it works on a copy of its own, so that the step can go on though it was accepted. */
  readonly spoilsCopy?: boolean;
  /** The same request with a mistake in it each, in the order in which they are made first; all must be refused. */
  readonly mistaken?: readonly Mistaken[] | undefined;
}

/** A request with the mistake of this name in it. */
export interface Mistaken {
  readonly mistake: string;
  readonly script: Script;
}

/** One kind of operation. Made with `operation()`, which ties the schema to the functions that use it. */
export interface Operation {
  readonly name: string;
  /** Drawn only where a run names it, or asks for all operations. */
  readonly onRequest?: true;
  /** The names of the mistakes that can be made on purpose when asking for it, in groups of which one at most is made. */
  readonly mistakes: readonly (readonly string[])[];
  readonly nature: Nature;
  pick(draw: Draw, circumstances: Circumstances): Options;
  /** Checks options that come from a stored plan; throws a ValiError that says what is wrong with them. */
  readonly schema: v.GenericSchema<unknown, Options>;
  script(options: Options, context: ScriptContext): Script;
}

/** How an operation relates to others: by it a bug that several of them show is told to be one. */
export interface Nature<T = Options> {
  /** An operation that does less and takes the same options. */
  readonly simpler?: string;
  /** What its options do not say as a choice: what it never varies, as `name=value`, or what several of them mean together, as a word. */
  features?(options: T): readonly string[];
  /** What each side's own tool does before, if anything, as an operation by itself: what shows there already is that one's bug. */
  begins?(options: T): { readonly operation: string; readonly options: Options } | undefined;
  /** The same request without an option that is short for others; undefined where there is none to spell out. */
  spelledOut?(options: T): Options | undefined;
  /** Only reads the source image, with these options in the simplest case. */
  readonly reads?: Options;
  /** Leaves no image, so that there is none of the reference's for the subject to read. */
  readonly leavesNone?: true;
  /** The option that names the format of the image that it leaves, as a source's `format` does. */
  readonly formatOption?: string;
  /** A source image like the one that it leaves, for others to read in its stead. */
  leaves?(options: T, source: Source): Source;
}

/** How a subject spells options for which the tools have different words: its own flags, or the reference's. */
export type Dialect = 'instar' | 'qemu-img';

/** What a script may depend on besides its options. */
export interface ScriptContext {
  readonly source: Source;
  /** The step's position, from 1: part of the names of files that it writes beside the source. */
  readonly position: number;
  readonly dialect: Dialect;
  /** The names of the mistakes to make, if any. */
  readonly mistakes?: readonly string[] | undefined;
  /** From where the command is called; absent for the directory of its files. */
  readonly calledFrom?: CalledFrom | undefined;
}

/** An operation as its file defines it, with its options typed by its own schema. */
export interface OperationDefinition<T extends Options> {
  readonly name: string;
  readonly onRequest?: true;
  readonly schema: v.GenericSchema<unknown, T>;
  /** A list among them holds alternatives: one at most is made. */
  readonly mistakes: readonly (Mistake | readonly Mistake[])[];
  readonly nature?: Nature<T>;
  pick(draw: Draw, circumstances: Circumstances): T;
  script(options: T, context: ScriptContext): Script;
}

/**
 * Turns a definition into an operation of the registry. Options are checked by the schema whenever a script is
 * made, so that those of a stored plan are as trustworthy as freshly drawn ones.
 */
export function operation<T extends Options>(definition: OperationDefinition<T>): Operation {
  const { nature = {} } = definition;
  const groups = definition.mistakes.map((one) => ('spoil' in one ? [one] : one));
  const mistakes = groups.flat();
  return {
    ...definition,
    nature: natureOf(definition.schema, nature),
    mistakes: groups.map((group) => group.map(({ name }) => name)),
    script: (options, context) => {
      const script = definition.script(v.parse(definition.schema, options), context);
      const { calledFrom: from, position } = context;
      // A mistake leaves out what is not to be made, but the words still name it.
      const files = filesOf(script);
      const placed = (one: Script) => (from === undefined ? one : calledFrom(from, one, position, files));
      const named = mistakes.filter(({ name }) => context.mistakes?.includes(name));
      const made = named.filter((one) => one.fits?.(script, context) ?? true);
      const mistaken = made.map((one) => ({ mistake: one.name, script: placed(one.spoil(script, context)) }));
      return { ...placed(script), mistaken };
    },
  };
}

function natureOf<T extends Options>(schema: v.GenericSchema<unknown, T>, nature: Nature<T>): Nature {
  const { leaves, begins, spelledOut, features, ...rest } = nature;
  return {
    ...rest,
    ...(features && { features: (options) => features(v.parse(schema, options)) }),
    ...(leaves && { leaves: (options, source) => leaves(v.parse(schema, options), source) }),
    ...(begins && { begins: (options) => begins(v.parse(schema, options)) }),
    ...(spelledOut && { spelledOut: (options) => spelledOut(v.parse(schema, options)) }),
  };
}
