import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Runner } from '../support/action.ts';
import { cli, newDirectory } from '../support/cli.ts';
import { CLI, NODE_24 } from '../support/paths.ts';
import { run } from '../support/process.ts';

/** All of these are refused before anything is started, so they need no engine. */
const directory = newDirectory();
const notExecutable = join(directory, 'plain-file');
writeFileSync(notExecutable, 'x');
const oldReport = join(directory, 'old-report');
mkdirSync(oldReport);
writeFileSync(join(oldReport, 'run.json'), '{}');
const clone = join(directory, 'clone');
mkdirSync(join(clone, '.git'), { recursive: true });
writeFileSync(join(clone, 'instar'), '#!/bin/sh\n', { mode: 0o755 });
const header = '[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic c2VjcmV0\n';
writeFileSync(join(clone, '.git/config'), header);
const above = join(directory, 'above');
cpSync(clone, join(above, 'pr'), { recursive: true });
const temporary = join(directory, 'temporary');
mkdirSync(temporary);
writeFileSync(join(temporary, 'git-credentials-1.config'), header);
for (const place of [above, temporary]) cpSync(join(clone, 'instar'), join(place, 'instar'));
const closed = join(directory, 'closed');
mkdirSync(closed);
chmodSync(closed, 0o500);

const CASES: [string, string[], string][] = [
  ['a subject that does not exist', ['--instar', 'no/such'], 'Input "instar": "no/such" does not exist'],
  ['a subject that is not executable', ['--instar', notExecutable], 'is not executable. Run chmod +x'],
  ['a subject that is a directory', ['--instar', directory], 'is not a file. Give the executable itself'],
  [
    'a subject that would see the token of a checkout',
    ['--instar', join(clone, 'instar')],
    'lies beside a token that actions/checkout left',
  ],
  ['a subject above a checkout', ['--instar', join(above, 'instar')], 'lies beside a token'],
  [
    'a subject beside the credentials of actions/checkout 6',
    ['--instar', join(temporary, 'instar')],
    'lies beside a token',
  ],
  [
    'a time-out in letters',
    ['--timeout', 'abc'],
    'Input "timeout": "abc" is not a number of seconds between 1 and 3600.',
  ],
  ['a time-out of zero', ['--timeout', '0'], '"0" is not a number of seconds between 1 and 3600.'],
  ['a time-out that is too long', ['--timeout', '3601'], '"3601" is not a number of seconds'],
  ['an exponent', ['--iterations', '1e3'], 'Input "iterations": "1e3" is not a number of iterations'],
  ['a hexadecimal number', ['--iterations', '0x10'], '"0x10" is not a number of iterations'],
  ['a trailing unit', ['--timeout', '30s'], '"30s" is not a number of seconds'],
  ['a sign', ['--iterations=+5'], '"+5" is not a number of iterations'],
  ['a negative number', ['--iterations=-5'], '"-5" is not a number of iterations'],
  ['a fraction', ['--lanes', '1.5'], 'Input "lanes": "1.5" is not a number of lanes between 0 and 64.'],
  ['a leading zero', ['--lanes', '02'], '"02" is not a number of lanes'],
  ['no iterations', ['--iterations', '0'], '"0" is not a number of iterations between 1 and 1000000.'],
  ['too many lanes', ['--lanes', '65'], '"65" is not a number of lanes'],
  ['a full-width digit', ['--iterations', '１'], '"\\uff11" is not a number of iterations'],
  [
    'a time without a unit',
    ['--time-budget', '10'],
    'Input "time-budget": "10" is not a time of up to a day, such as 90s',
  ],
  ['a time of more than a day', ['--time-budget', '25h'], '"25h" is not a time of up to a day'],
  ['a shard of none', ['--shard', '0/8'], 'Input "shard": "0/8" is not a shard, such as 3/8'],
  ['a shard beyond the last', ['--shard', '9/8'], '"9/8" is not a shard'],
  ['a shard without a seed', ['--shard', '1/8'], 'Input "shard": all shards need the same seed'],
  ['too many shards', ['--shard', '1/257'], '"1/257" is not a shard, such as 3/8: the third of eight, of at most 256.'],
  ['records that are not there', ['report', 'no/such'], '"no/such" holds no record (run.json) of a shard.'],
  [
    'an unknown operation',
    ['--operations', 'info,format'],
    'Input "operations": "format" is unknown. Known are amend, bitmap,',
  ],
  ['an empty list item', ['--operations', 'info,,check'], 'has an empty item'],
  ['a trailing comma', ['--operations', 'info,'], 'has an empty item'],
  ['an operation twice', ['--operations', 'info,info'], '"info" is listed twice.'],
  ['a seed with a line break', ['--seed', 'a\nb'], 'Input "seed": "a\\nb" holds line breaks'],
  ['a seed with an escape character', ['--seed', '\u001b[31m'], '"\\u001b[31m" holds line breaks, control'],
  ['a seed of 10 kB', ['--seed', 'x'.repeat(10_000)], 'it has 10000 characters; a seed has at most 200.'],
  ['an invisible character in a seed', ['--seed', 'a\u200bb'], '"a\\u200bb" holds'],
  ['an unknown engine', ['--container-engine', 'lxc'], '"lxc" is not one of docker, podman, none.'],
  [
    'an image that looks like an option',
    ['--image=--privileged'],
    '"--privileged" is not the name of a container image',
  ],
  ['an image with a line break', ['--image', 'a\nb'], '"a\\nb" is not the name of a container image'],
  ['an unknown fail-on', ['--fail-on', 'always'], '"always" is not one of divergence, never, new, data-loss,'],
  [
    'a report directory that is a file',
    ['--report-dir', notExecutable],
    'is not a directory that can be made and written',
  ],
  [
    'a report directory below /proc',
    ['--report-dir', '/proc/nothing/here'],
    'is not a directory that can be made and written (ENOENT)',
  ],
  ['a report directory that is in use', ['--report-dir', oldReport], 'already holds the record of an earlier run'],
  ['an unknown flag', ['--seeed', '42'], "Unknown option '--seeed'. Known are --instar, "],
  ['an unknown command', ['fuz'], '"fuz" is not a command. Known are fuzz, plan, replay, report.'],
  ['a word too many', ['fuzz', 'more'], '"more" is one word too many for fuzz.'],
  ['a replay of nothing', ['replay'], 'replay needs a finding’s folder'],
  ['a replay of something that is nowhere', ['replay', 'no/such/folder'], 'is neither a file or folder nor SEED/INDEX'],
];

describe('bad input', () => {
  it.each(CASES)('%s is refused with what is accepted', async (_what, words, message) => {
    const { code, stdout, stderr } = await cli(...words);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('is reported all at once', async () => {
    const { stderr } = await cli('--timeout', 'abc', '--lanes', 'x', '--instar', 'no/such');
    expect(stderr.match(/^Input "/gm)).toHaveLength(3);
  });

  it('in a path that is not UTF-8 is refused', async () => {
    const { code, stderr } = await run('sh', ['-c', `"${process.execPath}" "${CLI}" --instar "$(printf 'a\\377b')"`]);
    expect(stderr).toContain('is not valid UTF-8');
    expect(code).toBe(2);
  });

  it('turns the step red, with every problem in the log and the verdict error', async () => {
    const runner = new Runner();
    const { code, stdout } = await runner.main({
      inputs: {
        instar: '',
        timeout: '1e3',
        'fail-fast': 'yes',
        'create-issues': 'sometimes',
        labels: 'one,,two',
        'max-issues': '51',
        'github-token': 'two words',
        mode: 'both',
      },
    });
    expect(code).toBe(1);
    expect(stdout).toContain('Input "instar": it is required');
    expect(stdout).toContain('Input "timeout": "1e3" is not a number of seconds between 1 and 3600.');
    expect(stdout).toContain('Input "fail-fast": "yes" is not one of true, false.');
    expect(stdout).toContain('Input "create-issues": "sometimes" is not one of auto, always, never.');
    expect(stdout).toContain('Input "labels": "" is not a valid label.');
    expect(stdout).toContain('Input "max-issues": "51" is not a number of issues between 0 and 50.');
    expect(stdout).toContain('Input "github-token": it holds spaces');
    expect(stdout).toContain('Input "mode": "both" is not one of fuzz, report.');
    expect(stdout).not.toContain('two words');
    expect(runner.outputs()).toMatchObject({ verdict: 'error', ok: '0' });
    expect((await runner.post()).code).toBe(0);
  });

  it.each([
    [{ seed: '' }, 'Input "resume": no seed is given whose runs it could go on with. Give one, or leave resume out.'],
    [
      { seed: 'named', shard: '1/2' },
      'Input "resume": shards cannot go on where others ended. Give each night a seed of its own, or leave resume out.',
    ],
    [{ seed: 'named', resume: 'yes' }, 'Input "resume": "yes" is not'],
  ])('of a night that goes on says what it lacks: %j', async (inputs, words) => {
    const { code, stdout } = await new Runner().main({ inputs: { instar: 'qemu-img', resume: 'true', ...inputs } });
    expect(code).toBe(1);
    expect(stdout).toContain(words);
  });

  it('of a job that brings records together is reported all at once', async () => {
    const { code, stdout } = await new Runner().main({
      inputs: { mode: 'report', reports: 'no/such', 'fail-on': 'always', labels: 'one,,two', timeout: 'unused' },
    });
    expect(code).toBe(1);
    expect(stdout).toContain('Input "reports": "no/such" is not a directory');
    expect(stdout).toContain('Input "fail-on": "always" is not one of');
    expect(stdout).toContain('Input "labels": "" is not a valid label.');
    expect(stdout).not.toContain('Input "timeout"');
  });

  it('of no room for scratch images is named with the places that were tried', async () => {
    const script = `mount -t tmpfs -o size=4m none /dev/shm && mount -t tmpfs -o size=4m none "${closed}" && TMPDIR="${closed}" exec "$@"`;
    const { code, stderr } = await run('unshare', [
      '-m',
      'sh',
      '-c',
      script,
      'sh',
      NODE_24,
      CLI,
      '--container-engine',
      'none',
    ]);
    expect(stderr).toMatch(
      /no room for scratch images: at least 256 MiB .* \/dev\/shm \([34] MiB\), .*closed \([34] MiB\)/,
    );
    expect(code).toBe(3);
  });
});
