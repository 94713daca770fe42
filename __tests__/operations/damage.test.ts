import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/plan/plan.ts';
import type { Source } from '../../src/plan/source.ts';
import { drawnSteps, scriptOf } from '../support/drawn.ts';

/** What is done for a mistake of this name: the request with it, or nothing where there is nothing to get wrong. */
const mistaken = (name: string, options: Options, source: Source, mistake: string) =>
  scriptOf(name, { options, source }, [mistake]).mistaken?.[0]?.script;

const qcow2: Source = {
  format: 'qcow2',
  compat: '1.1',
  clusterSize: 65_536,
  lazyRefcounts: false,
  refcountBits: 16,
  extendedL2: false,
  size: 1_048_576,
  pattern: 'rich',
  writes: [{ kind: 'data', offset: 0, length: 512, byte: 7 }],
  history: { kind: 'created' },
  backing: [],
};
const overlay: Source = {
  ...qcow2,
  backing: [{ format: 'raw', size: 1_048_576, writes: [] }],
};
const compressed: Source['writes'] = [{ kind: 'compressed', offset: 65_536, length: 65_536, byte: 7 }];

describe('an image whose data cannot be read', () => {
  it.each([
    ['damaged-l1-entry', qcow2, 196_614],
    ['damaged-l1-entry', { ...qcow2, writes: [] }, 196_614],
    ['damaged-l1-entry', { ...qcow2, history: { kind: 'resized', from: 512 } }, undefined],
    ['damaged-l2-entry', qcow2, 262_150],
    ['damaged-l2-entry', { ...qcow2, writes: [] }, undefined],
    ['damaged-l2-entry', { ...qcow2, writes: [...qcow2.writes, ...compressed] }, undefined],
    ['damaged-l2-entry', { ...qcow2, snapshot: [{ kind: 'zeros', offset: 0, length: 512, unmap: false }] }, undefined],
    ['damaged-backing-name', overlay, 19],
    ['damaged-backing-name', qcow2, undefined],
    ['damaged-backing-name', { ...qcow2, format: 'raw' }, undefined],
  ] as const)('%s: a byte of a copy, where it is known to lie (%#)', (mistake, source, offset) => {
    const script = mistaken('convert', { target: 'raw' }, source as Source, mistake);
    const bytes = script?.prepare.flatMap((one) =>
      'args' in one ? one.args.filter((word) => /^write /.test(word)) : [],
    );
    const byte = mistake === 'damaged-backing-name' ? 6 : 2;
    expect(bytes).toEqual(offset === undefined ? undefined : [`write -q -P ${byte} ${offset} 1`]);
    if (script) expect(script.subject.at(-2)).toBe('damaged.img');
  });

  it('may be found out when the output has been begun, but is no input then', () => {
    const inputs = (mistake: string) =>
      mistaken('convert', { target: 'raw', occupied: true }, overlay, mistake)?.inputs.map(({ path }) => path);
    expect(inputs('damaged-l1-entry')).toEqual(['source.img', 'back1.img', 'damaged.img']);
    expect(inputs('damaged-backing-name')).toEqual(['source.img', 'back1.img', 'step1.raw', 'damaged.img']);
  });

  it('is never renamed to another backing file without a look at the old one', () => {
    for (const { options } of drawnSteps('rebase')) {
      const script = mistaken('rebase', options, qcow2, 'damaged-backing-name');
      expect(script === undefined).toBe(options['mode'] === 'unsafe');
    }
  });
});

describe('a request whose output is its own input', () => {
  it('is about a copy of the source', () => {
    const script = mistaken('convert', { target: 'qcow2' }, qcow2, 'onto-itself');
    expect(script?.reference).toEqual(['convert', '-O', 'qcow2', 'itself.img', 'itself.img']);
    expect(script?.inputs.map(({ path }) => path)).toEqual(['source.img', 'itself.img']);
  });

  it('is about the lowest image of a chain, where there is one', () => {
    const backing = [{ ...qcow2, format: 'raw', size: qcow2.size, writes: [] }] as unknown as (Source & {
      format: 'qcow2';
    })['backing'];
    const script = mistaken('convert', { target: 'raw' }, { ...qcow2, backing }, 'onto-its-base');
    expect(script?.reference).toEqual(['convert', '-O', 'raw', 'source.img', 'back1.img']);
    expect(mistaken('convert', { target: 'raw' }, qcow2, 'onto-its-base')).toBeUndefined();
  });

  it('makes a new image in the place of a copy of its backing file, which the request itself needs', () => {
    for (const { options } of drawnSteps('create')) {
      const script = mistaken('create', options, qcow2, 'onto-its-backing');
      expect(script === undefined).toBe(options['backing'] === undefined);
      const words = script?.reference ?? [];
      if (script) expect(words.filter((word) => word === 'itself.img')).toHaveLength(2);
      if (script) expect(words[words.indexOf('-b') + 1]).toBe('itself.img');
    }
  });

  it('makes an image its own backing file, which is to be read', () => {
    for (const { options } of drawnSteps('rebase')) {
      const words = mistaken('rebase', options, qcow2, 'onto-itself')?.reference ?? [];
      expect(words[words.indexOf('-b') + 1]).toBe(words.at(-1));
      expect(words).not.toContain('-u');
    }
  });
});

describe('an output for which there is no room', () => {
  it.each<[Options, Source, boolean]>([
    [{ target: 'raw' }, qcow2, true],
    [{ target: 'raw' }, { ...qcow2, size: 131_072 }, false],
    [{ target: 'qcow2' }, qcow2, true],
    [{ target: 'qcow2', clusterSize: 512 }, qcow2, false],
    [{ target: 'vmdk' }, qcow2, false],
  ])('is written where it must outgrow the limit: %j (%#)', (options, source, fits) => {
    const script = mistaken('convert', options, source, 'no-room');
    expect([script?.mostBytes, script?.outputs]).toEqual(fits ? [262_144, []] : [undefined, undefined]);
  });
});
