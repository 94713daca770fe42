import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES, OPERATIONS } from '../../src/operations/index.ts';
import type { Script } from '../../src/operations/operation.ts';
import { calledFrom } from '../../src/operations/parts/called-from.ts';
import type { Choice, Step } from '../../src/plan/plan.ts';
import type { Source } from '../../src/plan/source.ts';
import { plansOf } from '../../src/session/plans.ts';

type Run = Step & { readonly kind: 'run' };

const planOf = plansOf('called from', OPERATION_NAMES);
const drawn = Array.from({ length: 400 }, (_, index) => planOf(index)).flatMap(({ source, steps }) =>
  steps.flatMap((step) => (step.kind === 'run' ? [{ source, step }] : [])),
);

function scriptOf({ operation, options, position, mistakes }: Run, source: Source, calledFrom?: 'above'): Script {
  const found = OPERATIONS.find(({ name }) => name === operation);
  if (found === undefined) throw new Error(`no operation is named ${operation}`);
  return found.script(options, { source, position, mistakes, dialect: 'qemu-img', calledFrom });
}

/** The words that are others when the command is called from above, as they were and as they are. */
function changedWords(at: Script, from: Script): (readonly [string, string | undefined])[] {
  const [before, after] = [at.subject, from.subject];
  return before.flatMap((word, index) => (word === after[index] ? [] : [[word, after[index]] as const]));
}

describe('a command that is called from above', () => {
  it('is drawn for every operation, and so is one that is not', () => {
    for (const name of OPERATION_NAMES) {
      const own = drawn.filter(({ step }) => step.operation === name);
      const share = own.filter(({ step }) => step.calledFrom === 'above').length / own.length;
      expect(share, name).toBeGreaterThan(0.2);
      expect(share, name).toBeLessThan(0.6);
    }
  });

  it('names every image by the way to it, and a backing file as its image has it', () => {
    let backings = 0;
    for (const { source, step } of drawn) {
      const [at, from] = [scriptOf(step, source), scriptOf(step, source, 'above')];
      const directory = at.usesSource ? 'source' : `step${step.position}`;
      const changed = changedWords(at, from);
      expect(changed.length, step.operation).toBeGreaterThan(0);
      // A file may stand behind the name of what it is to the command, as in `if=source.img`.
      for (const [word, other] of changed) expect(other).toBe(word.replace(/^(?:[a-z]+=)?/, `$&${directory}/`));
      const named = from.subject.flatMap((word, index) => (from.subject[index - 1] === '-b' ? [word] : []));
      expect(named).toEqual(at.subject.flatMap((word, index) => (at.subject[index - 1] === '-b' ? [word] : [])));
      backings += named.length;
      expect([from.inputs, from.outputs, from.prepare]).toEqual([at.inputs, at.outputs, at.prepare]);
    }
    expect(backings).toBeGreaterThan(50);
  });

  it('names those behind a key too, and leaves words alone that only look alike', () => {
    const files = { operand: 'a.img', inputs: [], outputs: [{ path: 'b.raw', format: 'raw' }] };
    const words = ['copy', '-o', 'size=a.img.raw', 'if=a.img', 'of=b.raw', '-b', 'a.img', 'a.img'];
    const script = { ...files, usesSource: true, subject: words, reference: words } as unknown as Script;
    const { subject } = calledFrom('above', script, 1);
    const behind = ['if=source/a.img', 'of=source/b.raw', '-b', 'a.img', 'source/a.img'];
    expect(subject).toEqual(['copy', '-o', 'size=a.img.raw', ...behind]);
  });

  it('names the image that a mistake spoils in the same way', () => {
    const damaged = drawn.flatMap(({ source, step }) =>
      (scriptOf(step, source, 'above').mistaken ?? []).filter(({ mistake }) => mistake.startsWith('damaged')),
    );
    expect(damaged.length).toBeGreaterThan(10);
    for (const { script } of damaged) {
      expect(script.calledFrom).toBe('above');
      expect(script.subject.join(' ')).toMatch(/[ =](source|step\d)\/damaged\.img\b/);
    }
  });

  it('is not drawn where that is a known gap', () => {
    const gapOf = ({ operation, calledFrom }: Choice) =>
      operation === 'rebase' && calledFrom !== undefined ? 'rebase-from-above' : undefined;
    const steered = plansOf('called from', ['rebase', 'create'], gapOf);
    const plans = Array.from({ length: 60 }, (_, index) => steered(index));
    const above = plans.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'run' && step.calledFrom ? [step.operation] : [])),
    );
    expect(new Set(above)).toEqual(new Set(['create']));
    expect(plans.flatMap(({ avoided }) => avoided)).toContain('rebase-from-above');
  });
});
