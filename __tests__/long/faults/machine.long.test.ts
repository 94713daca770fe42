import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFailed } from 'vitest';
import { PARTS, type Part } from '../../../src/sandbox/scratch.ts';
import { startGitHub } from '../../../testing/github-server/server.ts';
import { expectNextRun, expectNothingLeft, expectOrder, ROUNDS } from '../../support/aftermath.ts';
import { begun, newDirectory } from '../../support/cli.ts';
import { combined } from '../../support/combined.ts';
import { again, disturbed, expectReported } from '../../support/disturbed.ts';
import { IMAGE } from '../../support/paths.ts';
import { until } from '../../support/process.ts';
import { containersOf } from '../../support/traces.ts';

const docker = (...words: string[]) => execFileSync('docker', words, { encoding: 'utf8' });

const containerOf = ({ pid }: ChildProcess, part: Part) => containersOf(pid, part)[0] ?? 'none';

/** Again where runc cannot: under cgroup v1 it gives up, "unable to freeze", while processes come faster than it freezes them. */
const pause = (name: string) =>
  until('the container to be paused', () => {
    try {
      return docker('pause', name) !== '';
    } catch {
      return false;
    }
  });

describe('a run', () => {
  it.each(PARTS)('whose container of the %s is killed ends red with what had finished', again, async (part) => {
    const ended = await disturbed({ fault: (child) => docker('kill', containerOf(child, part)) });
    expect(ended.code).toBe(1);
    expect((await expectReported(ended)).run.error).toContain('The sandbox is gone');
  });

  it('whose container is killed before the first iteration ends red and says so', again, async () => {
    const ended = await disturbed({
      fault: (child) => docker('kill', containerOf(child, 'subject')),
      when: (directory) => existsSync(join(directory, 'run.json')),
      inputs: { canaries: 'always' },
    });
    expect(ended.code).toBe(1);
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.error, finished]).toEqual([expect.stringContaining('The sandbox is gone'), 0]);
  });

  it.each(PARTS)('whose container of the %s is paused for good ends red by itself', again, async (part) => {
    const ended = await disturbed({ fault: (child) => pause(containerOf(child, part)) });
    expect(ended.code).toBe(1);
    expect((await expectReported(ended)).run.state).toBe('failed');
  });

  it.each(PARTS)('whose container of the %s is paused for a while goes on', again, async (part) => {
    const pauseForAWhile = async (child: ChildProcess) => {
      const name = containerOf(child, part);
      await pause(name);
      await sleep(4000);
      docker('unpause', name);
    };
    const ended = await disturbed({ fault: pauseForAWhile, inputs: { iterations: '12', shrink: 'false' } });
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.state, finished]).toEqual(['finished', 12]);
  });

  it('whose lanes are all killed from outside loses nothing but them', again, async () => {
    const kill = ({ pid }: ChildProcess) => execFileSync('pkill', ['-KILL', '-P', String(pid), '-f', 'docker exec']);
    const ended = await disturbed({ fault: kill, inputs: { iterations: '12', shrink: 'false' } });
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.state, finished]).toEqual(['finished', 12]);
  });

  it('whose image is replaced meanwhile stays with the one that it began with', again, async () => {
    const image = `differential-fuzz-test-replaced-${process.pid}`;
    docker('tag', IMAGE, image);
    const replace = () => execFileSync('sh', ['-c', 'tar -c --files-from /dev/null | docker import - "$0"', image]);
    const ended = await disturbed({ fault: replace, inputs: { image, iterations: '12', shrink: 'false' } });
    docker('rmi', image);
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.state, finished]).toEqual(['finished', 12]);
  });

  it('whose clock jumps back and forth counts and ends as ever', again, async () => {
    const shim = join(newDirectory(), 'jumps.mjs');
    const jumps = 'const real = Date.now; Date.now = () => real() + (Math.random() < 0.5 ? -1 : 1) * 864e5;\n';
    writeFileSync(shim, jumps);
    const variables = { NODE_OPTIONS: `--import=${shim}` };
    const ended = await disturbed({ fault: () => {}, variables, inputs: { iterations: '12', shrink: 'false' } });
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.state, finished]).toEqual(['finished', 12]);
    expect(recorded.seconds).toBeGreaterThan(0);
    expect(recorded.seconds).toBeLessThan(600);
  });

  it('beside another on the same machine is as if it were alone', again, async () => {
    const inputs = { iterations: '10', shrink: 'false' };
    const both = await Promise.all([disturbed({ fault: () => {}, inputs }), disturbed({ fault: () => {}, inputs })]);
    const reports = [await expectReported(both[0]), await expectReported(both[1])];
    expect(reports[0]?.counts).toEqual(reports[1]?.counts);
    expect(reports[0]?.finished).toBe(10);
  });
});

describe('a report directory', () => {
  const smallDisk = () => {
    const place = newDirectory();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', place]);
    return place;
  };

  it('that is full ends the run red, with all that it held', again, async () => {
    const place = smallDisk();
    try {
      const ended = await disturbed({ fault: () => {}, inputs: { 'report-dir': join(place, 'report') } });
      expect(ended.code).toBe(1);
      const report = await expectOrder(ended);
      expect(report.verdict).not.toBe('ok');
      expect(ended.stdout).toContain('ENOSPC');
    } finally {
      execFileSync('umount', [place]);
    }
  });

  it('that vanishes ends the run red, and says so', again, async () => {
    const ended = await disturbed({ fault: (_, directory) => rmSync(directory, { recursive: true }) });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/::error::Input "report-dir": the record in .* cannot be written/);
    await expectNothingLeft(ended.pid);
    await expectNextRun();
  });
});

describe('a main process', () => {
  const shrinking = (_: string, said: () => string) => said().includes('confirming and shrinking');
  const few = { iterations: '6', operations: 'convert' };

  /** Several bugs, whose shrinking takes longer than the latest kill comes, also where the machine is quick. */
  const much = {
    instar: combined([
      'convert-changes-one-byte',
      'create-cuts-odd-sizes',
      'info-lies-about-the-size',
      'measure-forgets-the-metadata',
      'rebase-loses-the-last-extent',
      'resize-loses-the-last-kept-part',
    ]),
    ...{ iterations: '40', operations: 'convert,create,info,measure,rebase,resize', 'shrink-timeout': '600' },
  };

  it.each([
    [
      'while it starts and tries known gaps',
      (chance: number) => ({ when: () => true, wait: chance * 6000, inputs: { canaries: 'always' } }),
    ],
    ['while it fuzzes', (chance: number) => ({ when: begun, wait: chance * 6000, inputs: {} })],
    ['while it confirms and shrinks', (chance: number) => ({ when: shrinking, wait: chance * 6000, inputs: much })],
  ])(
    'that is killed at any moment %s leaves a record that counts, and post tells of it',
    { repeats: ROUNDS * 2 - 1 },
    async (name, momentOf) => {
      const chance = Math.random();
      const { wait, ...stage } = momentOf(chance);
      onTestFailed(() => {
        process.stderr.write(`It was killed ${name}, at the moment of the chance ${chance}.\n`);
      });
      const kill = async (child: ChildProcess) => {
        await sleep(wait);
        child.kill('SIGKILL');
      };
      const ended = await disturbed({ fault: kill, ...stage });
      expect(ended.signal).toBe('SIGKILL');
      if (existsSync(join(ended.directory, 'run.json'))) await expectReported(ended);
      else {
        await expectNothingLeft(ended.pid);
        await expectNextRun();
      }
    },
  );

  it('that is stopped while it confirms and shrinks tells of every finding', again, async () => {
    const ended = await disturbed({ fault: (child) => child.kill('SIGINT'), when: shrinking, inputs: few });
    const report = await expectReported(ended);
    expect([report.run.state, report.counts.divergent > 0]).toEqual(['interrupted', true]);
  });

  it('that is stopped while it files has told of everything', again, async () => {
    const github = await startGitHub({ repository: 'octocat/instar' });
    try {
      github.fail({ method: 'POST', path: /issues$/, times: 5, play: { kind: 'slow', milliseconds: 3000 } });
      const inputs = { iterations: '4', operations: 'convert', 'github-token': 'a-token', 'shrink-timeout': '20' };
      const when = () => github.requests.some(({ method, path }) => method === 'POST' && path.endsWith('/issues'));
      const fault = (child: ChildProcess) => child.kill('SIGINT');
      const ended = await disturbed({ fault, when, inputs, variables: { GITHUB_API_URL: github.url } });
      const report = await expectReported(ended);
      expect(report.counts.divergent).toBeGreaterThan(0);
    } finally {
      await github.close();
    }
  });
});
