import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { Interpreter, InterpreterLost } from '../../src/sandbox/interpreter.ts';
import { Lane, LaneLost } from '../../src/sandbox/lane.ts';
import type { Resident } from '../../src/sandbox/resident.ts';

/** A program of which somebody else holds the other ends: a subject can open the pipes of all lanes. */
function stolen() {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let kills = 0;
  const resident: Resident = { stdin, stdout, stderr, ended: new Promise(() => {}), kill: () => (kills += 1) };
  return { ...{ stdin, stdout, stderr, resident }, kills: () => kills };
}

describe('a lane whose shell was killed and is spoken for', () => {
  it.each(['1\x134', '12345678', '-1', '1 2', ''])('has no leader by the name of %j', async (leader) => {
    const { resident, stdin, stdout, stderr } = stolen();
    stdin.on('data', (chunk: Buffer) => {
      const mark = /^r (\S+) /m.exec(chunk.toString())?.[1];
      if (mark === undefined) return;
      stdout.write(`${leader}\n${mark} 0\n`);
      stderr.write(`\n${mark} 0\n`);
    });
    await expect(new Lane(resident, async () => {}).sessionLeader()).rejects.toThrow(LaneLost);
  });
});

describe('a lane whose command cannot be ended from outside', () => {
  it('is lost, though the command has ended by itself', async () => {
    vi.useFakeTimers();
    try {
      const { resident, stdin, stdout, stderr } = stolen();
      const end = (mark: string) => {
        stdout.write(`7\n${mark} 0\n`);
        stderr.write(`\n${mark} 0\n`);
      };
      stdin.on('data', (chunk: Buffer) => {
        const [, mark, , seconds] = /^r (\S+) (\S+) (\S+) /m.exec(chunk.toString()) ?? [];
        if (mark !== undefined) setTimeout(end, seconds === '-' ? 1500 : 0, mark);
      });
      const lane = new Lane(resident, () => new Promise(() => {}));
      const ended = lane.run({ directory: '/', argv: ['true'], timeoutSeconds: 1, trusted: true }).catch(String);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await ended).toContain('does not come back');
    } finally {
      vi.useRealTimers();
    }
  });
});

/** Bytes in use, without what only waits to be collected. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('a program that stays and says too much while nobody asks', () => {
  it('is ended, and what it says then is not kept', async () => {
    const { resident, stdout, kills } = stolen();
    const interpreter = new Interpreter(resident, '> ', async () => {});
    stdout.write('x'.repeat(70_000));
    await expect(interpreter.ask(['say it'], 20)).rejects.toThrow(InterpreterLost);
    expect(kills()).toBe(1);
    const before = bytesInUse();
    const lots = Buffer.alloc(1024 * 1024, 'x');
    for (let written = 0; written < 200; written += 1) {
      stdout.write(lots);
      await new Promise(setImmediate);
    }
    expect(bytesInUse() - before).toBeLessThan(20 * 1024 * 1024);
  });
});
