import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../src/operations/index.ts';
import type { Script } from '../../src/operations/operation.ts';
import { plainQcow2 } from '../../src/plan/qcow2.ts';
import { KiB, MiB } from '../../src/plan/size.ts';
import type { Source } from '../../src/plan/source.ts';
import type { Judgement } from '../../src/verdict/finding.ts';
import { type Severity, severityOf } from '../../src/verdict/severity.ts';
import { drawnSteps, scriptOf } from '../support/drawn.ts';
import { heldAgainst } from '../support/held.ts';

/** An overlay in which all of these mistakes can be made: its tables lie where they are known to, and it stands on an image that keeps locks. */
const layout = { format: 'qcow2', ...plainQcow2(64 * KiB), size: MiB } as const;
const source: Source = {
  ...{ ...layout, pattern: 'rich', history: { kind: 'created' } },
  writes: [{ kind: 'data', offset: 0, length: 512, byte: 7 }],
  backing: [{ ...layout, writes: [] }],
};

const CONVERSIONS = ['convert', 'convert_compressed', 'dd'];
const READING = ['compare', ...CONVERSIONS];

/** The operations that make each mistake, what is held against a subject that does as it is asked to, and how grave that is. */
const COSTLY: readonly [mistake: string, operations: readonly string[], type: RegExp, severity: Severity][] = [
  ['no-room', CONVERSIONS, /^(convert|convert_compressed|dd)_unwritten_divergence$/, 'data-loss'],
  ['onto-itself', CONVERSIONS, /^exit_code_divergence$/, 'leniency'],
  ['onto-its-base', CONVERSIONS, /^exit_code_divergence$/, 'leniency'],
  ['onto-its-backing', ['create'], /^create_unreadable_divergence$/, 'data-loss'],
  ['damaged-backing-name', ['commit', ...READING, 'rebase'], /^[a-z_]+_unreadable_divergence$/, 'data-loss'],
  ['damaged-l1-entry', READING, /^[a-z_]+_unreadable_divergence$/, 'data-loss'],
  ['damaged-l2-entry', READING, /^[a-z_]+_unreadable_divergence$/, 'data-loss'],
];

const CHANGED = { kind: 'input-modified', type: 'input_modified_divergence' };
const ABORTED = { kind: 'signalled', signal: 6 } as const;

/** To be read through itself is a mistake of the same name, but no output is written onto anything. */
const isOther = (operation: string, mistake: string) => operation === 'rebase' && mistake === 'onto-itself';

/** Requests with this mistake in them, of all operations that make it. */
function requestsWith(mistake: string): [operation: string, script: Script][] {
  return OPERATIONS.filter(({ name }) => !isOther(name, mistake)).flatMap(({ name }) =>
    drawnSteps(name, 40).flatMap(({ options }) =>
      (scriptOf(name, { options, source }, [mistake]).mistaken ?? []).map(({ script }): [string, Script] => [
        name,
        script,
      ]),
    ),
  );
}

function severity(finding: Judgement | undefined): Severity | undefined {
  return finding && severityOf({ ...finding, operation: 'convert', step: 1 }, false);
}

describe.each(COSTLY)('a request with %s', (mistake, operations, type, grave) => {
  const requests = requestsWith(mistake);

  it('is made of each operation that can get that wrong', () => {
    expect(new Set(requests.map(([operation]) => operation))).toEqual(new Set(operations));
  });

  it('may not succeed where the reference refuses it', async () => {
    for (const [operation, script] of requests) {
      const finding = await heldAgainst(script, operation, [0, 1]);
      expect(finding?.type, operation).toMatch(type);
      expect(severity(finding), operation).toBe(grave);
    }
  });

  it('leaves all that it was given as it was where both refuse it', async () => {
    for (const [operation, script] of requests) {
      expect(await heldAgainst(script, operation, [1, 1])).toBeUndefined();
      expect(script.inputs.length, operation).toBeGreaterThan(0);
      for (const { path } of script.inputs) {
        const finding = await heldAgainst(script, operation, [1, 1], [path]);
        expect(finding, operation).toEqual({ ...CHANGED, file: path });
        expect(severity(finding)).toBe('data-loss');
      }
    }
  });

  it('may be refused, or done, where the reference does it, and is held to nothing then', async () => {
    for (const [operation, script] of requests) {
      const all = script.inputs.map(({ path }) => path);
      expect(await heldAgainst(script, operation, [1, 0], all), operation).toBeUndefined();
      expect(await heldAgainst(script, operation, [0, 0], all), operation).toBeUndefined();
    }
  });

  it('may not break the subject down, unless it is told that way that there is no room', async () => {
    const crash = mistake === 'no-room' ? undefined : expect.objectContaining({ kind: 'crash' });
    for (const [operation, script] of requests) {
      expect(await heldAgainst(script, operation, [ABORTED, 1]), operation).toEqual(crash);
    }
  });
});

describe('an image that was written onto though the reference refuses that', () => {
  it.each([
    ['onto-itself', 'itself.img'],
    ['onto-its-base', 'back1.img'],
  ])('%s is lost data if it is another one then: %s', async (mistake, path) => {
    for (const [operation, script] of requestsWith(mistake)) {
      const finding = await heldAgainst(script, operation, [0, 1], [path]);
      expect(finding, operation).toEqual({ ...CHANGED, file: path });
      expect(severity(finding)).toBe('data-loss');
    }
  });
});
