import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuzz } from '../support/cli.ts';
import { combined } from '../support/combined.ts';
import { CleanRoom } from '../support/reproduce.ts';
import { writtenSubject } from '../support/written.ts';

const words = ['--seed', 'worst', '--shrink', 'false', '--canaries', 'never', '--iterations', '12'];

/** What becomes of each qcow2 file that `convert` makes: it says something else of itself, and may hold something else. */
const convertsWith = (more: string) => `#!/bin/sh
case "$*" in convert*"-O qcow2"*) ;; *) exec qemu-img "$@" ;; esac
shift
qemu-img convert -o lazy_refcounts=on "$@" || exit
for output; do :; done
${more}
`;
const SAYS_OTHER = convertsWith('');
const HOLDS_OTHER = convertsWith('qemu-io -f qcow2 -c "write -q -P 90 0 1" "$output"');

describe('a difference in what is said of an image', () => {
  it('hides none in the data that a later step shows', async () => {
    const subject = combined(['info-lies-about-the-size', 'convert-changes-one-byte']);
    const { findings, iterations } = await fuzz('--instar', subject, ...words, '--operations', 'info,convert');
    const lost = findings.filter(({ finding }) => finding.kind === 'content').map(({ index }) => index);
    const behind = iterations.filter(({ index, steps }) => {
      const [first] = steps.filter(({ outcome }) => outcome === 'divergent');
      return first?.operation === 'info' && lost.includes(index);
    });
    expect(behind.length).toBeGreaterThan(0);
  });

  it.each([
    ['stands with a script of its own', SAYS_OTHER, 'convert_info_divergence'],
    ['hides none in the data of the very file', HOLDS_OTHER, 'convert_content_divergence'],
  ])('%s', async (_, script, type) => {
    const subject = writtenSubject(script);
    const { findings, directory } = await fuzz('--instar', subject, ...words, '--operations', 'convert');
    expect(new Set(findings.map(({ finding }) => finding.type))).toEqual(new Set([type]));
    chmodSync(dirname(directory), 0o755);
    const room = new CleanRoom(directory, dirname(subject));
    try {
      const [{ folder } = { folder: '' }] = findings;
      expect((await room.reproduce(`${folder}/repro.sh`, 'instar')).code).toBe(1);
      expect((await room.reproduce(`${folder}/repro.sh`, 'qemu-img')).code).toBe(0);
    } finally {
      room.close();
    }
  });
});
