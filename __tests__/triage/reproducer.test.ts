import { describe, expect, it } from 'vitest';
import { NOISE_DIRECTORY, noiseArguments, noisePath } from '../../src/operations/parts/noise.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import { reproducerOf } from '../../src/triage/reproducer.ts';
import { findingsWith } from '../support/bugs.ts';

const entry = (changes: Partial<TranscriptEntry>): TranscriptEntry => ({
  ...{ step: 1, args: ['x'], milliseconds: 1, stdout: '', stderr: '', purpose: 'fixture', side: 'reference' },
  exit: { kind: 'exited', code: 0 },
  program: 'qemu-io',
  directory: 'fixture/step1',
  ...changes,
});

const noise = entry({
  step: 0,
  program: 'awk',
  args: noiseArguments(['3-incompressible']),
  directory: NOISE_DIRECTORY,
});
const reading = ['-f', 'raw', '-c', `write -q -s ${noisePath('incompressible', 3)} 0 512`, 'a'];
const source = entry({ step: 0, directory: 'fixture/source' });
const tests = (place: string) =>
  (['reference', 'subject'] as const).map((side) =>
    entry({ purpose: 'test', side, program: side, directory: `${side}/${place}` }),
  );
const scriptOf = (...transcript: TranscriptEntry[]) => reproducerOf(findingsWith('text').exit, transcript);

describe('the noise that a reproducer needs', () => {
  it('is made again before the image that it is in, by the command that made it', () => {
    const script = scriptOf(source, noise, entry({ args: reading }), ...tests('step1')).split('\n');
    expect(script).toContain('mkdir -p noise fixture/step1 reference/step1 subject/step1 || exit 2');
    const made = script.findIndex((line) => line.startsWith("(cd noise && awk 'BEGIN {"));
    expect(script[made]).toMatch(/}' 3-incompressible\) >\/dev\/null \|\| exit 2$/);
    expect(script[made + 1]).toBe(
      `(cd fixture/step1 && "$QEMU_IO" -f raw -c 'write -q -s ../../noise/3-incompressible 0 512' a) >/dev/null || exit 2`,
    );
    expect(script.join('\n')).not.toContain('source');
  });

  it('is made for the source image too', () => {
    const script = scriptOf(noise, { ...source, args: reading }, ...tests('source'));
    expect(script.match(/awk/g)).toHaveLength(1);
    expect(script.indexOf('awk')).toBeLessThan(script.indexOf('cd fixture/source'));
  });

  it('is none where only other steps needed it', () => {
    expect(scriptOf(noise, { ...source, args: reading }, entry({}), ...tests('step1'))).not.toContain('noise');
    expect(scriptOf(noise, source, ...tests('source'))).not.toContain('noise');
  });
});

describe('lines that differ', () => {
  it('are compared to the last space, and JSON without any', () => {
    const json = (pointer: string, form: { as?: 'lines' } = {}) => {
      const differences = [{ pointer, subject: '"1 one"', reference: '"1  one"' }];
      const finding = { kind: 'json', type: 't', operation: 'o', step: 1, what: 'w', differences, ...form } as const;
      return reproducerOf(finding, tests('step1'));
    };
    expect(json('/1', { as: 'lines' })).toContain(
      '[ "$(sed -n 2p subject.out)" = "$(sed -n 2p reference.out)" ] || differ=1',
    );
    expect(json('/format')).not.toContain('sed -n 2p');
  });
});

describe('a command that was called from above', () => {
  const above = (place: string) =>
    (['reference', 'subject'] as const).map((side) =>
      entry({ purpose: 'test', side, program: side, directory: side, args: ['create', `${place}/new.raw`] }),
    );

  it('finds the directory of its images, though nothing was made in it before', () => {
    const script = scriptOf(...above('step1')).split('\n');
    expect(script).toContain('mkdir -p reference/step1 subject/step1 || exit 2');
    expect(script).toContain('(cd subject && "$INSTAR" create step1/new.raw) >subject.out 2>subject.err; subject=$?');
  });

  it('finds the source image that it names', () => {
    expect(scriptOf(source, ...above('source'))).toContain('(cd fixture/source && ');
    expect(scriptOf(source, ...above('step1'))).not.toContain('source');
  });

  it('leaves its input where the script looks for it', () => {
    const finding = { ...findingsWith('text')['input-modified'], file: 'back1.img' };
    const script = reproducerOf(finding, [source, ...above('source')]);
    expect(script).toContain(
      '{ cmp -s subject/source/back1.img fixture/source/back1.img || cmp subject/source/back1.img reference/source/back1.img; }',
    );
  });
});
