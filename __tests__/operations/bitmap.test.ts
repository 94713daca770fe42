import { describe, expect, it } from 'vitest';
import { bitmap } from '../../src/operations/bitmap.ts';
import type { Options } from '../../src/plan/plan.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';

const source: Source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [], history: { kind: 'created' } };
const data = (byte: number): Write => ({ kind: 'data', offset: 0, length: 512, byte });
const { compat: _, ...layout } = plainQcow2(64 * KiB);
const usual = {
  ...{ asked: 'add', ...layout, size: MiB },
  ...{ writes: [data(1)], marked: [data(2)], of: 'first' },
  ...{ first: { disabled: false }, second: { disabled: true, granularity: 512 } },
};
const scriptOf = (options: Options = {}) =>
  bitmap.script({ ...usual, ...options }, { source, position: 1, dialect: 'qemu-img' });
const words = (options: Options) => scriptOf(options).subject.join(' ');

describe('what is asked of bitmaps', () => {
  it('is asked of an image that is written to when they are there', () => {
    const made = scriptOf().prepare.map((step) => ('args' in step ? step.args.join(' ') : ''));
    expect(made).toEqual([
      'create -q -f qcow2 -o cluster_size=65536 disk.qcow2 1M',
      '-f qcow2 -c write -q -P 1 0 512 disk.qcow2',
      'bitmap --add -f qcow2 disk.qcow2 first',
      'bitmap --add --disable -g 512 -f qcow2 disk.qcow2 second',
      '-f qcow2 -c write -q -P 2 0 512 disk.qcow2',
    ]);
  });

  it('adds a new one with a granularity, and asks for all else of one that is there', () => {
    expect(words({ granularity: 512 })).toBe('bitmap --add -g 512 -f qcow2 disk.qcow2 new');
    expect(words({ asked: 'clear', granularity: 512 })).toBe('bitmap --clear -f qcow2 disk.qcow2 first');
    expect(words({ asked: 'remove and add', of: 'second' })).toBe('bitmap --remove --add -f qcow2 disk.qcow2 second');
    expect(words({ asked: 'merge' })).toBe('bitmap --merge second -f qcow2 disk.qcow2 first');
    expect(words({ asked: 'merge', of: 'second' })).toBe('bitmap --merge first -f qcow2 disk.qcow2 second');
    expect(words({ asked: 'add and merge' })).toBe('bitmap --add --merge first -f qcow2 disk.qcow2 new');
  });

  it.each([
    ['missing-bitmap', 'bitmap --remove -f qcow2 disk.qcow2 gone'],
    ['odd-granularity', 'bitmap --add -g 1000 -f qcow2 disk.qcow2 new'],
  ])('has the mistake %s, of an image in which all else is right', (mistake, asked) => {
    const context = { source, position: 1, dialect: 'qemu-img', mistakes: [mistake] } as const;
    const [{ script } = { script: undefined }] = bitmap.script(usual, context).mistaken ?? [];
    expect([script?.subject, script?.reference]).toEqual([asked.split(' '), asked.split(' ')]);
    expect(script?.inputs).toMatchObject([{ path: 'disk.qcow2', inPlace: true }]);
  });

  it('is drawn of each kind, of bitmaps that are there, and merges equals', () => {
    const planOf = plansOf('bitmaps', ['bitmap']);
    const steps = Array.from({ length: 200 }, (_, index) => planOf(index)).flatMap((plan) => plan.steps);
    const options = steps.flatMap((step) => (step.kind === 'run' ? [step.options] : []));
    const asked = new Set(options.map((one) => one['asked']));
    for (const one of ['add', 'remove', 'clear', 'enable', 'disable', 'merge']) expect(asked).toContain(one);
    for (const one of options) {
      const isNew = one['asked'] === 'add' || one['asked'] === 'add disabled';
      if (!isNew) expect(one).toHaveProperty(String(one['of']));
      if (one['asked'] !== 'merge') continue;
      const [first, second] = [one['first'], one['second']] as Options[];
      expect(first?.['granularity']).toBe(second?.['granularity']);
    }
  });
});
