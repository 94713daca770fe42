import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { noiseArguments, noisePath } from '../../src/operations/parts/noise.ts';
import { mostConverted } from '../../src/oracles/tolerances.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import { reproducerOf } from '../../src/triage/reproducer.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import { findingsWith } from '../support/bugs.ts';
import { newDirectory } from '../support/cli.ts';
import { type Ended, run } from '../support/process.ts';

let directory: string;
beforeEach(() => {
  directory = newDirectory();
  // A stand-in for each tool: agrees with every other.
  for (const name of ['instar', 'reference']) writeFileSync(join(directory, name), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(directory, 'no-program'), '');
});

const entry = (changes: Partial<TranscriptEntry>): TranscriptEntry => ({
  step: 1,
  args: ['x'],
  exit: { kind: 'exited', code: 0 },
  milliseconds: 1,
  stdout: '',
  stderr: '',
  purpose: 'test',
  side: 'reference',
  program: 'reference',
  directory: 'reference/step1',
  ...changes,
});
const tests = [entry({}), entry({ side: 'subject', program: 'subject', directory: 'subject/step1' })];
const writing = entry({ purpose: 'fixture', program: 'qemu-io' });

/** Runs a script with no tool but those that are named; the shell's own programs are there. */
function reproduce(
  transcript: readonly TranscriptEntry[],
  named: Record<string, string>,
  finding: Finding = findingsWith('text').exit,
) {
  writeFileSync(join(directory, 'repro.sh'), reproducerOf(finding, transcript));
  return run('/bin/dash', ['repro.sh'], { cwd: directory, env: { PATH: '/usr/bin:/bin', ...named } });
}

const tools = { INSTAR: './instar', QEMU_IMG: './reference', QEMU_IO: './reference' };
const without = (name: keyof typeof tools) => Object.fromEntries(Object.entries(tools).filter(([key]) => key !== name));
const missing = { QEMU_IMG: '/no/qemu-img', QEMU_IO: '/no/qemu-io' };
const said = ({ code, stdout, stderr }: Ended) => [code, stdout, stderr];

describe('a reproducer', () => {
  it('copies what it made to both sides in one line', async () => {
    writeFileSync(join(directory, 'maker'), '#!/bin/sh\n: >made\n', { mode: 0o755 });
    const make = entry({ purpose: 'fixture', program: 'qemu-io', directory: 'fixture/step1' });
    const copies = (['reference', 'subject'] as const).map((side) =>
      entry({
        purpose: 'fixture',
        program: 'cp',
        side,
        directory: '.',
        args: ['-R', 'fixture/step1/.', `${side}/step1`],
      }),
    );
    const transcript = [make, ...copies, ...tests];
    expect(said(await reproduce(transcript, { ...tools, QEMU_IO: './maker' }))).toEqual([0, 'The sides agree.\n', '']);
    const [images = ''] = readdirSync(directory).filter((name) => name.startsWith('repro.') && name !== 'repro.sh');
    for (const side of ['reference', 'subject']) {
      expect(readdirSync(join(directory, images, side, 'step1'))).toEqual(['made']);
    }
    expect(reproducerOf(findingsWith('text').exit, transcript).match(/\bcp /g)).toHaveLength(1);
  });

  it('makes the noise of its images where their commands find it', async () => {
    writeFileSync(join(directory, 'reader'), '#!/bin/sh\nwc -c <"$1"\n', { mode: 0o755 });
    const common = { step: 0, purpose: 'fixture' } as const;
    const noise = entry({ ...common, program: 'awk', args: noiseArguments(['3-incompressible']), directory: 'noise' });
    const reading = entry({ purpose: 'fixture', program: 'qemu-io', args: [noisePath('incompressible', 3)] });
    const transcript = [noise, reading, ...tests];
    expect(said(await reproduce(transcript, { ...tools, QEMU_IO: './reader' }))).toEqual([0, 'The sides agree.\n', '']);
    const [images = ''] = readdirSync(directory).filter((name) => name.startsWith('repro.') && name !== 'repro.sh');
    expect(statSync(join(directory, images, 'noise', '3-incompressible')).size).toBe(32_769);
  });

  it('runs with tools that are named by relative paths', async () => {
    expect(said(await reproduce([writing, ...tests], tools))).toEqual([0, 'The sides agree.\n', '']);
  });

  it.each([
    ['no subject', without('INSTAR'), 'INSTAR not found; set INSTAR=/path'],
    ['a subject that is no program', { ...tools, INSTAR: './no-program' }, './no-program not found; set INSTAR=/path'],
    ['no qemu-img', { ...tools, QEMU_IMG: missing.QEMU_IMG }, '/no/qemu-img not found; set QEMU_IMG=/path'],
    ['no qemu-io', { ...tools, QEMU_IO: missing.QEMU_IO }, '/no/qemu-io not found; set QEMU_IO=/path'],
  ])('that has %s says so before it makes anything', async (_, named, words) => {
    expect(said(await reproduce([writing, ...tests], named))).toEqual([2, '', `cannot run: ${words}\n`]);
    expect(readdirSync(directory).filter((name) => name.startsWith('repro.') && name !== 'repro.sh')).toEqual([]);
  });

  it('asks for no tool that it does not use', async () => {
    expect((await reproduce(tests, { ...tools, QEMU_IO: missing.QEMU_IO })).code).toBe(0);
  });

  it.each(['size', 'unreadable'] as const)('asks for the third reader that shows the difference (%s)', async (kind) => {
    const readbacks = (['reference', 'subject'] as const).map((side) =>
      entry({ purpose: 'readback', program: 'vhdiinfo', side, directory: `${side}/step1` }),
    );
    const finding = { ...findingsWith('text')[kind], reader: 'vhdiinfo' } as Finding;
    const ended = await reproduce([...tests, ...readbacks], { ...tools, PATH: directory }, finding);
    expect(said(ended)).toEqual([2, '', 'cannot run: vhdiinfo not found in PATH\n']);
  });
});

describe('a reproducer of a difference in what is printed', () => {
  type Form = (Finding & { kind: 'json' })['as'];
  const shown = async (pointer: string, as: Form, ours: string, theirs: string) => {
    for (const [name, text] of Object.entries({ instar: ours, reference: theirs })) {
      writeFileSync(join(directory, name), `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`, { mode: 0o755 });
    }
    const differences = [{ pointer, subject: '1', reference: '2' }];
    const finding = { ...findingsWith('text').json, differences, ...(as && { as }) } as Finding;
    writeFileSync(join(directory, 'repro.sh'), reproducerOf(finding, tests));
    const { code } = await run('/bin/dash', ['repro.sh'], { cwd: directory, env: { PATH: '/usr/bin:/bin', ...tools } });
    return code;
  };
  const extent = (start: number, length: number, zero: boolean, data: boolean) =>
    `{ "start": ${start}, "length": ${length}, "depth": 0, "present": true, "zero": ${zero}, "data": ${data}, "offset": 7}`;
  const list = (...extents: string[]) => `[${extents.join(',\n')}]`;

  it('takes two lists of extents for equal however they are cut, and not where a member changes elsewhere', async () => {
    const theirs = list(extent(0, 8, false, true), extent(8, 8, true, false));
    const cut = list(
      extent(0, 2, false, true),
      extent(2, 6, true, true),
      extent(8, 4, true, false),
      extent(12, 4, true, false),
    );
    const moved = list(extent(0, 4, false, true), extent(4, 12, true, false));
    for (const member of ['data', 'zero']) {
      expect(await shown(`/1/${member}`, 'extents', cut, theirs), member).toBe(0);
      expect(await shown(`/1/${member}`, 'extents', moved, theirs), member).toBe(1);
    }
  });

  it('compares the one line that a pointer names', async () => {
    expect(await shown('/0', 'lines', 'same\ntook 1 s', 'same\ntook 2 s')).toBe(0);
    expect(await shown('/1', 'lines', 'same\ntook 1 s', 'same\ntook 2 s')).toBe(1);
  });

  it('compares a member of any other list as it does in an object', async () => {
    const chain = (format: string) => `[ { "format": "qcow2" }, { "format": "${format}", "dirty": false } ]`;
    expect(await shown('/1/format', undefined, chain('raw'), chain('raw').replace('false', 'true'))).toBe(0);
    expect(await shown('/1/format', undefined, chain('raw'), chain('vmdk'))).toBe(1);
    expect(await shown('/1', undefined, chain('raw'), '[ { "format": "qcow2" } ]')).toBe(1);
  });

  it('compares how many parts a list has that lacks one, whatever else the document holds', async () => {
    const report = (length: number, ...names: string[]) =>
      JSON.stringify({
        children: [{ snapshots: [], info: { 'virtual-size': length } }],
        snapshots: names.map((name) => ({ name, flags: ['auto', name] })),
        'actual-size': length,
      });
    const differs = (...documents: [string, string]) => shown('/snapshots/1', undefined, ...documents);
    expect(await differs(report(1, 'a'), report(1, 'a', 'b'))).toBe(1);
    expect(await differs(report(1), report(1, 'a', 'b'))).toBe(1);
    expect(await differs(report(1, 'a', 'b'), report(2, 'a', 'b'))).toBe(0);
    expect(await differs('{}', report(1, 'a', 'b'))).toBe(1);
  });
});

describe('a reproducer of an internal snapshot of another size', () => {
  it('compares the sizes of the copies that are made of it', async () => {
    const makes = { purpose: 'twin', program: 'reference', args: ['convert', '-l', '1'] } as const;
    const copies = (['reference', 'subject'] as const).map((side) =>
      entry({ ...makes, side, directory: `${side}/step1` }),
    );
    const compare = entry({ purpose: 'readback', args: ['compare'], directory: '.' });
    const finding = { ...findingsWith('a.qcow2').size, reader: undefined, snapshot: '1' } as unknown as Finding;
    const copied = async (ours: number, theirs: number) => {
      const size = `case $PWD in */subject/*) echo ${ours} ;; *) echo ${theirs} ;; esac`;
      writeFileSync(
        join(directory, 'reference'),
        `#!/bin/sh\n[ "$1" != convert ] || truncate -s "$(${size})" a.qcow2.1\n`,
      );
      return (await reproduce([...tests, ...copies, compare], tools, finding)).code;
    };
    expect(await copied(1024, 1024)).toBe(0);
    expect(await copied(1024, 2048)).toBe(1);
  });
});

describe('a reproducer of a conversion that became larger than measured', () => {
  it.each([0, 40 * 2 ** 20])(
    'allows what the oracle allows, and not a byte more, where %i bytes were measured',
    async (full) => {
      const subject = { side: 'subject', program: 'subject', directory: 'subject/source' } as const;
      const transcript = [
        entry({ directory: 'reference/source' }),
        entry({ ...subject, args: ['measure'] }),
        entry({ ...subject, args: ['convert'], purpose: 'readback' }),
      ];
      const promised = { side: 'subject', what: 'converted1.vhdx', member: 'fully-allocated' } as const;
      const finding = { ...findingsWith('text')['above-bound'], ...promised } as Finding;
      writeFileSync(join(directory, 'repro.sh'), reproducerOf(finding, transcript));
      const becoming = async (size: number) => {
        const answers = `measure) echo '{ "fully-allocated": ${full} }' ;; convert) truncate -s ${size} converted1.vhdx ;;`;
        writeFileSync(join(directory, 'instar'), `#!/bin/sh\ncase $1 in ${answers} esac\n`, { mode: 0o755 });
        return (await run('/bin/dash', ['repro.sh'], { cwd: directory, env: { PATH: '/usr/bin:/bin', ...tools } }))
          .code;
      };
      expect(await becoming(mostConverted(full))).toBe(0);
      expect(await becoming(mostConverted(full) + 1)).toBe(1);
    },
  );
});
