import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { reproduceCommand, reproduceHere } from '../../src/report/reproduce.ts';
import { newDirectory } from '../support/cli.ts';
import { HOSTILE } from '../support/hostile.ts';
import { run } from '../support/process.ts';
import { reportOf } from '../support/reports.ts';

const commandOf = (changes: Partial<Report['run']>, directory = '/report') =>
  reproduceCommand(reportOf({ directory, run: { ...reportOf().run, ...changes } }), { folder: 'bugs/f00d' });

describe('the command that runs a script', () => {
  it('names subject, image and script as the run had them, and neither pulls nor keeps anything', () => {
    expect(commandOf({ instar: '/work space/instar' })).toBe(
      'docker run --rm --pull never --network none --cap-drop ALL --user "$(id -u):$(id -g)" ' +
        "--mount 'type=bind,source=/work space,target=/subject,readonly' " +
        '--mount type=bind,source=/report/bugs/f00d,target=/bug,readonly --workdir /tmp ' +
        '--env INSTAR=/subject/instar --entrypoint /bin/sh instar-build /bug/repro.sh',
    );
  });

  it('of a run without a container is that of the script alone', () => {
    const command = commandOf({ containerEngine: 'none', instar: '/work space/instar' });
    expect(command).toBe("INSTAR='/work space/instar' sh /report/bugs/f00d/repro.sh");
    expect(reproduceHere({ ...reportOf().run, containerEngine: 'none' })).toBeUndefined();
  });

  it('mounts no subject where the reference ran against itself', () => {
    expect(commandOf({ instar: 'qemu-img' })).toContain(
      'ALL --user "$(id -u):$(id -g)" --mount type=bind,source=/report',
    );
    expect(commandOf({ instar: 'qemu-img' })).toContain('--env INSTAR=qemu-img ');
  });

  it('gives the subject /dev/kvm where the run did', () => {
    expect(commandOf({})).not.toContain('/dev/kvm');
    expect(commandOf({ kvm: true })).toContain('--device /dev/kvm --group-add "$(stat -c %g /dev/kvm)" ');
    expect(commandOf({ kvm: true, containerEngine: 'podman' })).toMatch(
      /^podman run .* ALL --device \/dev\/kvm --mount/,
    );
  });

  it('quotes a comma in a path as the engines read it', () => {
    expect(commandOf({ instar: '/a,b/instar' })).toContain(
      `--mount 'type=bind,"source=/a,b",target=/subject,readonly'`,
    );
  });
});

/** Stands in for the engine: keeps its words. */
const ENGINE = '#!/bin/sh\nprintf "%s\\0" "$@" >words\n';

/** The words that a command gives to the engine, and the files that it leaves. */
async function wordsOf(command: string): Promise<{ code: number | null; words: string[]; files: string[] }> {
  const [bin, cwd] = [newDirectory(), newDirectory()];
  writeFileSync(join(bin, 'docker'), ENGINE, { mode: 0o755 });
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` };
  const { code } = await run('sh', ['-c', command], { cwd, env });
  const words = readFileSync(join(cwd, 'words'), 'utf8').split('\0').slice(0, -1);
  return { code, words, files: readdirSync(cwd) };
}

/** Both commands, with this text for every name. */
function commandsWith(text: string): string[] {
  const named = { instar: `/${text}/instar`, image: text };
  return [commandOf(named, `/${text}`), reproduceHere({ containerEngine: 'docker', ...named }) ?? ''];
}

describe('a path or an image that is hostile', () => {
  const texts = {
    ...HOSTILE,
    substitution: '$(touch pwned)`touch pwned`',
    quotes: `'; touch pwned; '"; touch pwned; "`,
  };

  it.each(Object.entries(texts))('stays one word of the command: %s', async (_, text) => {
    for (const [at, command] of commandsWith(text).entries()) {
      const harmless = await wordsOf(commandsWith('word')[at] ?? '');
      const { code, words, files } = await wordsOf(command);
      expect([code, command.includes('\n'), files]).toEqual([0, false, ['words']]);
      expect(words).toHaveLength(harmless.words.length);
      expect(words.at(-1)).toBe(harmless.words.at(-1));
    }
  });
});
