import { describe, expect, it } from 'vitest';
import type { Stage } from '../../src/execution/stage.ts';
import { worstFinding } from '../../src/execution/worst.ts';
import { measure } from '../../src/operations/measure.ts';
import { resize } from '../../src/operations/resize.ts';
import type { Observation } from '../../src/oracles/observation.ts';
import { plansOf } from '../../src/session/plans.ts';

const { source } = plansOf('mistakes', ['measure'])(0);

/** What is held against a subject that did what the reference refused, when asked to measure for a target with a mistake. */
function heldAgainst(target: string, mistake: string) {
  const context = { source, position: 1, dialect: 'qemu-img', mistakes: [mistake] } as const;
  const script = measure.script({ target }, context).mistaken?.[0]?.script;
  const said = { text: '', bytes: 0, truncated: false };
  const ended = (code: number) =>
    ({ exit: { kind: 'exited', code }, stdout: said, stderr: said, milliseconds: 1 }) as const;
  const bench = { untouched: async () => true } as unknown as Observation['bench'];
  const observation = { ...script, operation: 'measure', subject: ended(0), reference: ended(1), bench };
  const stage = { transcript: [] } as unknown as Stage;
  return worstFinding(script?.oracles ?? [], observation as Observation, stage);
}

describe('a request with a mistake in it', () => {
  it.each(['missing-file', 'unknown-flag', 'unknown-target'])(
    '%s must be refused whatever the target is',
    async (mistake) => {
      for (const target of ['raw', 'vmdk']) {
        expect(await heldAgainst(target, mistake)).toMatchObject({ type: 'exit_code_divergence' });
      }
    },
  );

  it('of no size is asked once to shrink, whether the right one grows or shrinks', () => {
    const planOf = plansOf('no size', ['resize']);
    const asked = Array.from({ length: 400 }, (_, index) => planOf(index)).flatMap(({ steps, source: from }) =>
      steps.flatMap((step) => {
        if (step.kind !== 'run') return [];
        const context = { source: from, position: 1, dialect: 'qemu-img', mistakes: ['zero-size'] } as const;
        const words = resize.script(step.options, context).mistaken?.[0]?.script.reference ?? [];
        return words.length === 0 ? [] : [words.filter((word) => word === '--shrink').length];
      }),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  it('is not shown by a refusal of the reference that it would have given without the damage too', async () => {
    expect(await heldAgainst('raw', 'damaged-features')).toMatchObject({ type: 'exit_code_divergence' });
    expect(await heldAgainst('vmdk', 'damaged-features')).toBeUndefined();
  });
});
