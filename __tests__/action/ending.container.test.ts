import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../../src/sandbox/scratch.ts';
import { Runner } from '../support/action.ts';
import { begun, newDirectory, readRecord } from '../support/cli.ts';
import { CLI, fixtureSubject } from '../support/paths.ts';
import { run, until } from '../support/process.ts';
import { containersOf, tracesOf } from '../support/traces.ts';

const slow = { instar: fixtureSubject('slow'), iterations: '1000', seed: 'ending', lanes: '2' };

/** Sends a signal once some iterations have been recorded. */
function disturb(directory: string, signal: NodeJS.Signals, remember: (pid: number | undefined) => void) {
  return (child: ChildProcess) => {
    remember(child.pid);
    until('an iteration', () => begun(directory)).finally(() => child.kill(signal));
  };
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of a run', (signal) => {
  it('ends the action with its report and leaves nothing', async () => {
    const runner = new Runner();
    const directory = newDirectory();
    let pid: number | undefined;
    const started = disturb(directory, signal, (own) => (pid = own));
    await runner.main({ inputs: { ...slow, 'report-dir': directory }, started });
    const { run: recorded, iterations } = readRecord(directory);
    expect(recorded.state).toBe('interrupted');
    expect(runner.outputs()).toMatchObject({ iterations: String(iterations.length), verdict: 'ok' });
    expect(runner.summary()).toContain('The run was stopped before its end');
    expect(tracesOf(pid)).toEqual([]);
    expect((await runner.post()).code).toBe(0);
  });
});

describe('Ctrl-C on the command line', () => {
  it('ends it with its report, exit code 130, and leaves nothing', async () => {
    const directory = newDirectory();
    let pid: number | undefined;
    const flags = Object.entries(slow).flatMap(([name, value]) => [`--${name}`, value]);
    const started = disturb(directory, 'SIGINT', (own) => (pid = own));
    const { code, stdout } = await run(process.execPath, [CLI, ...flags, '--report-dir', directory], { started });
    expect(code).toBe(130);
    expect(stdout).toMatch(/^ok: \d+ ok, 0 divergent, 0 inconclusive of \d+ iterations/);
    expect(tracesOf(pid)).toEqual([]);
  });
});

describe('a main process that is killed outright', () => {
  it('is reported by post, which removes everything, and the record ends with the last finished iteration', async () => {
    const runner = new Runner();
    const directory = newDirectory();
    let pid: number | undefined;
    const started = disturb(directory, 'SIGKILL', (own) => (pid = own));
    const { signal } = await runner.main({ inputs: { ...slow, 'report-dir': directory }, started });
    expect(signal).toBe('SIGKILL');
    expect(tracesOf(pid)).not.toEqual([]);
    expect((await runner.post()).code).toBe(0);
    await until('the last process to end', () => tracesOf(pid).length === 0);
    const { iterations } = readRecord(directory);
    expect(iterations.length).toBeGreaterThan(0);
    expect(runner.summary()).toContain('The run was killed; all that had finished by then is counted.');
    expect(runner.summary()).toContain(`of ${iterations.length} iterations`);
  });

  it('without a post is swept up by the next run', async () => {
    const directory = newDirectory();
    let pid: number | undefined;
    const started = disturb(directory, 'SIGKILL', (own) => (pid = own));
    await new Runner().main({ inputs: { ...slow, 'report-dir': directory }, started });
    expect(tracesOf(pid)).not.toEqual([]);
    await new Runner().main({ inputs: { instar: 'qemu-img', iterations: '1' } });
    await until('the last process to end', () => tracesOf(pid).length === 0);
    expect(tracesOf(pid)).toEqual([]);
  });
});

describe.each(PARTS)('the container of the %s that is killed in the middle of a run', (part) => {
  it('ends the run as an error with everything that had finished', async () => {
    const runner = new Runner();
    const directory = newDirectory();
    let pid: number | undefined;
    const started = (child: ChildProcess) => {
      const { pid: own } = child;
      pid = own;
      until('an iteration', () => begun(directory))
        .then(() => run('docker', ['kill', ...containersOf(own, part)]))
        .catch(() => child.kill());
    };
    const { code, stdout } = await runner.main({ inputs: { ...slow, 'report-dir': directory }, started });
    expect([code, runner.outputs()['verdict']]).toEqual([1, 'error']);
    expect(stdout).toContain('The sandbox is gone, no command can be run in it any more');
    expect(readRecord(directory).iterations.length).toBeGreaterThan(0);
    expect(tracesOf(pid)).toEqual([]);
  });
});
