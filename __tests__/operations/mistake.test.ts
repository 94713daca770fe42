import { describe, expect, it } from 'vitest';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import { drawnSteps, scriptOf } from '../support/drawn.ts';
import { heldAgainst } from '../support/held.ts';

const content = { size: MiB, pattern: 'rich', writes: [], history: { kind: 'created' } } as const;
const source: Source = { format: 'qcow2', ...plainQcow2(64 * KiB), ...content, backing: [] };

/** What is held against a subject that did what the reference refused, when asked to measure for a target with a mistake. */
async function held(target: string, mistake: string) {
  const [{ script } = { script: undefined }] =
    scriptOf('measure', { options: { target }, source }, [mistake]).mistaken ?? [];
  if (script === undefined) throw new Error(`no ${mistake}`);
  return heldAgainst(script, 'measure', [0, 1]);
}

describe('a request with a mistake in it', () => {
  it.each(['missing-file', 'unknown-flag', 'unknown-target'])(
    '%s must be refused whatever the target is',
    async (mistake) => {
      for (const target of ['raw', 'vmdk']) {
        expect(await held(target, mistake)).toMatchObject({ type: 'exit_code_divergence' });
      }
    },
  );

  it('of no size is asked once to shrink, whether the right one grows or shrinks', () => {
    const asked = drawnSteps('resize', 400).flatMap((step) => {
      const words = scriptOf('resize', step, ['zero-size']).mistaken?.[0]?.script.reference ?? [];
      return words.length === 0 ? [] : [words.filter((word) => word === '--shrink').length];
    });
    expect(asked.length).toBeGreaterThan(100);
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  it('is not shown by a refusal of the reference that it would have given without the damage too', async () => {
    expect(await held('raw', 'damaged-features')).toMatchObject({ type: 'exit_code_divergence' });
    expect(await held('vmdk', 'damaged-features')).toBeUndefined();
  });
});
