import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/verdict/finding.ts';
import { SEVERITIES, SEVERITY_WORDS, type Severity, severityOf } from '../../src/verdict/severity.ts';
import { findingsWith } from '../support/bugs.ts';

const OF_KIND = findingsWith('x');
const exits = (subject: number, reference: number): Finding => ({
  ...(OF_KIND.exit as Finding & { kind: 'exit' }),
  subject: { kind: 'exited', code: subject },
  reference: { kind: 'exited', code: reference },
});
const sizes = (subject: number, reference: number): Finding => ({
  ...(OF_KIND.size as Finding & { kind: 'size' }),
  subject,
  reference,
});

const described = (pointer: string, subject: string, reference: string, what = 'new.qcow2'): Finding => ({
  ...(OF_KIND.json as Finding & { kind: 'json' }),
  ...{
    what,
    differences: [
      { pointer: '/format', subject: '1', reference: '2' },
      { pointer, subject, reference },
    ],
  },
});

const TABLE: readonly [string, Finding, Severity][] = [
  ['other data', OF_KIND.content, 'data-loss'],
  ['a changed input', OF_KIND['input-modified'], 'data-loss'],
  ['a smaller disk', sizes(512, 1024), 'data-loss'],
  ['a larger disk', sizes(1024, 512), 'metadata'],
  ['an image that the reference cannot use', OF_KIND.unreadable, 'corruption'],
  ['damage in what the subject made', OF_KIND.inconsistent, 'corruption'],
  ['another count of the same file', { ...OF_KIND.inconsistent, type: 'check_counts_divergence' }, 'metadata'],
  [
    'another count of what the reference made',
    { ...OF_KIND.inconsistent, type: 'create_twin_check_divergence' },
    'metadata',
  ],
  ['a crash', OF_KIND.crash, 'crash'],
  ['a failure where the reference works', exits(1, 0), 'refusal'],
  ['success where the reference refuses', exits(0, 1), 'leniency'],
  ['a reading of what cannot be read', { ...exits(0, 1), type: 'convert_unreadable_divergence' }, 'data-loss'],
  ['a refusal of what can be read', { ...exits(1, 0), type: 'convert_unreadable_divergence' }, 'refusal'],
  ['a file for which there was no room', { ...exits(0, 1), type: 'dd_unwritten_divergence' }, 'data-loss'],
  ['another digit', exits(3, 2), 'metadata'],
  ['another description', OF_KIND.json, 'metadata'],
  ['a file described as a smaller disk', described('/virtual-size', '512', '1024'), 'data-loss'],
  ['a file described as a larger disk', described('/virtual-size', '1024', '512'), 'metadata'],
  ['a file that lost what lies below it', described('/backing-filename', 'absent', '"base.qcow2"'), 'data-loss'],
  ['a file that lost its snapshots', described('/snapshots', 'absent', '[{"id":"1"}]'), 'data-loss'],
  ['a file that keeps snapshots', described('/snapshots', '[{"id":"1"}]', 'absent'), 'metadata'],
  ['a file that keeps what lay below it', described('/backing-filename', '"base.qcow2"', 'absent'), 'metadata'],
  ['its own report of a smaller disk', described('/virtual-size', '512', '1024', 'its own report'), 'metadata'],
  ['no description', OF_KIND.unparsable, 'metadata'],
  ['a measure that is too low', OF_KIND['above-bound'], 'metadata'],
];

describe('the severity', () => {
  it.each(TABLE)('of %s is told from the evidence', (_, finding, severity) => {
    expect(severityOf(finding, false)).toBe(severity);
  });

  it('is that of the version where another one does the same', () => {
    for (const [, finding] of TABLE.filter(([, { kind }]) => kind !== 'content')) {
      expect(severityOf(finding, true)).toBe('version-dependent');
    }
  });

  it('of a broken invariant stays whatever other versions do', () => {
    const { broken: _, ...unbroken } = OF_KIND.content as Finding & { kind: 'content' };
    expect(severityOf(OF_KIND.content, true)).toBe('data-loss');
    expect(severityOf(unbroken, true)).toBe('version-dependent');
  });

  it('has words for each', () => {
    expect(Object.keys(SEVERITY_WORDS)).toEqual([...SEVERITIES]);
  });
});
