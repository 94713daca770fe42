import { noAcceptance, noCrash, sameSuccess } from '../../oracles/ending.ts';
import { untouchedWhenRefused } from '../../oracles/inputs.ts';
import type { ImageFile } from '../../oracles/observation.ts';
import type { Preparation, Script, ScriptContext } from '../operation.ts';
import { copied } from './spoilt.ts';
import { renamedIn } from './words.ts';

/**
 * Something wrong with a request, made on purpose: both tools must refuse it, and neither may crash, hang or touch what it was
 * given. Where the reference has its own reasons to accept it, only the subject's agreement is asked for.
 */
export interface Mistake {
  readonly name: string;
  /** Whether there is anything in a request that can be wrong in this way; where not, it is not made. */
  fits?(script: Script, context: ScriptContext): boolean;
  spoil(script: Script, context: ScriptContext): Script;
}

/** A mistake in the words of the command. */
export function wrongWords(
  name: string,
  change: (args: readonly string[], script: Script) => readonly string[],
): Mistake {
  return {
    name,
    spoil: (script) =>
      refusable({ ...script, subject: change(script.subject, script), reference: change(script.reference, script) }),
  };
}

/** Nothing but the ends of both tools and the files that they were given is judged. */
export function refusable(script: Script): Script {
  const own = script.prepare.some(({ kind }) => kind === 'own');
  const changed = script.outputs.filter(({ isNew }) => !isNew).map((file) => ({ ...file, inPlace: true as const }));
  const given = own ? changed.map((file) => ({ ...file, own: true as const })) : changed;
  return {
    ...script,
    prepare: own ? given.map(({ path }) => ({ kind: 'before', file: path })) : [],
    inputs: [...script.inputs, ...given],
    outputs: [],
    invariants: [],
    oracles: [noCrash, sameSuccess, untouchedWhenRefused],
    readbacks: [],
  };
}

/** The mistake comes out when the output has been begun, so that what was in its place need not be there any more: it is no input. */
export function withoutBegun(spoilt: Script, { outputs }: Script): Script {
  return { ...spoilt, inputs: spoilt.inputs.filter(({ path }) => outputs.every((output) => output.path !== path)) };
}

const insert = (args: readonly string[], ...words: string[]) => [...args.slice(0, 1), ...words, ...args.slice(1)];

/** A request about a copy of the file that the command is about, to which something is done first: the step can go on with the file itself. */
export function aboutCopy(script: Script, copy: string, done: readonly Preparation[] = []): Script {
  const { operand = '' } = script;
  const change = (args: readonly string[]) => calledOtherwise(args, operand, copy);
  const spoilt = refusable({ ...script, subject: change(script.subject), reference: change(script.reference) });
  const own = spoilt.prepare.length > 0;
  const isWritten = script.outputs.some(({ path, isNew }) => path === operand && !isNew);
  const kept: Preparation[] = own || isWritten ? [{ kind: 'before', file: copy }] : [];
  const inPlace = isWritten ? ({ inPlace: true } as const) : {};
  return {
    ...spoilt,
    prepare: [copied(operand, copy), ...done, ...spoilt.prepare, ...kept],
    inputs: [...spoilt.inputs, { path: copy, format: 'raw', ...(own && { own: true as const }), ...inPlace }],
    // What is made of the copy is replaced, as any file in its place.
    spoilsCopy: true,
  };
}

/** The words of a command that is about another file. */
const calledOtherwise = (args: readonly string[], operand: string | undefined, other: string) =>
  renamedIn(args, (file) => (file === operand ? other : undefined));

/** A flag that no tool has. */
export const unknownFlag = wrongWords('unknown-flag', (args) => insert(args, '--no-such-flag'));

/** A format option that no format has. */
export const unknownOption = wrongWords('unknown-option', (args) => insert(args, '-o', 'no_such_option=1'));

/** A format that no tool knows. */
export const unknownTarget = wrongWords('unknown-target', (args) =>
  args.map((word, at) => (args[at - 1] === '-O' ? 'nosuch' : word)),
);

/** The file that the command is about is not there. */
export const missingFile = wrongWords('missing-file', (args, { operand }) =>
  calledOtherwise(args, operand, 'missing.img'),
);

/** The output is the input itself, which is lost where nobody looks. The reference knows by its locks, which not every file system has. */
export const ontoItself: Mistake = {
  name: 'onto-itself',
  spoil: (script) => {
    const copy = 'itself.img';
    const [output] = script.outputs;
    const about = aboutCopy(script, copy);
    const change = (args: readonly string[]) => calledOtherwise(args, output?.path, copy);
    const oracles = [noCrash, noAcceptance, untouchedWhenRefused];
    return { ...about, subject: change(about.subject), reference: change(about.reference), oracles };
  },
};

/**
 * The output is the lowest image of the chain that the command reads or refers to, and with it what all others stand on is lost. The reference
 * knows it by its locks, or by the same name: called from elsewhere, or on a file system without locks, it does what it is asked for. `isKept` says
 * where that costs no image which later steps need.
 */
export function ontoTheLowest(name: string, isKept: (lowest: ImageFile) => boolean = () => true): Mistake {
  const mistake = wrongWords(name, (args, { inputs, outputs: [output] }) =>
    renamedIn(args, (file) => (file === output?.path ? inputs.at(-1)?.path : undefined)),
  );
  return {
    ...mistake,
    fits: ({ inputs, operand }) => {
      const lowest = inputs.at(-1);
      return lowest !== undefined && lowest.path !== operand && isKept(lowest);
    },
    spoil: (script, context) => ({
      ...mistake.spoil(script, context),
      oracles: [noCrash, noAcceptance, untouchedWhenRefused],
    }),
  };
}

/** A size, the last word, that no image can have; where none was given, the last word is the file's name. */
export const hugeSize = wrongWords('huge-size', (args, { outputs: [output] }) => [
  ...(args.at(-1) === output?.path ? args : args.slice(0, -1)),
  '9E',
]);

/** A size that is smaller, without the word that allows it. */
const shrinkWithoutConsent = wrongWords('shrink-without-consent', (args) => [
  ...args.filter((word) => word !== '--shrink').slice(0, -1),
  '512K',
]);

const zeroSize = wrongWords('zero-size', (args) => {
  const plain = args.filter((word) => word !== '--shrink');
  return [...plain.slice(0, 1), '--shrink', ...plain.slice(1, -1), '0'];
});

/** Preallocation of a disk that gets smaller, which both tools refuse. */
const preallocatedShrink = wrongWords('preallocated-shrink', (args) => {
  const plain = args.filter(
    (word, at) => !/^--(shrink|preallocation)$/.test(word) && args[at - 1] !== '--preallocation',
  );
  return [...plain.slice(0, 1), '--shrink', '--preallocation', 'full', ...plain.slice(1, -1), '512K'];
});

/** What can be wrong with a new size. */
export const SIZE_MISTAKES: readonly Mistake[] = [shrinkWithoutConsent, preallocatedShrink, zeroSize, hugeSize];
