import { notLessConsistent } from '../oracles/consistency.ts';
import { sameContent } from '../oracles/content.ts';
import { noCrash, sameSuccess } from '../oracles/ending.ts';
import { inputsUntouched } from '../oracles/inputs.ts';
import { SOURCE_FILE } from './fixture.ts';
import type { Script, ScriptContext } from './operation.ts';

/** What both kinds of conversion run. Compression is spelled `-c` on both sides. */
export function convertScript(
  { target, compressed }: { target: string; compressed: boolean },
  { source, position }: ScriptContext,
): Script {
  const output = convertedFile(position, target);
  const args = ['convert', ...(compressed ? ['-c'] : []), '-O', target, SOURCE_FILE, output];
  return {
    usesSource: true,
    prepare: [],
    subject: args,
    reference: args,
    inputs: [{ path: SOURCE_FILE, format: source.format }],
    outputs: [{ path: output, format: target }],
    oracles: [noCrash, sameSuccess, inputsUntouched],
    readbacks: [sameContent, notLessConsistent],
  };
}

/** The name of what a conversion in this step writes beside the source. */
export function convertedFile(position: number, format: string): string {
  return `step${position}.${format}`;
}
