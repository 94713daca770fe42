import { describe, expect, it } from 'vitest';
import { snapshot } from '../../src/operations/snapshot.ts';
import type { Options } from '../../src/plan/plan.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Write } from '../../src/plan/write.ts';
import { plansOf } from '../../src/session/plans.ts';
import { observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

const source: Source = { format: 'raw', size: MiB, pattern: 'zeros', writes: [], history: { kind: 'created' } };
const data = (byte: number): Write => ({ kind: 'data', offset: 0, length: 512, byte });
const usual = {
  ...{ mode: 'apply', ...plainQcow2(64 * KiB), size: MiB },
  ...{ first: [data(1)], second: [data(2)], writes: [data(3)] },
  ...{ names: 'plain', of: 'first', by: 'name' },
};
const scriptOf = (options: Options = {}, mistakes: readonly string[] = []) =>
  snapshot.script({ ...usual, ...options }, { source, position: 1, dialect: 'qemu-img', mistakes });
const words = (options: Options) => scriptOf(options).subject.join(' ');
const left = (options: Options) => scriptOf(options).outputs.flatMap(({ snapshots = [] }) => snapshots);

describe('what is asked of snapshots', () => {
  it('is one thing, of an image that was written to before, between and after they were taken', () => {
    const made = scriptOf({ mode: 'delete' }).prepare.map((step) => ('args' in step ? step.args.join(' ') : ''));
    expect(made).toEqual([
      'create -q -f qcow2 -o cluster_size=65536 disk.qcow2 1M',
      '-f qcow2 -c write -q -P 1 0 512 disk.qcow2',
      'snapshot -q -c one disk.qcow2',
      '-f qcow2 -c write -q -P 2 0 512 disk.qcow2',
      'snapshot -q -c two disk.qcow2',
      '-f qcow2 -c write -q -P 3 0 512 disk.qcow2',
    ]);
    expect(words({ mode: 'create' })).toBe('snapshot -c three disk.qcow2');
    expect(words({ mode: 'apply', by: 'id' })).toBe('snapshot -a 1 disk.qcow2');
    expect(words({ mode: 'delete', of: 'second', by: 'id' })).toBe('snapshot -d two disk.qcow2');
    expect(words({ mode: 'list' })).toBe('snapshot -l disk.qcow2');
  });

  it('leaves those that were not deleted, of the same name the younger', () => {
    expect(left({ mode: 'create' })).toEqual(['1', '2', '3']);
    expect(left({ mode: 'create', second: undefined })).toEqual(['1', '2']);
    expect(left({ mode: 'apply' })).toEqual(['1', '2']);
    expect(left({ mode: 'delete', of: 'second' })).toEqual(['1']);
    expect(left({ mode: 'delete', of: 'second', names: 'same' })).toEqual(['2']);
    expect(left({ mode: 'list' })).toEqual([]);
  });

  it('goes back to what the one held whose id, and only then whose name, was given', () => {
    const copied = (options: Options) => {
      const last = scriptOf(options).prepare.at(-1);
      return last && 'args' in last && last.args[0] === 'convert' ? last.args[last.args.indexOf('-l') + 1] : undefined;
    };
    expect(copied({})).toBe('1');
    expect(copied({ names: 'numbers' })).toBe('2');
    expect(copied({ names: 'numbers', by: 'id' })).toBe('1');
    expect(copied({ names: 'same', of: 'second' })).toBe('1');
    expect(copied({ mode: 'delete' })).toBeUndefined();
    // With one alone, its name means no other's id.
    expect(copied({ names: 'numbers', second: undefined })).toBe('1');
  });

  it('must keep what a guest reads, or bring back what the snapshot held', () => {
    const kept = (mode: string) => scriptOf({ mode }).invariants.map((one) => 'path' in one.kept && one.kept.path);
    expect(kept('create')).toEqual(['disk.qcow2']);
    expect(kept('delete')).toEqual(['disk.qcow2']);
    expect(kept('apply')).toEqual(['was.qcow2']);
    expect(scriptOf({ first: undefined, second: undefined }).invariants).toEqual([]);
    expect(scriptOf({ mode: 'list' })).toMatchObject({ inputs: [{ path: 'disk.qcow2' }], invariants: [] });
  });

  it('must be refused where the snapshot is not there, whatever was asked before', () => {
    const asked = (mode: string) => scriptOf({ mode }, ['missing-snapshot']).mistaken?.[0]?.script.subject.join(' ');
    expect(asked('apply')).toBe('snapshot -a gone disk.qcow2');
    for (const mode of ['create', 'delete', 'list']) expect(asked(mode)).toBe('snapshot -d gone disk.qcow2');
  });

  it('is drawn of each kind, mostly with a snapshot that shares clusters with the disk, and never when it is not named', () => {
    const planOf = plansOf('snapshots', ['snapshot']);
    const steps = Array.from({ length: 200 }, (_, index) => planOf(index)).flatMap((plan) => plan.steps);
    const options = steps.flatMap((step) => (step.kind === 'run' ? [step.options] : []));
    for (const mode of ['create', 'apply', 'delete', 'list']) {
      expect(options.filter((one) => one['mode'] === mode).length, mode).toBeGreaterThan(60);
    }
    const isThere = options.filter(({ mode }) => mode === 'apply' || mode === 'delete');
    expect(isThere.every(({ first }) => first !== undefined)).toBe(true);
    expect(snapshot.onRequest).toBe(true);
  });
});

describe('the list of snapshots', () => {
  const compared = (ours: string, theirs: string) => {
    const [judged] = scriptOf({ mode: 'list' }).readbacks;
    return judged?.(observed({ operation: 'snapshot', subject: ended(0, ours), reference: ended(0, theirs) }));
  };

  it('is the same to the last space', async () => {
    expect(await compared('ID  TAG\n1  one\n', 'ID  TAG\n1  one\n')).toBeUndefined();
    expect(await compared('ID  TAG\n1 one\n', 'ID  TAG\n1  one\n')).toEqual({
      kind: 'json',
      type: 'snapshot_list_divergence',
      what: 'the list of snapshots',
      differences: [{ pointer: '/1', subject: '"1 one"', reference: '"1  one"' }],
      as: 'lines',
    });
    expect(await compared('', 'ID\n1\n')).toMatchObject({ kind: 'json' });
  });
});
