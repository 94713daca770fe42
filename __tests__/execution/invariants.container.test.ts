import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { plansOf } from '../../src/session/plans.ts';
import { fuzz } from '../support/cli.ts';
import { imageWith } from '../support/image-with.ts';
import { fixtureSubject } from '../support/paths.ts';

/** An image whose reference is wrong itself: its safe rebase renames without copying. The true one is there as qemu-img.true. */
const WRONG = 'differential-fuzz-test-wrong-reference';

beforeAll(() => {
  const wrong =
    '#!/bin/sh\ncommand=$1; shift\n[ "$command" != rebase ] || set -- -u "$@"\nexec qemu-img.true "$command" "$@"\n';
  imageWith(WRONG, 'qemu-img', wrong);
});

const words = [
  '--image',
  WRONG,
  '--seed',
  'invariants',
  '--iterations',
  '8',
  '--operations',
  'rebase',
  '--shrink',
  'false',
];

describe('an invariant', () => {
  it('that both tools break in the same way is a finding all the same', async () => {
    const { code, findings } = await fuzz('--instar', 'qemu-img', ...words);
    expect(code).toBe(1);
    expect(new Set(findings.map(({ finding }) => finding.type))).toEqual(new Set(['rebase_invariant_divergence']));
    expect(findings[0]?.finding).toMatchObject({
      broken: 'a safe rebase leaves what a guest reads as it was',
      both: true,
    });
  });

  it('that the reference breaks alone is said to be its fault, and nothing is held against the subject', async () => {
    const { findings, iterations, directory } = await fuzz('--instar', fixtureSubject('is-right'), ...words);
    // This reference also accepts what it should refuse; that the subject refuses it is another matter.
    expect(findings.filter(({ finding }) => finding.mistake === undefined)).toEqual([]);
    const reasons = iterations.flatMap(({ verdict }) => (verdict.kind === 'inconclusive' ? [verdict.reason.kind] : []));
    expect(new Set(reasons)).toEqual(new Set(['reference_invariant']));
    expect(readFileSync(join(directory, 'summary.md'), 'utf8')).toContain('the reference itself broke what must hold');
  });
});

describe('a reference that breaks down', () => {
  it('is held against nobody', async () => {
    const image = 'differential-fuzz-test-crashing-reference';
    imageWith(
      image,
      'qemu-img',
      '#!/bin/sh\ncase $* in create*probe*) ;; create*) kill -SEGV $$ ;; esac\nexec qemu-img.true "$@"\n',
    );
    const seed = ['--image', image, '--seed', 'crash', '--iterations', '4', '--operations', 'create'];
    const { findings, iterations } = await fuzz('--instar', fixtureSubject('is-right'), ...seed);
    expect(findings).toEqual([]);
    const reasons = iterations.flatMap(({ verdict }) => (verdict.kind === 'inconclusive' ? [verdict.reason.kind] : []));
    expect(reasons).toContain('reference_crashed');
  });
});

describe('a subject with words of its own', () => {
  it('is asked for a conversion’s options in them', async () => {
    const own = ['--seed', 'dialect', '--iterations', '8', '--operations', 'convert,convert_compressed'];
    const { findings, run, iterations } = await fuzz('--instar', fixtureSubject('speaks-instar'), ...own);
    expect(run.subjectVersion).toBe('instar 0.1');
    expect(findings).toEqual([]);
    expect(iterations.filter(({ verdict }) => verdict.kind === 'ok').length).toBeGreaterThan(5);
    const planOf = plansOf('dialect', ['convert', 'convert_compressed']);
    const asked = iterations.flatMap(({ index, steps }) =>
      planOf(index).steps.filter((_, at) => steps[at]?.outcome === 'ok'),
    );
    expect(asked.some((step) => step.kind === 'run' && 'clusterSize' in step.options)).toBe(true);
  });
});
