import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newDirectory } from '../../support/cli.ts';
import { again, disturbed, expectReported } from '../../support/disturbed.ts';
import { CLI, IMAGE } from '../../support/paths.ts';
import { type Ended, run, until } from '../../support/process.ts';

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
    // In a network of its own: an engine without a bridge removes the one that it finds. Again where it ends at once, as it does while what
    // the one before had started is still ending.
    const again = '(for i in 1 2 3 4 5; do unshare --net dockerd "$@" && break; sleep 2; done) >/dev/null 2>&1 &';
    execFileSync('sh', ['-c', again, 'sh', ...flags, ...closed]);
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
