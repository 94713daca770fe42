import { succeeded } from '../verdict/exit.ts';
import type { Judgement } from '../verdict/finding.ts';
import type { Bench, ImageFile, Oracle } from './observation.ts';

/** What an operation only reads stays byte-identical. */
export const inputsUntouched: Oracle = async ({ inputs, bench }) => firstChanged(inputs, bench);

/**
 * What the reference refused leaves all files as they were; where it accepted, there was nothing to refuse. A subject that did what it was
 * asked for is held to that alone, not to what it wrote.
 */
export const untouchedWhenRefused: Oracle = async ({ subject, reference, inputs, bench }) => {
  if (succeeded(reference.exit)) return undefined;
  return firstChanged(succeeded(subject.exit) ? inputs.filter(({ inPlace }) => !inPlace) : inputs, bench);
};

/** A request that both refuse leaves what it was to change as it was, of which nothing else is looked at then. */
export const outputsUntouchedWhenRefused: Oracle = async ({ subject, reference, outputs, bench }) => {
  if (succeeded(subject.exit) || succeeded(reference.exit)) return undefined;
  const inPlace = outputs.filter(({ isNew }) => !isNew).map((file) => ({ ...file, inPlace: true as const }));
  return firstChanged(inPlace, bench);
};

async function firstChanged(files: readonly ImageFile[], bench: Bench): Promise<Judgement | undefined> {
  for (const file of files) {
    if (!(await bench.untouched(file))) {
      return { kind: 'input-modified', type: 'input_modified_divergence', file: file.path };
    }
  }
  return undefined;
}
