import { describe, expect, it } from 'vitest';
import { GAPS, gapsWithout } from '../../src/gaps/ledger.ts';
import { readGaps } from '../../src/inputs/gaps-file.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { gapEntryOf } from '../../src/report/gap-entry.ts';
import type { BugLine } from '../../src/report/report.ts';
import { findingsWith, plan } from '../support/bugs.ts';
import { HOSTILE } from '../support/hostile.ts';

const step = {
  kind: 'run',
  position: 1,
  operation: 'convert',
  options: { target: 'vhdx', blockSize: 8_388_608 },
  twin: 'none',
} as const;
const source = { ...plan.source, writes: [{ kind: 'zeros', offset: 0, length: 512, unmap: false }] } as Plan['source'];
const smallest: Plan = { ...plan, source, steps: [step] };

function bug(traits: readonly string[], text = 'x', mistake?: string): BugLine {
  const { mistake: _, ...finding } = findingsWith(text).exit;
  const base = { kind: 'bug', folder: '', reproduced: true, origin: 'unknown', jury: [], indices: [1] } as const;
  return { ...base, fingerprint: 'a'.repeat(16), finding: { ...finding, ...(mistake ? { mistake } : {}) }, traits };
}

/** The shipped ledger with the entry, which is read as a user's file is. */
function gapWith(entry: string | undefined) {
  const read = readGaps(entry ?? '', GAPS);
  if ('problems' in read) throw new Error(`${read.problems.join('\n')}\n${entry}`);
  return gapsWithout([], read.gaps);
}

describe('the entry that would silence an accepted bug', () => {
  const id = `accepted-${'a'.repeat(16)}`;

  it('is about what the smallest plan cannot do without, as far as a field says it', () => {
    const entry = gapEntryOf(bug(['target=vhdx', 'kind=zeros']), smallest);
    expect(entry).not.toContain('covers more');
    const gapOf = gapWith(entry);
    expect(gapOf(step, source)).toBe(id);
    expect(gapOf({ ...step, options: { target: 'vpc' } }, source)).toBeUndefined();
    expect(gapOf(step, plan.source)).toBeUndefined();
    expect(gapOf({ ...step, options: { target: 'vhdx', blockSize: 1_048_576 } }, source)).toBe(id);
    expect(gapOf({ ...step, operation: 'convert_compressed' }, source)).toBeUndefined();
  });

  it('names what no field says, as it silences more than the bug', () => {
    const traits = ['mistake=unknown-flag', 'size=large', 'snapshot', 'target=vhdx'];
    const entry = gapEntryOf(bug(traits, 'x', 'unknown-flag'), smallest) ?? '';
    const comment =
      '    # covers more than the bug, which shows only with: size=large, snapshot; add a condition if you can';
    expect(entry.split('\n')).toContain(comment);
    expect(gapWith(entry)({ ...step, mistakes: ['unknown-flag'] }, source)).toBe(id);
  });

  it.each([
    ['amend', { compat: '0.10' }, 'compat=0.10', { compat: '1.1' }],
    ['rebase', { newBacking: '' }, 'newBacking=', { newBacking: 'next.qcow2' }],
  ])('means a word of %s where it looks like none: %j', (operation, options, trait, others) => {
    const odd = { ...step, operation, options };
    const gapOf = gapWith(gapEntryOf(bug([trait]), { ...smallest, steps: [odd] }));
    expect(gapOf(odd, source)).toBe(id);
    expect(gapOf({ ...odd, options: others }, source)).toBeUndefined();
  });

  it('names the mistake that shows it', () => {
    const gapOf = gapWith(gapEntryOf(bug([], 'x', 'unknown-flag'), smallest));
    expect(gapOf({ ...step, mistakes: ['missing-file', 'unknown-flag'] }, source)).toBe(id);
    expect(gapOf({ ...step, mistakes: ['missing-file'] }, source)).toBeUndefined();
  });

  it('is none where nothing tells the bug from an ordinary image', () => {
    expect(gapEntryOf(bug([]), smallest)).toBeUndefined();
  });

  it.each(Object.entries(HOSTILE))('is YAML that says the same whatever the subject says: %s', (_, text) => {
    const entry = gapEntryOf(bug(['target=vhdx', text], text), smallest) ?? '';
    expect(entry.split('\n')).toHaveLength(10);
    expect(entry.length).toBeLessThan(1000);
    expect(gapWith(entry)(step, source)).toBe(id);
  });
});
