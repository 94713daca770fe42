import { succeeded } from '../verdict/exit.ts';
import type { Oracle } from './observation.ts';

/** What an operation only reads stays byte-identical. */
export const inputsUntouched: Oracle = async ({ inputs, bench }) => {
  for (const file of inputs) {
    if (!(await bench.untouched(file))) {
      return { kind: 'input-modified', type: 'input_modified_divergence', file: file.path };
    }
  }
  return undefined;
};

/** What both tools refused stays as it was; where the reference accepted it, there was nothing to refuse. */
export const untouchedWhenRefused: Oracle = async (observation) =>
  succeeded(observation.reference.exit) ? undefined : inputsUntouched(observation);
