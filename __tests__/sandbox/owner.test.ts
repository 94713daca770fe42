import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isAbandoned, ownerOf } from '../../src/sandbox/owner.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A process that does nothing until it is killed, and its id. */
async function idle(program = 'sleep'): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(program, ['600'], { stdio: ['pipe', 'ignore', 'ignore'] });
  started.push(child);
  await once(child, 'spawn');
  return { child, pid: Number(child.pid) };
}

/** An owner by its three parts. */
function partsOf(pid: number): [space: string, pid: string, started: string] {
  const [space = '', own = '', start = ''] = (ownerOf(pid) ?? '').split('.');
  return [space, own, start];
}

const [space, own, start] = partsOf(process.pid);

describe('what an owner left', () => {
  it('is not abandoned while its process lives, whatever is added to its name', async () => {
    const { pid } = await idle();
    for (const owner of [ownerOf(process.pid), ownerOf(pid)]) {
      expect(owner).toBeDefined();
      expect([isAbandoned(`${owner}`), isAbandoned(`${owner}.0123abcd`)]).toEqual([false, false]);
    }
  });

  it('is abandoned when its process is gone', async () => {
    const { child, pid } = await idle();
    const owner = ownerOf(pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(ownerOf(pid)).toBeUndefined();
    expect([isAbandoned(`${owner}`), isAbandoned(`${owner}.0123abcd`)]).toEqual([true, true]);
  });

  it('is abandoned when another process has its id by now', () => {
    expect(isAbandoned([space, own, Number(start) - 1].join('.'))).toBe(true);
    expect(isAbandoned([space, own, `${start}0`].join('.'))).toBe(true);
  });

  it('is none of ours to remove where its processes cannot be seen from here', async () => {
    const { child, pid } = await idle();
    const [, gone, since] = partsOf(pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const otherBoot = `${space.startsWith('0') ? '1' : '0'}${space.slice(1)}`;
    const otherContainer = `${space.slice(0, -1)}${(Number(space.at(-1)) + 1) % 10}`;
    for (const other of [otherBoot, otherContainer, space.slice(0, 8), `${space}1`]) {
      expect(isAbandoned([other, gone, since].join('.')), other).toBe(false);
    }
    expect(isAbandoned([space, gone, since].join('.'))).toBe(true);
  });

  it('is left alone under a name that is none', () => {
    const unfinished = ['', '.', '..', '.self.1', '.-1.1', '.1/x.1', '. 1.1'].map((rest) => space + rest);
    for (const name of ['', '.', 'x', ...unfinished]) expect(isAbandoned(name), name).toBe(false);
  });
});

describe('the name of an owner', () => {
  it('is that of its start, whatever the program calls itself', async () => {
    const program = join(mkdtempSync(join(tmpdir(), 'differential-fuzz-test-')), 'a) b (c 1 2');
    writeFileSync(program, '#!/bin/sh\nread -r line\n', { mode: 0o755 });
    const plain = Number(partsOf((await idle()).pid)[2]);
    const odd = Number(partsOf((await idle(program)).pid)[2]);
    // In hundredths of a second since the boot, so that what began later never has less.
    expect(plain).toBeGreaterThanOrEqual(Number(start));
    expect(odd).toBeGreaterThanOrEqual(plain);
  });

  it('differs between two processes', async () => {
    const { pid } = await idle();
    expect(ownerOf(pid)).not.toBe(ownerOf(process.pid));
    expect(partsOf(pid)[0]).toBe(space);
  });
});
