import { describe, expect, it } from 'vitest';
import { gapsWithout } from '../../src/gaps/ledger.ts';
import { amend } from '../../src/operations/amend.ts';
import type { Choice, Options } from '../../src/plan/plan.ts';
import { layoutOf, plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { plansOf } from '../../src/session/plans.ts';

const source: Source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [], history: { kind: 'created' } };
const write = { kind: 'data', offset: 0, length: 512, byte: 1 } as const;
const layout = plainQcow2(64 * KiB);
const image = { ...layout, size: MiB, writes: [write], asks: 'compat=0.10' };
const below = { size: 2 * MiB, writes: [write] };
const script = (options: Options = {}, mistake?: string) =>
  amend.script(
    { ...image, ...options },
    { source, position: 1, dialect: 'qemu-img', mistakes: mistake ? [mistake] : [] },
  );

describe('an amendment', () => {
  it('is of an image that the reference made, and that must read as before', () => {
    const { prepare, subject, reference, outputs, invariants } = script();
    expect(prepare.map(({ kind }) => kind)).toEqual(['shared', 'shared']);
    expect(subject).toEqual(['amend', '-f', 'qcow2', '-o', 'compat=0.10', 'disk.qcow2']);
    expect(reference).toEqual(subject);
    expect(outputs).toEqual([{ path: 'disk.qcow2', format: 'qcow2' }]);
    expect(invariants.map(({ says }) => says)).toEqual(['amending changes nothing that a guest reads']);
  });

  it('leaves the image below alone, and is read through it', () => {
    const { inputs, outputs, prepare } = script({ below });
    expect(inputs).toEqual([{ path: 'below.qcow2', format: 'qcow2' }]);
    expect(outputs).toEqual([{ path: 'disk.qcow2', format: 'qcow2', below: ['below.qcow2'] }]);
    const created = prepare.flatMap((step) => ('args' in step && step.args[0] === 'create' ? [step.args.at(-2)] : []));
    expect(created).toEqual(['below.qcow2', 'disk.qcow2']);
  });

  it.each<[string, Options, Options]>([
    ['of the older version, without lazy refcounts', { lazyRefcounts: true }, { compat: '0.10', lazyRefcounts: false }],
    ['of the newer one', { asks: 'compat=1.1', compat: '0.10' }, { compat: '1.1', lazyRefcounts: false }],
    ['with lazy refcounts', { asks: 'lazy_refcounts=on' }, { compat: '1.1', lazyRefcounts: true }],
    ['without', { asks: 'lazy_refcounts=off', lazyRefcounts: true }, { compat: '1.1', lazyRefcounts: false }],
    ['as it was', { asks: 'compat=1.1', lazyRefcounts: true }, { compat: '1.1', lazyRefcounts: true }],
  ])('leaves an image %s', (_, options, expected) => {
    const left = amend.nature.leaves?.({ ...image, ...options, below }, source);
    expect(left?.format === 'qcow2' && layoutOf(left)).toEqual({ ...layout, ...expected });
    expect(left).toMatchObject({ size: MiB, writes: [write], backing: [below] });
  });

  it('says whether the version changes, and in which direction', () => {
    const features = (options: Options) => amend.nature.features?.({ ...image, ...options });
    expect(features({})).toEqual(['format=qcow2', 'downgrades']);
    expect(features({ asks: 'compat=1.1', compat: '0.10' })).toContain('upgrades');
    expect(features({ asks: 'compat=1.1', below })).toEqual(['format=qcow2', 'below=longer']);
  });

  it.each([
    ['nothing-asked', ['amend', '-f', 'qcow2', 'disk.qcow2']],
    ['unknown-version', ['amend', '-f', 'qcow2', '-o', 'compat=0.9', 'disk.qcow2']],
    ['missing-file', ['amend', '-f', 'qcow2', '-o', 'compat=0.10', 'missing.img']],
  ])('is mistaken as %s', (mistake, words) => {
    expect(script({}, mistake).mistaken?.[0]?.script.subject).toEqual(words);
  });
});

describe('what is drawn of it', () => {
  const planOf = plansOf('amendments', ['amend'], gapsWithout([]));
  const drawn = Array.from({ length: 300 }, (_, index) => planOf(index)).flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'run' ? [step.options] : [])),
  );
  const share = (is: (options: Options) => boolean) => drawn.filter(is).length / drawn.length;

  it('changes the version both ways, keeps it, and asks for what the older one has not', () => {
    const changes = (name: string) => share((options) => amend.nature.features?.(options).includes(name) ?? false);
    expect(changes('downgrades')).toBeGreaterThan(0.25);
    expect(changes('upgrades')).toBeGreaterThan(0.15);
    expect(changes('upgrades') + changes('downgrades')).toBeLessThan(0.9);
    expect(share(({ compat, asks }) => compat === '0.10' && asks === 'lazy_refcounts=on')).toBeGreaterThan(0.01);
    expect(share(({ compat, extendedL2 }) => compat === '1.1' && extendedL2 === true)).toBeGreaterThan(0.03);
    expect(share((options) => options['below'] !== undefined)).toBeGreaterThan(0.25);
  });
});

describe('the known gaps of it', () => {
  const gapOf = (options: Options, twin: Choice['twin'] = 'none') =>
    gapsWithout(['amend-snapshots'])({ operation: 'amend', options, twin }, source);

  it('keep it from lazy refcounts of the older version, and from snapshots', () => {
    expect(gapOf({ asks: 'compat=0.10,lazy_refcounts=on' })).toBe('amend-lazy-downgrade');
    expect(gapOf({ asks: 'compat=0.10' })).toBeUndefined();
    expect(gapsWithout([])({ operation: 'amend', options: { snapshot: [] }, twin: 'none' }, source)).toBe(
      'amend-snapshots',
    );
  });

  it('keep snapshots from the readers that do not know them, once they are lifted', () => {
    expect(gapOf({ snapshot: [] })).toBeUndefined();
    expect(gapOf({ snapshot: [] }, 'examine')).toBe('check-snapshots');
    expect(gapOf({ snapshot: [] }, 'describe')).toBe('info-snapshots');
  });
});
