/**
 * All wrappers of a directory as one subject: each calls the next in the place of qemu-img, the one whose name comes last first, and the
 * last calls the real one. A run against it is a run against each of them, which is how harmless subjects are tried for long.
 */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SUBJECT_MOUNT } from '../src/sandbox/hardening.ts';
import { type Wrapper, wrappersIn } from './hunt.ts';

/** A directory that holds a stack, and the stack as a subject of it. `remove` deletes the directory. */
export interface Stack {
  readonly directory: string;
  readonly wrapper: Wrapper;
  remove(): void;
}

const LAYERS = 'layers';

/** Stacks the wrappers of a directory whose names hold a text, in a temporary directory. */
export function stackOf(folder: string, only = ''): Stack {
  const layers = wrappersIn(folder)
    .filter(({ name }) => name.includes(only))
    .toReversed();
  const directory = mkdtempSync(join(tmpdir(), 'differential-fuzz-stack-'));
  chmodSync(directory, 0o755);
  mkdirSync(join(directory, LAYERS));
  for (const { name } of layers) copyFileSync(join(folder, name), join(directory, name));
  const wrapper: Wrapper = {
    name: 'all-at-once',
    says: 'what all others do, at once',
    touches: [...new Set(layers.flatMap(({ touches }) => touches))],
    onlyMistaken: false,
    onRequest: false,
    expected: [],
  };
  writeScript(join(directory, wrapper.name), entry(layers));
  writeScript(join(directory, LAYERS, 'qemu-img'), nextLayer(layers));
  return { directory, wrapper, remove: () => rmSync(directory, { recursive: true }) };
}

function writeScript(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o755 });
}

function entry(layers: readonly Wrapper[]): string {
  return `#!/bin/sh
export NEXT='${layers.map(({ name }) => `${name} `).join('')}' PATH="${SUBJECT_MOUNT}/${LAYERS}:$PATH"
exec qemu-img "$@"
`;
}

/** What a layer calls when it calls qemu-img. Layers that leave the command alone are passed over, as a shell each costs a millisecond. */
function nextLayer(layers: readonly Wrapper[]): string {
  const touching = layers.flatMap(({ name, touches }) => touches.map((command) => ` ${command}:${name} `));
  return `#!/bin/sh
while [ -n "$NEXT" ]; do
  layer=\${NEXT%% *} NEXT=\${NEXT#* }
  case '${touching.join('')}' in *" $1:$layer "*) exec "${SUBJECT_MOUNT}/$layer" "$@" ;; esac
done
PATH=\${PATH#*:}
exec qemu-img "$@"
`;
}
