import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuzz } from '../support/cli.ts';
import { planted } from '../support/paths.ts';
import { reproduce } from '../support/reproduce.ts';

const FOLDER = dirname(planted('any'));
const subjects = readdirSync(FOLDER).toSorted();

/** Each planted bug names the types that it must be found as. */
const expectedTypes = (name: string) =>
  /^# Expected: (.+)$/m.exec(readFileSync(planted(name), 'utf8'))?.[1]?.split(' ') ?? [];

describe('a planted bug', () => {
  it.each(subjects)(
    '%s is found within 100 iterations, as what it is, and its reproducer shows it alone',
    async (name) => {
      const { code, findings, directory } = await fuzz(
        '--instar',
        planted(name),
        '--seed',
        'planted',
        '--iterations',
        '100',
      );
      expect(code).toBe(1);
      expect(findings.length).toBeGreaterThan(0);
      const unexpected = findings.filter(({ finding }) => !expectedTypes(name).includes(finding.type));
      expect(unexpected.map(({ finding }) => finding.type)).toEqual([]);
      for (const line of findings.slice(0, 3)) {
        const shown = await reproduce(directory, line, planted(name));
        expect([shown.code, shown.stdout], shown.stderr).toEqual([1, expect.stringContaining('They differ.')]);
        const agreed = await reproduce(directory, line, 'qemu-img');
        expect(agreed.code, agreed.stdout + agreed.stderr).toBe(0);
      }
      const [first] = findings;
      const replayed = await fuzz('replay', join(directory, first?.folder ?? ''), '--instar', planted(name));
      expect(replayed.findings.map(({ finding }) => finding.type)).toEqual([first?.finding.type]);
      expect(replayed.code).toBe(1);
    },
  );
});
