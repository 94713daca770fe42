import { describe, expect, it } from 'vitest';
import { differencesOf, type Json } from '../../src/oracles/json.ts';
import { normalise, RULES } from '../../src/oracles/normalise.ts';

const child = { name: 'file', info: { 'virtual-size': 197120, 'actual-size': 1, filename: 'x', format: 'file' } };

describe('normalising what info says of a written file', () => {
  it('keeps the size of the disk and drops the length of its container file', () => {
    const document = { 'virtual-size': 1048576, children: [child] };
    expect(normalise(document, 'written', 'qcow2')).toEqual({
      'virtual-size': 1048576,
      children: [{ name: 'file', info: { filename: 'x', format: 'file' } }],
    });
  });

  it('drops the random ids of a vmdk, and of nothing else', () => {
    const document = { 'format-specific': { data: { cid: 1, 'parent-cid': 2, 'create-type': 'x' } } };
    const kept = { 'format-specific': { data: { 'create-type': 'x' } } };
    expect(normalise(document, 'written', 'vmdk')).toEqual(kept);
    expect(normalise(document, 'written', 'qcow2')).toEqual(document);
  });

  it.each(['backing-filename', 'full-backing-filename', 'backing-filename-format', 'cluster-size', 'format'])(
    'keeps %s',
    (key) => {
      const document = { [key]: 'value' };
      expect(normalise(document, 'written', 'qcow2')).toEqual(document);
    },
  );

  it('drops what qemu asks XFS for', () => {
    const on = (data: Json): Json => ({ children: [{ info: { 'format-specific': { type: 'file', data } } }] });
    expect(normalise(on({ 'extent-size-hint': 1_048_576 }), 'written', 'qcow2')).toEqual(on({}));
  });

  it('drops when a snapshot was taken, and keeps what it is called', () => {
    const dates = { 'date-sec': 1, 'date-nsec': 2 };
    const taken = { id: '1', name: 'one', 'vm-state-size': 0 };
    const document = { snapshots: [{ ...taken, ...dates }], ...dates };
    expect(normalise(document, 'written', 'qcow2')).toEqual({ snapshots: [taken], ...dates });
    expect(normalise(document, 'read', 'qcow2')).toEqual(document);
  });

  it('keeps what a qcow2 header says of itself', () => {
    const document = { 'format-specific': { data: { compat: '1.1', 'lazy-refcounts': true, 'refcount-bits': 16 } } };
    expect(normalise(document, 'written', 'qcow2')).toEqual(document);
  });
});

describe('normalising what info says of one file', () => {
  it('keeps the sizes and the format, in children too', () => {
    const document: Json = { 'virtual-size': 5, format: 'vmdk', children: [{ info: { 'virtual-size': 7 } }] };
    expect(normalise(document, 'read', 'vmdk')).toEqual(document);
  });
});

/** What qemu-img 10.0 says of an image, and what other versions add, as leaves by pointer. */
const CHILD = {
  '/children/0/info/actual-size': 200_704,
  '/children/0/info/dirty-flag': false,
  '/children/0/info/filename': 'a.img',
  '/children/0/info/format': 'file',
  '/children/0/info/virtual-size': 197_120,
  '/children/0/name': 'file',
};
const COMMON = {
  ...CHILD,
  '/actual-size': 200_704,
  '/cluster-size': 65_536,
  '/dirty-flag': false,
  '/disk size': '196 KiB',
  '/filename': 'a.img',
  '/format': 'x',
  '/virtual-size': 1_048_576,
};
const SPECIFIC = '/format-specific/data';
const COUNTS = { '/allocated-clusters': 1, '/fragmented-clusters': 1, '/image-clusters': 16 };
const CACHES = {
  [`${SPECIFIC}/cache-clean-interval`]: 600,
  [`${SPECIFIC}/l2-cache-entry-size`]: 65_536,
  [`${SPECIFIC}/l2-cache-size`]: 1_048_576,
  [`${SPECIFIC}/refcount-block-cache-size`]: 262_144,
};
const HEADER = {
  [`${SPECIFIC}/compat`]: '1.1',
  [`${SPECIFIC}/compression-type`]: 'zlib',
  [`${SPECIFIC}/corrupt`]: false,
  [`${SPECIFIC}/extended-l2`]: false,
  [`${SPECIFIC}/lazy-refcounts`]: true,
  [`${SPECIFIC}/refcount-bits`]: 16,
};
const BACKING = {
  '/backing-filename': 'base.img',
  '/backing-filename-format': 'qcow2',
  '/full-backing-filename': 'base.img',
};
const VMDK = {
  [`${SPECIFIC}/cid`]: 2_940_168_312,
  [`${SPECIFIC}/create-type`]: 'monolithicSparse',
  [`${SPECIFIC}/parent-cid`]: 4_294_967_295,
};
const VHDX = { [`${SPECIFIC}/block-size`]: 8_388_608, [`${SPECIFIC}/log-size`]: 1_048_576 };

type Leaves = Readonly<Record<string, string | number | boolean>>;

/** Which leaves are left out of a comparison, and no others. This table says by itself what the rules have to do. */
const TABLE: readonly [format: string, strength: 'read' | 'written', all: Leaves, dropped: readonly string[]][] = [
  [
    'qcow2',
    'read',
    { ...COMMON, ...COUNTS, ...BACKING, ...HEADER },
    [
      ...namesEnding(COMMON, 'actual-size', 'dirty-flag', 'filename', 'disk size'),
      '/children/0/info/virtual-size',
      ...Object.keys(COUNTS),
      ...Object.keys(HEADER),
    ],
  ],
  [
    'qcow2',
    'written',
    { ...COMMON, ...BACKING, ...HEADER, ...CACHES },
    [...namesEnding(COMMON, 'actual-size', 'dirty-flag'), '/children/0/info/virtual-size', ...Object.keys(CACHES)],
  ],
  [
    'vmdk',
    'read',
    { ...COMMON, ...VMDK },
    [...namesEnding(COMMON, 'actual-size', 'dirty-flag', 'filename', 'disk size'), ...Object.keys(VMDK)],
  ],
  [
    'vmdk',
    'written',
    { ...COMMON, ...VMDK },
    [
      ...namesEnding(COMMON, 'actual-size', 'dirty-flag'),
      '/children/0/info/virtual-size',
      `${SPECIFIC}/cid`,
      `${SPECIFIC}/parent-cid`,
    ],
  ],
  ['vhdx', 'read', COMMON, namesEnding(COMMON, 'actual-size', 'dirty-flag', 'filename', 'disk size')],
  [
    'vhdx',
    'written',
    { ...COMMON, ...VHDX },
    [...namesEnding(COMMON, 'actual-size', 'dirty-flag'), '/children/0/info/virtual-size', `${SPECIFIC}/log-size`],
  ],
  [
    'raw',
    'read',
    COMMON,
    [...namesEnding(COMMON, 'actual-size', 'dirty-flag', 'filename', 'disk size'), '/children/0/info/virtual-size'],
  ],
  ['raw', 'written', COMMON, [...namesEnding(COMMON, 'actual-size', 'dirty-flag'), '/children/0/info/virtual-size']],
  ['vpc', 'read', COMMON, namesEnding(COMMON, 'actual-size', 'dirty-flag', 'filename', 'disk size')],
  [
    'vpc',
    'written',
    { ...COMMON, ...VHDX },
    [...namesEnding(COMMON, 'actual-size', 'dirty-flag'), '/children/0/info/virtual-size'],
  ],
];

function namesEnding(leaves: Leaves, ...names: string[]): string[] {
  return Object.keys(leaves).filter((pointer) => names.includes(pointer.split('/').at(-1) ?? ''));
}

/** A document with these leaves. */
function documentOf(leaves: Leaves): Json {
  const root: Record<string, unknown> = {};
  for (const [pointer, value] of Object.entries(leaves)) {
    const path = pointer.slice(1).split('/');
    let at: Record<string, unknown> = root;
    for (const [depth, key] of path.slice(0, -1).entries()) {
      at[key] ??= path[depth + 1] === '0' ? [] : {};
      at = at[key] as Record<string, unknown>;
    }
    at[path.at(-1) ?? ''] = value;
  }
  return root as Json;
}

describe.each(TABLE)('of a %s that is %s', (format, strength, all, dropped) => {
  const judged = (changed: Leaves) =>
    differencesOf(normalise(documentOf(changed), strength, format), normalise(documentOf(all), strength, format));
  const otherwise = (pointer: string) => ({ ...all, [pointer]: 'another' });
  const without = (pointer: string) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== pointer));

  it.each(dropped)('%s may differ or be missing without an alarm', (pointer) => {
    expect(judged(otherwise(pointer))).toEqual([]);
    expect(judged(without(pointer))).toEqual([]);
  });

  it.each(Object.keys(all).filter((pointer) => !dropped.includes(pointer)))(
    '%s is found when it differs',
    (pointer) => {
      expect(judged(otherwise(pointer)).map((difference) => difference.pointer)).toEqual([pointer]);
    },
  );
});

describe('every rule', () => {
  it.each(RULES.map((rule) => [rule.key, rule] as const))('for %s has a reason', (_, { reason }) => {
    expect(reason.length).toBeGreaterThan(10);
  });
});
