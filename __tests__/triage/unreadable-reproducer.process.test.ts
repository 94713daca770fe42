import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Preparation, Script } from '../../src/operations/operation.ts';
import { sameContent } from '../../src/oracles/content.ts';
import { reproducerOf } from '../../src/triage/reproducer.ts';
import { newDirectory } from '../support/cli.ts';
import { run } from '../support/process.ts';
import { type Answers, DONE, REFUSED, scriptOf, stepWith } from '../support/staged.ts';

const image = { path: 'new.img', format: 'qcow2' };
const created = ['create', 'new.img'];
const write = ['write', 'new.img'];

/** The subject makes an image that is compared behind the command under test, or that is written into before it. */
const readBack = scriptOf('create', {
  subject: created,
  reference: created,
  outputs: [image],
  readbacks: [sameContent],
});
const prepare: readonly Preparation[] = [
  { kind: 'own', args: created, makes: image, readbacks: [] },
  { kind: 'each', program: 'qemu-io', args: write },
];
const writtenInto = scriptOf('info', { prepare });

const describing = { ...DONE, stdout: { ...DONE.stdout, text: '{}' } };
const COMPARED = '.: qemu-img compare -f qcow2 -F qcow2 subject/step1/new.img reference/step1/new.img';
/** The reference can read what it made itself: without that nothing would be the subject's fault. */
const OWN = { 'reference/step1: qemu-img info -f qcow2 --output=json new.img': describing };

/** Stands in for both tools of the reference: makes a whole image, and fails at one that is not. */
const REFERENCE = `#!/bin/sh
case $1 in
  create) echo whole >new.img ;;
  write) grep -q whole new.img ;;
  compare) grep -q whole "$6" && grep -q whole "$7" ;;
esac
`;
const subjectMaking = (what: string) => `#!/bin/sh\n[ "$1" != create ] || echo ${what} >new.img\n`;

/** Runs the reproducer of what a step with this script finds, where commands do as told, with these stand-ins for the tools. */
async function reproducing(script: Script, answers: Answers) {
  const { outcome, transcript } = await stepWith(answers, script);
  if (outcome.kind !== 'divergent') throw new Error(`nothing was found: ${JSON.stringify(outcome)}`);
  expect(outcome.finding.kind).toBe('unreadable');
  const directory = newDirectory();
  writeFileSync(join(directory, 'repro.sh'), reproducerOf(outcome.finding, transcript));
  const env = { PATH: '/usr/bin:/bin', INSTAR: './instar', QEMU_IMG: './reference', QEMU_IO: './reference' };
  return async (instar: string, reference = REFERENCE) => {
    for (const [name, text] of Object.entries({ instar, reference })) {
      writeFileSync(join(directory, name), text, { mode: 0o755 });
    }
    const { code, stdout, stderr } = await run('/bin/dash', ['repro.sh'], { cwd: directory, env });
    return [code, stdout.split('\n')[0], stderr];
  };
}

const REFUSES_TO_WRITE = { 'subject/step1: qemu-io write new.img': REFUSED };

describe('a reproducer of an image that the reference cannot use', () => {
  it.each([
    ['read back', readBack, { [COMPARED]: REFUSED, ...OWN }],
    ['write into', writtenInto, REFUSES_TO_WRITE],
  ])('shows that it cannot %s the subject’s, until the subject is repaired', async (_, script, answers) => {
    const shownBy = await reproducing(script, answers);
    expect(await shownBy(subjectMaking('broken'))).toEqual([1, 'They differ. Found before:', '']);
    expect(await shownBy(subjectMaking('whole'))).toEqual([0, 'The sides agree.', '']);
  });

  it('shows nothing where the reference cannot write into its own either', async () => {
    const shownBy = await reproducing(writtenInto, REFUSES_TO_WRITE);
    expect(await shownBy(subjectMaking('broken'), '#!/bin/sh\n[ "$1" != write ]\n')).toEqual([2, '', '']);
  });
});
