import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/verdict/finding.ts';
import { fuzz } from '../support/cli.ts';
import { CACHE, REPOSITORY } from '../support/paths.ts';

/** The table of explained differences: version, type (`*` for any operation), and where: a JSON pointer or the operation. */
const explained = readFileSync(join(REPOSITORY, 'docs/qemu-versions.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, version = '', type = '', where = '']) => ({ version, type, where }));

function isExplained(version: string, { type, where }: { type: string; where: string }): boolean {
  return explained.some(
    (row) =>
      row.version === version &&
      row.where === where &&
      new RegExp(`^${row.type.replaceAll('*', '[a-z_]+')}$`).test(type),
  );
}

function placesOf(finding: Finding): { type: string; where: string }[] {
  const { type, operation } = finding;
  return finding.kind === 'json'
    ? finding.differences.map(({ pointer }) => ({ type, where: pointer }))
    : [{ type, where: operation }];
}

const SUITES = [
  ['bullseye', '5.2'],
  ['bookworm', '7.2'],
  ['trixie-backports', '11.1'],
] as const;

describe('another qemu-img as the subject', () => {
  it.each(SUITES)('from %s, version %s, shows only what docs/qemu-versions.md explains', async (suite, version) => {
    const instar = join(CACHE, suite, 'instar');
    const words = ['--seed', 'versions', '--shrink', 'false'];
    const all = await fuzz('--instar', instar, ...words, '--iterations', '6');
    const others = await fuzz('--instar', `${instar}-but-info`, ...words, '--iterations', '6');
    expect(all.run.subjectVersion).toContain(`version ${version}`);
    const seen = [...all.findings, ...others.findings].flatMap(({ finding }) => placesOf(finding));
    expect(seen.filter((place) => !isExplained(version, place))).toEqual([]);
    if (version !== '11.1') expect(all.findings.length).toBeGreaterThan(0);
  });
});
