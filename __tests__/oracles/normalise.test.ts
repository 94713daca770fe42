import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/oracles/json.ts';
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

  it('keeps what a qcow2 header says of itself', () => {
    const document = { 'format-specific': { data: { compat: '1.1', 'lazy-refcounts': true, 'refcount-bits': 16 } } };
    expect(normalise(document, 'written', 'qcow2')).toEqual(document);
  });
});

describe('normalising what info says of one file', () => {
  it('keeps the sizes and the format, in children too', () => {
    const document: Json = { 'virtual-size': 5, format: 'qcow2', children: [{ info: { 'virtual-size': 7 } }] };
    expect(normalise(document, 'read', 'qcow2')).toEqual(document);
  });
});

describe('every rule', () => {
  it.each(RULES.map((rule) => [rule.key, rule] as const))('for %s has an effect and a reason', (key, rule) => {
    const strength = rule.strength === 'both' ? 'written' : rule.strength;
    const inner = { [key]: 1, neighbour: 2 };
    const document: Json = rule.inChild ? { children: [inner] } : inner;
    expect(JSON.stringify(normalise(document, strength, rule.format ?? 'qcow2'))).not.toContain(`"${key}"`);
    expect(JSON.stringify(normalise(document, strength, rule.format ?? 'qcow2'))).toContain('neighbour');
    expect(rule.reason.length).toBeGreaterThan(10);
  });
});
