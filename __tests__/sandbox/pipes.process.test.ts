import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CannotRun } from '../../src/sandbox/host.ts';
import { Lane, LaneLost } from '../../src/sandbox/lane.ts';
import { makePipes, TAKE_PIPES } from '../../src/sandbox/pipes.ts';
import { type Resident, residentBehind } from '../../src/sandbox/resident.ts';

/** These use real pipes and a real shell on this machine; in a run the shell is inside the container. */
let directory: string;
let shell: Resident;
let lane: Lane;

const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

const startBehindPipes = (name: string, argv: readonly string[]) => {
  const pipes = makePipes(directory, name, user);
  const words = ['-c', TAKE_PIPES, pipes.path, ...argv];
  return residentBehind(spawn('/bin/sh', words, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] }), pipes);
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pipes test's-"));
  shell = startBehindPipes('0', ['sh']);
  lane = new Lane(shell, async () => {});
});

const sh = (script: string) => lane.run({ directory, argv: ['sh', '-c', script], timeoutSeconds: 20 });

describe('a program behind named pipes', () => {
  it('is told its commands and tells both its streams, however much there is on them', async () => {
    const { exit, stdout, stderr } = await sh('head -c 200000 /dev/zero | tr "\\0" x; echo complaint >&2; exit 3');
    expect([exit, stdout.bytes, stderr.text]).toEqual([{ kind: 'exited', code: 3 }, 200_000, 'complaint\n']);
    lane.kill();
  });

  it('tells of its end, though something that it left behind holds the pipes, and nothing stays of them', async () => {
    await expect(sh(`sleep 5 & kill -9 ${await lane.sessionLeader()}`)).rejects.toThrow(
      new LaneLost('its shell ended (SIGKILL)'),
    );
    await expect.poll(() => readdirSync(directory)).toEqual([]);
  });

  it('ends when it is let go of by whoever held the pipes, as at the end of our process', async () => {
    await sh('true');
    shell.stdin.destroy();
    await expect(shell.ended).resolves.toBe('ended (exit code 0)');
  });

  it('is told of with the complaint of what should have started it', async () => {
    const never = startBehindPipes('1', ['/no/such/program']);
    await expect(never.ended).resolves.toMatch(/^ended \(exit code 127\)/);
    lane.kill();
    const pipes = makePipes(directory, '2', user);
    const words = ['-c', 'echo "no such container" >&2; exit 1'];
    const refused = residentBehind(spawn('/bin/sh', words, { stdio: ['ignore', 'ignore', 'pipe'] }), pipes);
    await expect(new Lane(refused, async () => {}).sessionLeader()).rejects.toThrow(
      new LaneLost('its shell ended (exit code 1) no such container'),
    );
  });

  it('is refused where no pipe can be made', () => {
    lane.kill();
    expect(() => makePipes(join(directory, 'missing'), '0', user)).toThrow(CannotRun);
    expect(existsSync(join(directory, 'missing'))).toBe(false);
  });
});
