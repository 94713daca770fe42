import { describe, expect, it } from 'vitest';
import type { Question } from '../../src/oracles/observation.ts';
import { readsTwin } from '../../src/oracles/twin.ts';
import type { TwinCheck } from '../../src/plan/plan.ts';
import { benchWith, observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

/** What a subject that ends with this code is asked about a file that the reference wrote, and what is held against it. */
async function asked(check: TwinCheck, file: { format: string; below?: string[] }, code: number) {
  const questions: Question[] = [];
  const bench = benchWith({
    async ask(question) {
      questions.push(question);
      return question.program === 'subject' ? ended(code, '', 'Error: cannot') : ended(0, '{"check-errors": 0}');
    },
  });
  const outputs = [{ path: `new.${file.format}`, ...file }];
  const finding = await readsTwin(check)(observed({ operation: 'create', outputs, bench }));
  return { finding, questions };
}

describe('a file that the reference wrote', () => {
  it.each([
    ['describe', 'create_twin_info_divergence'],
    ['examine', 'create_twin_check_divergence'],
    ['read', 'create_twin_content_divergence'],
  ] as const)('is refused by a subject that cannot %s it', async (check, type) => {
    const { finding } = await asked(check, { format: 'vhdx' }, 1);
    const refusal = { kind: 'exit', type, subject: { kind: 'exited', code: 1 }, message: 'Error: cannot' };
    // For `check` it is an answer, if there is a report; this one has none.
    const expected = check === 'examine' ? { kind: 'unparsable', type } : refusal;
    expect(finding).toMatchObject(expected);
  });

  it('is refused by a `check` that ends as one that does not know the format', async () => {
    const { finding } = await asked('examine', { format: 'vhdx' }, 63);
    expect(finding).toMatchObject({ kind: 'exit', type: 'create_twin_check_divergence' });
  });

  it('is not read where it is a vmdk with a parent, which the subject does not see, but examined', async () => {
    const child = { format: 'vmdk', below: ['below.vmdk'] };
    for (const check of ['describe', 'read'] as const) {
      expect(await asked(check, child, 1)).toEqual({ finding: undefined, questions: [] });
    }
    expect((await asked('examine', child, 101)).finding).toMatchObject({ kind: 'crash' });
    expect((await asked('read', { format: 'vmdk' }, 1)).finding).toMatchObject({ kind: 'exit' });
  });
});
