import { describe, expect, it } from 'vitest';
import { map } from '../../src/operations/map.ts';
import { sameMap } from '../../src/oracles/map.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { plansOf } from '../../src/session/plans.ts';
import { observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

const content = { size: MiB + 512, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
const qcow2: Source & { format: 'qcow2' } = { format: 'qcow2', ...plainQcow2(64 * KiB), ...content, backing: [] };
const words = (options: object, source: Source = qcow2) =>
  map.script({ ...options }, { source, position: 1, dialect: 'instar' }).subject;

describe('a window of a map', () => {
  it('is of whole clusters, and no less than 64 KiB', () => {
    expect(words({})).toEqual(['map', '--output', 'json', 'source.img']);
    expect(words({ start: 128 * KiB, length: 192 * KiB }).slice(1, 5)).toEqual([
      '--start-offset',
      '131072',
      '--max-length',
      '196608',
    ]);
    expect(words({ start: 128 * KiB + 512 }, { ...qcow2, clusterSize: 512 }).slice(1, 3)).toEqual([
      '--start-offset',
      '131072',
    ]);
    expect(words({ length: 512 }, { ...qcow2, clusterSize: 2 * MiB }).slice(1, 3)).toEqual(['--max-length', '2097152']);
    expect(words({ length: 512 }, { format: 'vpc', subformat: 'dynamic', ...content }).at(2)).toBe(String(2 * MiB));
    expect(words({ length: 512 }, { format: 'vhdx', blockSize: 8 * MiB, ...content }).at(2)).toBe(String(8 * MiB));
  });

  it('starts within the disk', () => {
    expect(words({ start: MiB }).slice(1, 3)).toEqual(['--start-offset', String(MiB)]);
    expect(words({ start: MiB + 64 * KiB }).slice(1, 3)).toEqual(['--start-offset', String(MiB)]);
  });

  it('is asked for in a quarter of the picks, and nothing that the subject maps otherwise is drawn', () => {
    const planOf = plansOf('map', ['map']);
    const plans = Array.from({ length: 300 }, (_, index) => planOf(index));
    const sources = plans.filter(({ steps }) => steps.some(({ kind }) => kind === 'run')).map(({ source }) => source);
    expect(new Set(sources.map(({ format }) => format))).toEqual(new Set(['qcow2', 'vmdk', 'vpc']));
    expect(sources.filter((source) => source.format === 'qcow2' && source.backing.length > 0)).toEqual([]);
    const steps = plans.flatMap((plan) => plan.steps.flatMap((step) => (step.kind === 'run' ? [step] : [])));
    const share = steps.filter(({ options }) => Object.keys(options).length > 0).length / steps.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.35);
  });
});

const extent = (start: number, length: number, told: object) => ({ start, length, depth: 0, ...told });
const data = { present: true, zero: false, data: true };
const hole = { present: false, zero: true, data: false };
const zeros = { present: true, zero: true, data: false };
const compared = (ours: unknown, theirs: unknown, format = 'qcow2') =>
  sameMap(
    observed({
      operation: 'map',
      subject: ended(0, typeof ours === 'string' ? ours : JSON.stringify(ours)),
      reference: ended(0, JSON.stringify(theirs)),
      inputs: [{ path: 'source.img', format }],
    }),
  );

describe('two maps', () => {
  const whole = [extent(0, 4096, data), extent(4096, 8192, hole)];

  it('are the same however they are cut, wherever in the file data lie, and whether data happen to be zeros', async () => {
    const cut = [
      extent(0, 1024, { ...data, offset: 7 }),
      extent(1024, 3072, { ...data, zero: true, offset: 9, compressed: true }),
      extent(4096, 4096, hole),
      extent(8192, 4096, hole),
    ];
    expect(await compared(cut, whole)).toBeUndefined();
    expect(await compared(whole, cut)).toBeUndefined();
    expect(await compared([], [])).toBeUndefined();
  });

  it('differ in the first place of which they tell something else', async () => {
    const ours = [extent(0, 2048, data), extent(2048, 10240, hole)];
    expect(await compared(ours, whole)).toMatchObject({
      kind: 'json',
      type: 'map_divergence',
      what: 'its map at byte 2048',
      as: 'extents',
      differences: [
        { pointer: '/0/data', subject: 'false', reference: 'true' },
        { pointer: '/0/present' },
        { pointer: '/0/zero' },
      ],
    });
  });

  it('of a vpc may differ in what is present, and no others', async () => {
    const theirs = [extent(0, 4096, zeros)];
    expect(await compared([extent(0, 4096, hole)], theirs, 'vpc')).toBeUndefined();
    expect(await compared([extent(0, 4096, data)], theirs, 'vpc')).toMatchObject({ kind: 'json' });
    const [difference] = [{ pointer: '/0/present', subject: 'false', reference: 'true' }];
    expect(await compared([extent(0, 4096, hole)], theirs)).toMatchObject({ differences: [difference] });
  });

  it('differ where one tells of more of the disk', async () => {
    const ends = { pointer: '', subject: 'up to 4096', reference: 'up to 12288' };
    expect(await compared(whole.slice(0, 1), whole)).toMatchObject({ differences: [ends] });
    const starts = { pointer: '', subject: 'from 4096', reference: 'from 0' };
    expect(await compared(whole.slice(1), whole)).toMatchObject({ differences: [starts] });
    expect(await compared([], whole)).toMatchObject({ differences: [{ ...ends, subject: 'up to 0' }] });
  });

  it('differ where one is no list of extents that follow each other, or no JSON', async () => {
    const gap = [extent(0, 2048, data), extent(4096, 8192, hole)];
    for (const ours of [gap, {}, [1], [extent(0, 0, data)], [{ ...data, start: '0', length: 1 }]]) {
      expect(await compared(ours, whole)).toMatchObject({ kind: 'json', differences: [{ pointer: '' }] });
    }
    expect(await compared('[{', whole)).toMatchObject({ kind: 'unparsable', type: 'map_json_parse_failure' });
  });

  it('cannot be compared where the reference’s is none', async () => {
    await expect(compared(whole, {})).rejects.toThrow('reference_failed');
  });
});
