import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/verdict/finding.ts';
import { describeFinding, describeReason } from '../../src/verdict/words.ts';
import { findingsWith } from '../support/bugs.ts';

const { member: _, ...unparsable } = findingsWith('its report').unparsable as Finding & { kind: 'unparsable' };

describe('output that is not the JSON that it must be', () => {
  it('is told as such where any document would do', () => {
    expect(describeFinding(unparsable)).toMatchObject({
      title: 'convert: its report is not valid JSON',
      expected: 'one whole JSON document',
    });
  });

  it('may lack no more than a member, which is named', () => {
    expect(describeFinding({ ...unparsable, member: 'check-errors' })).toMatchObject({
      title: 'convert: its report is not valid JSON, or lacks the member check-errors',
      expected: 'a JSON document with the member check-errors',
    });
  });
});

describe('a disk of another size', () => {
  it('is told with the internal snapshot that it is', () => {
    const { size } = findingsWith('a.qcow2');
    const inSnapshot = { ...size, reader: undefined, snapshot: '1' } as unknown as Finding;
    expect(describeFinding(size).title).toBe('convert: a.qcow2 is a disk of another size to a.qcow2');
    expect(describeFinding(inSnapshot).title).toBe('convert: the snapshot “1” in a.qcow2 is a disk of another size');
  });
});

describe('an image that cannot be used', () => {
  it('is told with the program that cannot use it', () => {
    const { unreadable } = findingsWith('a.vhdx');
    const byReader = { ...unreadable, reader: 'vhdiinfo' } as Finding;
    expect(describeFinding(unreadable).title).toBe('convert: the reference cannot use the subject’s a.vhdx');
    expect(describeFinding(byReader).title).toBe('convert: vhdiinfo cannot use the subject’s a.vhdx');
  });
});

describe('too little room', () => {
  const words = (free: number, needed?: number) =>
    describeReason({ kind: 'scratch_full', freeBytes: free, ...(needed !== undefined && { neededBytes: needed }) });

  it('is told with what there was and what it would have taken', () => {
    expect(words(4_200_000_000, 5 * 2 ** 30)).toBe(
      'a difference was seen while the scratch space had too little room (3.9 GiB free, 5.0 GiB needed), which may have caused it',
    );
    expect(words(2 ** 32 - 1, 2 ** 32 + 1)).toContain('(3.9 GiB free, 4.1 GiB needed)');
    expect(words(0, 64 * 2 ** 20)).toContain('(0 MiB free, 64 MiB needed)');
  });

  it('is told as far as it is known where a tool itself found none, or the record is older', () => {
    expect(words(0)).toBe('there was no room left in the scratch space');
    expect(words(2 ** 20)).toContain('too little room (1 MiB free), which');
  });
});
