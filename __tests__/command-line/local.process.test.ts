import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, newDirectory } from '../support/cli.ts';
import { CLI, REPOSITORY } from '../support/paths.ts';
import { run } from '../support/process.ts';

/** An environment with a stand-in for docker that answers what it is asked by these lines of shell. */
function standIn(lines: string): NodeJS.ProcessEnv {
  const bin = newDirectory();
  writeFileSync(join(bin, 'docker'), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  return { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
}

/** Runs the command line with such a docker. */
function withDocker(lines: string) {
  return run(process.execPath, [CLI, '--image', 'my-image', '--iterations', '1'], { env: standIn(lines) });
}

describe('on one’s own machine', () => {
  it('a missing image is an error that says how to build it', async () => {
    const { code, stdout, stderr } = await withDocker('[ "$1" = version ]');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      'Input "image": docker has no image "my-image". Build it: docker build -t my-image -f path/to/Dockerfile . ' +
        '(or, in the root of a clone of disk-image-differential-fuzz, script/build-image my-image docker: one with qemu-img and qemu-io).\n',
    );
  });

  it('an engine that does not answer is not taken for a missing image', async () => {
    const { code, stderr } = await withDocker('echo it is down >&2; exit 1');
    expect(code).toBe(3);
    expect(stderr).toContain('Input "container-engine": "docker" does not answer: it is down.');
  });
});

describe('script/fuzz', () => {
  /** Whether the script itself looks for an engine, which is how it begins to set one up. The program behind it asks for the image first. */
  async function setsUp(...words: string[]): Promise<boolean> {
    const asked = join(newDirectory(), 'asked');
    writeFileSync(asked, '');
    const env = standIn(`echo "$1" >>'${asked}'; [ "$1" != version ]`);
    await run(join(REPOSITORY, 'script/fuzz'), words, { env, cwd: newDirectory() });
    return readFileSync(asked, 'utf8').startsWith('info\n');
  }

  it('sets nothing up for what runs no tool', async () => {
    expect(await setsUp('plan', '--iterations', '1')).toBe(false);
    expect(await setsUp('report', 'shards', '--iterations', '1')).toBe(false);
    expect(await setsUp('--help')).toBe(false);
  });

  it('does so for a run, whatever its options’ values are', async () => {
    expect(await setsUp('--iterations', '1')).toBe(true);
    expect(await setsUp('--report-dir', 'plan', '--iterations', '1')).toBe(true);
  });
});

describe('the demo', () => {
  const plans = async (...words: string[]) => {
    const { stdout } = await cli('plan', ...words);
    const all = stdout.trim().split('\n');
    return [all.length, (JSON.parse(all[0] ?? '') as { seed: string }).seed];
  };

  it('has fewer iterations than a run and a seed of its own, unless they are given', async () => {
    expect(await plans('--demo')).toEqual([20, 'demo']);
    expect(await plans('--demo', '--iterations', '7', '--seed', 'x')).toEqual([7, 'x']);
    expect(await plans('--seed', 'x')).toEqual([100, 'x']);
  });
});
