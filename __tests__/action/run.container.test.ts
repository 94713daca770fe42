import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../../src/sandbox/scratch.ts';
import { Runner } from '../support/action.ts';
import { readRecord } from '../support/cli.ts';
import { payloadOf } from '../support/events.ts';
import { fixtureSubject, IMAGE, planted } from '../support/paths.ts';
import { until } from '../support/process.ts';
import { containersOf, tracesOf } from '../support/traces.ts';

const COUNTS = {
  'iterations-pull-request': '2',
  'iterations-push': '3',
  'iterations-schedule': '4',
  'iterations-workflow-dispatch': '5',
};

describe('the trigger', () => {
  it.each([
    ['pull_request', 'pull_request', {}, 2],
    ['pull_request', 'pull_request.fork', {}, 2],
    ['pull_request_target', 'pull_request', {}, 2],
    ['merge_group', 'merge_group', {}, 2],
    ['push', 'push', {}, 3],
    ['create', 'push', {}, 3],
    ['schedule', 'schedule', {}, 4],
    ['workflow_dispatch', 'workflow_dispatch', { iterations: '' }, 5],
    ['workflow_dispatch', 'workflow_dispatch.inputs', { iterations: '6', seed: 'nightly' }, 6],
  ])('%s (%s) decides the iterations', async (name, payload, inputs, expected) => {
    const runner = new Runner();
    const { code } = await runner.main({
      event: name,
      payload: payloadOf(payload),
      inputs: { instar: 'qemu-img', operations: 'info', ...COUNTS, ...inputs },
    });
    expect(runner.outputs()).toMatchObject({ iterations: String(expected), ok: String(expected), verdict: 'ok' });
    expect(code).toBe(0);
    expect((await runner.post()).code).toBe(0);
  });
});

describe('the action', () => {
  const inputs = { instar: 'subject dir/instar', seed: 'action', iterations: '8', operations: 'convert,info' };

  function withSubject(name: string): Runner {
    const runner = new Runner();
    mkdirSync(join(runner.workspace, 'subject dir'));
    copyFileSync(name, join(runner.workspace, 'subject dir/instar'));
    return runner;
  }

  it('shows a divergence in outputs, summary, annotations and colour, with spaces in the workspace’s path', async () => {
    const runner = withSubject(planted('convert-loses-the-end'));
    const { code, stdout } = await runner.main({ inputs });
    const outputs = runner.outputs();
    expect(code).toBe(1);
    expect(outputs).toMatchObject({ verdict: 'divergent', iterations: '8', seed: 'action' });
    expect(Number(outputs['ok']) + Number(outputs['divergent']) + Number(outputs['inconclusive'])).toBe(8);
    const { findings } = readRecord(outputs['report-dir'] ?? '');
    expect(
      readFileSync(outputs['findings'] ?? '', 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(findings.length);
    expect(String(findings.length)).toBe(outputs['divergent']);
    expect(readFileSync(join(outputs['report-dir'] ?? '', 'report.html'), 'utf8')).toContain(findings[0]?.finding.type);
    expect(stdout).not.toContain('cannot be kept');
    const errors = stdout.split('\n').filter((line) => line.startsWith('::error'));
    expect(errors.length).toBeGreaterThan(1);
    expect(errors.length).toBeLessThanOrEqual(10);
    expect(runner.summary()).toMatch(/\nThis step failed: \d iterations? diverged\.\n/);
    expect(runner.summary()).toMatch(
      /^## ❌ The subject diverges from the reference: \d+ bugs?\n\n\*\*\d+ ok · \d+ divergent · 0 inconclusive/,
    );
  });

  it('stays green with fail-on: never, and still tells', async () => {
    const runner = withSubject(planted('convert-loses-the-end'));
    const { code } = await runner.main({
      inputs: { ...inputs, iterations: '50', 'fail-on': 'never', 'fail-fast': 'true', shrink: 'false' },
    });
    expect([code, runner.outputs()['verdict']]).toEqual([0, 'divergent']);
    expect(runner.summary()).toContain('\nThis step did not fail: nothing that was found is what `fail-on` names.\n');
  });

  it('stops at the first divergence with fail-fast', async () => {
    const runner = withSubject(planted('convert-loses-the-end'));
    await runner.main({ inputs: { ...inputs, 'fail-fast': 'true', shrink: 'false', lanes: '1', iterations: '500' } });
    expect(runner.outputs()).toMatchObject({ divergent: '1', verdict: 'divergent' });
    expect(Number(runner.outputs()['iterations'])).toBeLessThan(50);
  });

  it('warns without turning red when more than a tenth was inconclusive', async () => {
    const runner = withSubject(fixtureSubject('hangs-on-info'));
    const { code, stdout } = await runner.main({
      inputs: { ...inputs, iterations: '4', timeout: '1', operations: 'info' },
    });
    expect([code, runner.outputs()['verdict']]).toEqual([0, 'inconclusive']);
    expect(stdout).toContain('::warning::4 of 4 iterations were inconclusive');
  });

  it('lets no word of the subject act on the runner, the terminal or the page', async () => {
    const runner = withSubject(fixtureSubject('speaks-to-the-runner'));
    const { stdout, stderr } = await runner.main({ inputs: { ...inputs, shrink: 'false' } });
    const own = /^::(group|endgroup|error|warning)[: ]/;
    const lines = (stdout + stderr).split('\n');
    const acting = lines.filter(
      (line) => (line.trimStart().startsWith('::') && !own.test(line)) || line.includes('##['),
    );
    expect(acting).toEqual([]);
    expect(lines.filter((line) => line.includes('::error::pwned') && line.startsWith('::error::pwned'))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no escape sequence may come through
    expect(stdout + runner.summary()).not.toMatch(/[\u001b\u202e]/);
    expect(runner.outputs()['verdict']).toBe('divergent');
  });

  it('leaves nothing behind after success, with or without post', async () => {
    const runner = new Runner();
    let pid: number | undefined;
    await runner.main({ inputs: { instar: 'qemu-img', iterations: '5' }, started: (child) => (pid = child.pid) });
    expect(tracesOf(pid)).toEqual([]);
    expect((await runner.post()).code).toBe(0);
  });
});

describe.each(PARTS)('the container of the %s', (part) => {
  it('has no network, capability, new privilege, writable root, root user or secret, and is bounded', async () => {
    const runner = new Runner();
    let pid: number | undefined;
    const found: Partial<Seen> = {};
    const words = { instar: fixtureSubject('slow'), iterations: '400', seed: 'inspect' };
    const ended = runner.main({
      inputs: words,
      started: (child) => {
        pid = child.pid;
        // The container's own process, the lanes' shells, and what they run, which is gone again a moment later.
        until('lanes at work', () => {
          for (const name of containersOf(pid, part)) Object.assign(found, inspect(name));
          return (found.environments?.length ?? 0) > 3;
        }).finally(() => child.kill('SIGINT'));
      },
    });
    await ended;
    const { host, user, environments } = found as Seen;
    expect(host).toMatchObject({
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      Privileged: false,
      AutoRemove: true,
    });
    expect(host.SecurityOpt).toContain('no-new-privileges');
    expect(host.Memory).toBeGreaterThan(0);
    expect(host.MemorySwap).toBe(host.Memory);
    expect(host.PidsLimit).toBeGreaterThan(0);
    expect(user).not.toMatch(/^(0|root)?(:|$)/);
    expect(environments.length).toBeGreaterThan(2);
    const seen = found.mounts?.map((path) => path.replace(/differential-fuzz[^/]*/, 'SCRATCH'));
    expect(seen).toEqual(
      part === 'tools'
        ? ['/dev/shm/SCRATCH', '/dev/shm/SCRATCH/open/pipes', '/dev/shm/SCRATCH/pipes']
        : ['/dev/shm/SCRATCH/open', '/dev/shm/SCRATCH/open/pipes', '/subject'],
    );
    for (const text of environments) expect(text).not.toMatch(/secret-of-the-runner|GITHUB_|ACTIONS_|RUNNER_|INPUT_/);
    expect(tracesOf(pid)).toEqual([]);
  });
});

interface HostConfig {
  readonly SecurityOpt: string[];
  readonly Memory: number;
  readonly MemorySwap: number;
  readonly PidsLimit: number;
}

interface Seen {
  readonly host: HostConfig;
  readonly user: string;
  /** Where it sees something of the host, in order. */
  readonly mounts: readonly string[];
  readonly environments: readonly string[];
}

/** Looks at a container from outside: its configuration, and the environment of every process in it; nothing while it does not run yet. */
function inspect(name: string): Partial<Seen> {
  const ask = (...words: string[]) =>
    execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [details] = JSON.parse(ask('inspect', name)) as [
    {
      HostConfig: HostConfig;
      Config: { User: string };
      State: { Running: boolean };
      Mounts: { Destination: string }[];
    },
  ];
  if (!details.State.Running) return {};
  const pids = ask('top', name, '-eo', 'pid').split('\n').slice(1).filter(Boolean);
  const environments = pids.flatMap((pid) => {
    try {
      return [readFileSync(`/proc/${pid.trim()}/environ`, 'utf8')];
    } catch {
      return []; // It ended meanwhile.
    }
  });
  const mounts = details.Mounts.map(({ Destination }) => Destination).sort();
  return { host: details.HostConfig, user: details.Config.User, mounts, environments };
}

describe('an image', () => {
  const build = (name: string, file: string) => {
    execFileSync('docker', ['build', '-q', '-t', name, '-'], { input: `FROM ${IMAGE}\n${file}\n` });
    return name;
  };
  const withImage = async (image: string) => {
    const runner = new Runner();
    const ended = await runner.main({ inputs: { instar: 'qemu-img', image, iterations: '10', seed: 'image' } });
    return { ...ended, outputs: runner.outputs(), summary: runner.summary() };
  };

  it('that is not there is an error that says how to get it', async () => {
    const { code, stdout, outputs } = await withImage('no-such-image');
    expect([code, outputs['verdict']]).toEqual([1, 'error']);
    expect(stdout).toContain('Input "image": docker has no image "no-such-image". Build or pull it in an earlier step');
  });

  it('without the reference is an error', async () => {
    const { code, stdout, outputs } = await withImage(
      build('differential-fuzz-test-no-qemu-img', 'RUN rm /usr/bin/qemu-img'),
    );
    expect([code, outputs['verdict']]).toEqual([1, 'error']);
    expect(stdout).toContain('holds no working qemu-img, which is the reference: ');
    expect(stdout).toContain('Install qemu-utils in it.');
  });

  it('without qemu-io makes the iterations that need data inconclusive, and says so', async () => {
    const { stdout, outputs, summary } = await withImage(
      build('differential-fuzz-test-no-qemu-io', 'RUN rm /usr/bin/qemu-io'),
    );
    expect(stdout).toContain('qemu-io is missing');
    expect(stdout).toContain('::warning::');
    expect(Number(outputs['inconclusive'])).toBeGreaterThan(2);
    expect(Number(outputs['divergent'])).toBe(0);
    expect(summary).toContain('`qemu-io is missing in the image`');
  });

  it('whose cp fills the holes of files, as BusyBox’s does, is an error', async () => {
    const wrapper = `RUN mv /usr/bin/cp /usr/bin/cp.true && printf '#!/bin/sh\\nexec cp.true --sparse=never "$@"\\n' >/usr/bin/cp && chmod 755 /usr/bin/cp`;
    const { code, stdout, outputs } = await withImage(build('differential-fuzz-test-no-holes', wrapper));
    expect([code, outputs['verdict']]).toEqual([1, 'error']);
    expect(stdout).toContain('fills the holes of sparse files');
  });

  it('without a shell is an error', async () => {
    execFileSync('sh', ['-c', 'tar -c -C / --files-from /dev/null | docker import - differential-fuzz-test-empty']);
    const { code, stdout, outputs } = await withImage('differential-fuzz-test-empty');
    expect([code, outputs['verdict']]).toEqual([1, 'error']);
    expect(stdout).toContain('does not start');
  });
});

describe('an engine', () => {
  const withEngine = async (engine: string, variables: Record<string, string>) => {
    const runner = new Runner();
    const ended = await runner.main({ inputs: { instar: 'qemu-img', 'container-engine': engine }, variables });
    return { ...ended, verdict: runner.outputs()['verdict'] };
  };

  it('that is not installed is an error that names the way out', async () => {
    const empty = join(new Runner().workspace, 'bin');
    mkdirSync(empty);
    for (const program of ['timeout', 'env']) symlinkSync(`/usr/bin/${program}`, join(empty, program));
    const { code, stdout, verdict } = await withEngine('podman', { PATH: empty });
    expect([code, verdict]).toEqual([1, 'error']);
    expect(stdout).toContain('Input "container-engine": "podman" is not installed. Install it, or give "none"');
  });

  it('whose service does not answer is an error that says so', async () => {
    const { code, stdout, verdict } = await withEngine('docker', { DOCKER_HOST: 'unix:///nowhere/docker.sock' });
    expect([code, verdict]).toEqual([1, 'error']);
    expect(stdout).toMatch(
      /Input "container-engine": "docker" does not answer: .*\. Start its service, or give "none"\./,
    );
  });
});
