import type { Oracle } from './observation.ts';

/** What an operation only reads stays byte-identical. */
export const inputsUntouched: Oracle = async ({ inputs, bench }) => {
  for (const { path } of inputs) {
    if (!(await bench.untouched(path))) {
      return { kind: 'input-modified', type: 'input_modified_divergence', file: path };
    }
  }
  return undefined;
};
