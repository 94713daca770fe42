import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Interpreter, InterpreterLost } from '../../src/sandbox/interpreter.ts';
import { openMachine } from '../../src/sandbox/machine.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { homeOf } from '../../src/sandbox/scratch.ts';
import { isAlive, until } from '../support/process.ts';

/** A real program on this machine that speaks as such programs do; the container's tests have qemu-io itself. */
const PROGRAM = `#!/bin/sh
while printf '> '; IFS= read -r line; do
  case $line in
    'say '*) echo "\${line#say }" ;;
    variable) echo "$VARIABLE" ;;
    flood) head -c 300000 /dev/zero | tr '\\0' x ;;
    hang) sleep 300 & echo $! >"$TMPDIR/hangs"; wait ;;
    die) exit 3 ;;
    ' '*) ;;
    *) echo "command \\"$line\\" not found" ;;
  esac
done
`;

let sandbox: Sandbox;
let interpreter: Interpreter;

beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'interpreter-test-'));
  const program = join(directory, 'program');
  writeFileSync(program, PROGRAM);
  chmodSync(program, 0o755);
  sandbox = openMachine(join(directory, 'scratch'), { kind: 'reference' });
  interpreter = sandbox.startInterpreter(program, '> ', { VARIABLE: 'its own' });
});

afterEach(() => sandbox.close());

/** The process that the program waits for, once it has said which. */
async function hanging(): Promise<string> {
  const file = join(homeOf(sandbox.scratch.path, 'tools'), 'hangs');
  const said = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  await until('the program to hang', () => said().endsWith('\n'));
  return said().trim();
}

describe('a program that stays', () => {
  it('answers one question after the other, each with all that its commands said', async () => {
    expect(await interpreter.ask(['say one', 'say two'], 20)).toBe('one\ntwo\n');
    expect(await interpreter.ask([], 20)).toBe('');
    expect(await interpreter.ask(['variable'], 20)).toBe('its own\n');
  });

  it('is lost when it dies, and whoever asks then is told why', async () => {
    await expect(interpreter.ask(['say one', 'die'], 20)).rejects.toThrow(
      new InterpreterLost('it ended (exit code 3)'),
    );
    await expect(interpreter.ask(['say one'], 20)).rejects.toThrow(InterpreterLost);
  });

  it('is lost when it does not answer in time, and closing it ends all that it had started', async () => {
    await expect(interpreter.ask(['hang'], 1)).rejects.toThrow(new InterpreterLost('no answer from it for 1 s'));
    const process = await hanging();
    await interpreter.close();
    await expect.poll(() => isAlive(process)).toBe(false);
  });

  it('is lost when it floods its answer', async () => {
    await expect(interpreter.ask(['flood'], 20)).rejects.toThrow(new InterpreterLost('it said too much'));
  });

  it('ends with its sandbox', async () => {
    const asked = interpreter.ask(['hang'], 20).catch((error: unknown) => error);
    const process = await hanging();
    await sandbox.close();
    expect(await asked).toBeInstanceOf(InterpreterLost);
    await expect.poll(() => isAlive(process)).toBe(false);
  });
});
