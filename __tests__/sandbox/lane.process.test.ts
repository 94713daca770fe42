import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Lane, LaneLost } from '../../src/sandbox/lane.ts';
import { openMachine } from '../../src/sandbox/machine.ts';
import { residentHere } from '../../src/sandbox/resident.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { wasNotStarted } from '../../src/sandbox/status.ts';
import { INTERRUPT_SESSION } from '../../src/sandbox/sweep.ts';
import { isAlive } from '../support/process.ts';

/** These use real shells on this machine; the same lane runs in the container. */
let sandbox: Sandbox;
let lane: Lane;
let directory: string;

beforeEach(async () => {
  directory = join(mkdtempSync(join(tmpdir(), 'lane-test-')), "a b'c$d");
  mkdirSync(directory);
  sandbox = openMachine(join(directory, 'scratch'), { kind: 'reference' });
  ({ subject: lane } = await sandbox.openLanes());
});

afterEach(() => sandbox.close());

const sh = (script: string, timeoutSeconds = 20) => lane.run({ directory, argv: ['sh', '-c', script], timeoutSeconds });

describe('a lane', () => {
  it('gives back exit code and both streams', async () => {
    const result = await sh('echo out; echo err >&2; exit 3');
    expect(result.exit).toEqual({ kind: 'exited', code: 3 });
    expect([result.stdout.text, result.stderr.text]).toEqual(['out\n', 'err\n']);
  });

  it('does one command at a time, and says so where it is asked for two', async () => {
    const first = sh('sleep 0.3; echo first');
    await expect(sh('echo second')).rejects.toThrow('a lane does one command at a time');
    expect((await first).stdout.text).toBe('first\n');
    expect((await sh('echo third')).stdout.text).toBe('third\n');
  });

  it('gives every word to the program unchanged', async () => {
    const words = ['', "it's", '$HOME', '`id`', 'a\nb', '*', '-n', '"', '\\', 'é'];
    const result = await lane.run({ directory, argv: ['printf', '[%s]', ...words], timeoutSeconds: 20 });
    expect(result.stdout.text).toBe(words.map((word) => `[${word}]`).join(''));
  });

  it('keeps output without a final line break, and bytes that are no text', async () => {
    expect((await sh("printf 'no end'")).stdout.text).toBe('no end');
    expect((await sh("printf '\\377\\000x'")).stdout.text).toBe('\ufffd\0x');
  });

  it('tells a signal from an exit', async () => {
    expect((await sh('kill -SEGV $$')).exit).toEqual({ kind: 'signalled', signal: 11 });
  });

  it('ends a command at its time limit, also one that ignores the polite signal', async () => {
    expect((await sh('sleep 30', 1)).exit).toEqual({ kind: 'timed-out', seconds: 1 });
    expect((await sh('trap "" TERM; while :; do sleep 0.1; done', 1)).exit).toEqual({ kind: 'timed-out', seconds: 1 });
  });

  it('ends it as well where the image’s `timeout` lets its program die of the signal, as BusyBox’s does', async () => {
    const tools = join(directory, 'tools');
    mkdirSync(tools);
    // What BusyBox 1.35 does: it becomes the program and has a child of its own send the signal.
    const timeout = '#!/bin/sh\nshift 2\nseconds=$1\nshift\n(sleep "$seconds"; kill -TERM $$) &\nexec "$@"\n';
    writeFileSync(join(tools, 'timeout'), timeout, { mode: 0o755 });
    const { subject: own } = await sandbox.openLanes();
    await own.run({ directory, argv: ['true'], timeoutSeconds: 20 });
    await own.run({ directory, argv: ['export', `PATH=${tools}:/usr/bin:/bin`], timeoutSeconds: 20, trusted: true });
    const slow = await own.run({ directory, argv: ['sleep', '30'], timeoutSeconds: 1 });
    expect(slow.exit).toEqual({ kind: 'timed-out', seconds: 1 });
    const deaf = ['sh', '-c', 'trap "exit 1" TERM; while :; do sleep 0.1; done'];
    expect((await own.run({ directory, argv: deaf, timeoutSeconds: 1 })).exit).toEqual({
      kind: 'timed-out',
      seconds: 1,
    });
    const killed = await own.run({ directory, argv: ['sh', '-c', 'kill -TERM $$'], timeoutSeconds: 20 });
    expect(killed.exit).toEqual({ kind: 'signalled', signal: 15 });
  });

  it('blames nobody when `timeout` itself fails: the lane is lost', async () => {
    const tools = join(directory, 'tools');
    mkdirSync(tools);
    // What coreutils 9.7 says and gives where no process can be made.
    const timeout =
      '#!/bin/sh\necho "timeout: fork system call failed: Resource temporarily unavailable" >&2\nexit 125\n';
    writeFileSync(join(tools, 'timeout'), timeout, { mode: 0o755 });
    const { subject: own } = await sandbox.openLanes();
    await own.run({ directory, argv: ['true'], timeoutSeconds: 20 });
    await own.run({ directory, argv: ['export', `PATH=${tools}:/usr/bin:/bin`], timeoutSeconds: 20, trusted: true });
    const guarded = own.run({ directory, argv: ['true'], timeoutSeconds: 20 });
    await expect(guarded).rejects.toThrow(
      new LaneLost('timeout: fork system call failed: Resource temporarily unavailable'),
    );
  });

  it('tells a program that is gone, or not to be executed, from one that ends so', async () => {
    const { subject: own } = await sandbox.openLanes();
    const program = join(directory, 'half-built');
    const start = () => own.run({ directory, argv: [program], timeoutSeconds: 20 });
    expect(wasNotStarted(await start())).toBe(true);
    writeFileSync(program, '#!/bin/sh\necho "error: timeout: none" >&2\nexit 127\n', { mode: 0o644 });
    expect(wasNotStarted(await start())).toBe(true);
    chmodSync(program, 0o755);
    const ended = await start();
    expect([ended.exit, wasNotStarted(ended)]).toEqual([{ kind: 'exited', code: 127 }, false]);
  });

  it('takes an exit code of 125 for the program’s own where `timeout` did not complain', async () => {
    expect((await sh('echo "error: timeout: none" >&2; exit 125')).exit).toEqual({ kind: 'exited', code: 125 });
  });

  it('does not take an exit code of 124 for a time-out', async () => {
    expect((await sh('exit 124')).exit).toEqual({ kind: 'exited', code: 124 });
  });

  it('kills what a command leaves behind', async () => {
    const { stdout } = await sh('sleep 300 >/dev/null 2>&1 & echo $!');
    expect(stdout.text).toMatch(/^\d+\n$/);
    await expect.poll(() => isAlive(stdout.text.trim())).toBe(false);
  });

  it('runs a trusted command without a guard, and ends it from outside at its time limit', async () => {
    const trusted = (script: string, timeoutSeconds: number) =>
      lane.run({ directory, argv: ['sh', '-c', script], timeoutSeconds, trusted: true });
    const plain = await trusted('ps -o comm= -p $PPID; echo err >&2; exit 3', 20);
    expect([plain.exit, plain.stdout.text, plain.stderr.text]).toEqual([{ kind: 'exited', code: 3 }, 'sh\n', 'err\n']);
    expect((await trusted('trap "" TERM; while :; do sleep 0.1; done', 1)).exit).toEqual({
      kind: 'timed-out',
      seconds: 1,
    });
    expect((await trusted('kill -SEGV $$', 20)).exit).toEqual({ kind: 'signalled', signal: 11 });
    expect((await trusted('exec no-such-program', 20)).exit).toEqual({ kind: 'exited', code: 127 });
  });

  it('waits for what ends a command from outside, which would end the next one else', async () => {
    const shell = spawn('/bin/sh', [], { detached: true, stdio: 'pipe' });
    // As slow as an engine under load.
    const interrupt = async (leader: string) => {
      await setTimeout(600);
      spawnSync('/bin/sh', ['-c', INTERRUPT_SESSION, 'sh', leader]);
    };
    const own = new Lane(residentHere(shell), interrupt);
    const asked = (seconds: string, timeoutSeconds: number) =>
      own.run({ directory, argv: ['sleep', seconds], timeoutSeconds, trusted: true });
    expect((await asked('1.2', 1)).exit).toEqual({ kind: 'timed-out', seconds: 1 });
    expect((await asked('0.8', 20)).exit).toEqual({ kind: 'exited', code: 0 });
    own.kill();
  });

  it('bounds a flood of output', async () => {
    const { stdout } = await sh('head -c 50000000 /dev/zero');
    expect([stdout.bytes, stdout.truncated]).toEqual([50_000_000, true]);
    expect((await sh('echo still here')).stdout.text).toBe('still here\n');
  });

  it('gives a command none of our environment', async () => {
    process.env['GITHUB_TOKEN'] = 'secret';
    const names = (await sh('env')).stdout.text.split('\n').map((line) => line.split('=')[0]);
    expect(names.filter((name) => name !== '' && name !== '_').toSorted()).toEqual([
      'HOME',
      'LC_ALL',
      'PATH',
      'PWD',
      'TMPDIR',
      'TZ',
    ]);
  });

  it('is lost when its shell dies, and says so', async () => {
    const [dying] = await Promise.allSettled([sh('kill -9 $(cut -d" " -f6 /proc/self/stat); sleep 5')]);
    expect(dying.status === 'rejected' && dying.reason).toBeInstanceOf(LaneLost);
  });

  it('is lost when a directory cannot be entered', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    await expect(lane.run({ directory: file, argv: ['true'], timeoutSeconds: 5 })).rejects.toThrow(/cannot be entered/);
  });
});
