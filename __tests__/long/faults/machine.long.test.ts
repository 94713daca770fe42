import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/report.ts';
import { startGitHub } from '../../../testing/github-server/server.ts';
import { Runner } from '../../support/action.ts';
import { expectNextRun, expectNothingLeft, expectOrder, ROUNDS } from '../../support/aftermath.ts';
import { newDirectory } from '../../support/cli.ts';
import { CLI, IMAGE, planted } from '../../support/paths.ts';
import { type Ended, run, until } from '../../support/process.ts';
import { containersOf } from '../../support/traces.ts';

/** What happens to a run: told of the running process and its report directory, once some iterations are on disk. */
type Fault = (process: ChildProcess, directory: string) => unknown;

const INPUTS = { instar: planted('convert-changes-one-byte'), seed: 'faults', lanes: '2', timeout: '2' };

const docker = (...words: string[]) => execFileSync('docker', words, { encoding: 'utf8' });

const begun = (directory: string) => {
  const file = join(directory, 'iterations.jsonl');
  return existsSync(file) && readFileSync(file, 'utf8').split('\n').length > 3;
};

interface Disturbance {
  readonly fault: Fault;
  /** When the fault comes; after the first iterations unless told otherwise. */
  readonly when?: (directory: string, said: () => string) => boolean;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The bundled action, to which something happens, and then its post step. */
async function disturbed({ fault, when = begun, inputs = {}, variables = {} }: Disturbance) {
  const runner = new Runner();
  const directory = inputs['report-dir'] ?? join(newDirectory(), 'report');
  let pid: number | undefined;
  const started = (child: ChildProcess) => {
    pid = child.pid;
    let said = '';
    child.stdout?.on('data', (chunk) => (said += chunk));
    until('the moment of the fault', () => when(directory, () => said))
      .then(() => fault(child, directory))
      .catch(() => child.kill('SIGKILL'));
  };
  const all = { ...INPUTS, iterations: '1000', 'report-dir': directory, ...inputs };
  const ended = await runner.main({ event: 'schedule', inputs: all, started, variables });
  const after = await runner.post();
  expect([after.code, after.signal]).toEqual([0, null]);
  return { ...ended, runner, directory, pid };
}

type Ending = Awaited<ReturnType<typeof disturbed>>;

/** What every fault must leave; and that outputs and report say the same. */
async function expectReported(ended: Ending): Promise<Report> {
  const report = await expectOrder(ended);
  const { ok, divergent, inconclusive } = report.counts;
  expect(ended.runner.summary()).toContain(`**${ok} ok · ${divergent} divergent · ${inconclusive} inconclusive**`);
  return report;
}

const containerOf = ({ pid }: ChildProcess) => containersOf(pid)[0] ?? 'none';
const again = { repeats: ROUNDS - 1 };

describe('a run', () => {
  it('whose container is killed ends red with what had finished', again, async () => {
    const ended = await disturbed({ fault: (child) => docker('kill', containerOf(child)) });
    expect(ended.code).toBe(1);
    expect((await expectReported(ended)).run.error).toContain('The sandbox is gone');
  });

  it('whose container is paused for good ends red by itself', again, async () => {
    const ended = await disturbed({ fault: (child) => docker('pause', containerOf(child)) });
    expect(ended.code).toBe(1);
    expect((await expectReported(ended)).run.state).toBe('failed');
  });

  it('whose container is paused for a while goes on', again, async () => {
    const pause = async (child: ChildProcess) => {
      const name = containerOf(child);
      docker('pause', name);
      await new Promise((resolve) => setTimeout(resolve, 4000));
      docker('unpause', name);
    };
    const ended = await disturbed({ fault: pause, inputs: { iterations: '25', shrink: 'false' } });
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.state, finished]).toEqual(['finished', 25]);
  });

  it('whose lanes are all killed from outside loses nothing but them', again, async () => {
    const kill = ({ pid }: ChildProcess) => execFileSync('pkill', ['-KILL', '-P', String(pid), '-f', 'docker exec']);
    const ended = await disturbed({ fault: kill, inputs: { iterations: '25', shrink: 'false' } });
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.state, finished]).toEqual(['finished', 25]);
  });

  it('whose image is replaced meanwhile stays with the one that it began with', again, async () => {
    const image = `differential-fuzz-test-replaced-${process.pid}`;
    docker('tag', IMAGE, image);
    const replace = () => execFileSync('sh', ['-c', 'tar -c --files-from /dev/null | docker import - "$0"', image]);
    const ended = await disturbed({ fault: replace, inputs: { image, iterations: '20', shrink: 'false' } });
    docker('rmi', image);
    const { run: recorded, finished } = await expectReported(ended);
    expect([recorded.state, finished]).toEqual(['finished', 20]);
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
  const rounds = { repeats: ROUNDS * 5 - 1 };

  it('that is killed at any moment leaves a record that counts, and post tells of it', rounds, async () => {
    const moment = Date.now() + Math.random() * 8000;
    const ended = await disturbed({ fault: (child) => child.kill('SIGKILL'), when: () => Date.now() > moment });
    expect(ended.signal).toBe('SIGKILL');
    if (existsSync(join(ended.directory, 'run.json'))) await expectReported(ended);
    else await expectNothingLeft(ended.pid);
    await expectNextRun();
  });

  it('that is stopped while it confirms and shrinks tells of every finding', again, async () => {
    const inputs = { iterations: '6', operations: 'convert' };
    const when = (_: string, said: () => string) => said().includes('confirming and shrinking');
    const ended = await disturbed({ fault: (child) => child.kill('SIGINT'), when, inputs });
    const report = await expectReported(ended);
    expect([report.run.state, report.counts.divergent > 0]).toEqual(['interrupted', true]);
  });

  it('that is stopped while it files has told of everything', again, async () => {
    const github = await startGitHub({ repository: 'octocat/instar' });
    try {
      github.fail({ method: 'POST', path: /issues$/, times: 5, play: { kind: 'slow', milliseconds: 3000 } });
      const inputs = { iterations: '4', operations: 'convert', 'github-token': 'a-token', 'shrink-timeout': '5' };
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

describe('an engine', () => {
  it(
    'that is restarted in the middle of a run ends it red with what had finished, and the next run works',
    again,
    async () => {
      const engine = await secondEngine();
      try {
        const ended = await disturbed({ fault: () => engine.restart(), variables: { DOCKER_HOST: engine.host } });
        expect(ended.code).toBe(1);
        expect((await expectReported(ended)).run.state).toBe('failed');
        const flags = [CLI, '--seed', 'next', '--iterations', '1'];
        const next: Ended = await run(process.execPath, flags, { env: { ...process.env, DOCKER_HOST: engine.host } });
        expect([next.code, next.stderr]).toEqual([0, expect.any(String)]);
      } finally {
        await engine.stop();
      }
    },
  );
});

/** A container engine of the test's own, so that its restart disturbs nobody else. */
async function secondEngine() {
  const place = newDirectory();
  const host = `unix://${place}/docker.sock`;
  const flags = ['--data-root', `${place}/data`, '--exec-root', `${place}/exec`, '--pidfile', `${place}/pid`];
  const closed = ['--bridge', 'none', '--iptables=false', '--ip6tables=false', '--host', host];
  mkdirSync(place, { recursive: true });
  const answers = () => {
    try {
      return execFileSync('docker', ['--host', host, 'info', '-f', '{{.ID}}'], { stdio: 'pipe' }).length > 0;
    } catch {
      return false;
    }
  };
  const start = async () => {
    // In a network of its own: an engine without a bridge removes the one that it finds.
    execFileSync('sh', ['-c', 'unshare --net dockerd "$@" >/dev/null 2>&1 &', 'sh', ...flags, ...closed]);
    await until('the engine to answer', answers);
  };
  const stop = async () => {
    const pid = readFileSync(`${place}/pid`, 'utf8').trim();
    execFileSync('kill', [pid]);
    await until('the engine to end', () => !existsSync(`/proc/${pid}`));
  };
  await start();
  execFileSync('sh', ['-c', `docker save ${IMAGE} | docker --host ${host} load`], { stdio: 'pipe' });
  return {
    host,
    stop,
    restart: async () => {
      await stop();
      await start();
    },
  };
}
