import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuzz } from '../support/cli.ts';
import { CACHE, REPOSITORY } from '../support/paths.ts';

/** The table of explained differences: version, type, pointer. */
const explained = readFileSync(join(REPOSITORY, 'docs/qemu-versions.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

describe('another qemu-img as the subject', () => {
  it.each([
    ['bullseye', '5.2'],
    ['bookworm', '7.2'],
    ['trixie-backports', '11.1'],
  ])('from %s, version %s, shows only what docs/qemu-versions.md explains', async (suite, version) => {
    const { run, findings } = await fuzz(
      '--instar',
      join(CACHE, suite, 'instar'),
      '--seed',
      'versions',
      '--iterations',
      '100',
    );
    expect(run.subjectVersion).toContain(`version ${version}`);
    const known = explained.filter(([, first]) => first === version).map(([, , type, pointer]) => `${type} ${pointer}`);
    const seen = findings.flatMap(({ finding }) =>
      finding.kind === 'json' ? finding.differences.map(({ pointer }) => `${finding.type} ${pointer}`) : [finding.type],
    );
    expect(seen.filter((difference) => !known.includes(difference))).toEqual([]);
    if (version !== '11.1') expect(seen.length).toBeGreaterThan(0);
  });
});
