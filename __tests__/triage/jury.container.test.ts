import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BugLine, readReport } from '../../src/report/report.ts';
import { severityOfBug } from '../../src/triage/jury.ts';
import { cli, fuzz, newDirectory } from '../support/cli.ts';
import { CACHE, planted } from '../support/paths.ts';

/** The oldest version as the subject, and two others in its directory as the jury. */
function courtroom(): string {
  const directory = newDirectory();
  cpSync(join(CACHE, 'bullseye'), directory, { recursive: true });
  for (const suite of ['bookworm', 'trixie-backports']) {
    cpSync(join(CACHE, suite), join(directory, suite), { recursive: true });
  }
  // The container's user is another than ours.
  chmodSync(directory, 0o755);
  return directory;
}

const jurors = ['bookworm/instar', 'trixie-backports/instar'].join(',');

/** What the jury's verdicts are about: the bugs of few iterations over the subject in the room. */
async function bugsOf(room: string, operation: string): Promise<readonly BugLine[]> {
  const sides = ['--instar', join(room, 'instar'), '--references', jurors];
  const { directory } = await fuzz(...sides, '--seed', 'jury', '--iterations', '6', '--operations', operation);
  return readReport(directory).bugs;
}

describe('a jury of other versions', () => {
  it('says of an old version’s difference that another version shows it too', async () => {
    const room = courtroom();
    const bugs = await bugsOf(room, 'info');
    expect(bugs.length).toBeGreaterThan(0);
    for (const bug of bugs) {
      expect(bug.jury.map(({ juror, says }) => [juror.slice(0, 21), says])).toEqual([
        ['qemu-img version 7.2.', 'subject'],
        ['qemu-img version 11.1', 'reference'],
      ]);
      expect(severityOfBug(bug)).toBe('version-dependent');
    }
  });

  it('leaves a bug of the subject alone with what it is', async () => {
    const room = courtroom();
    cpSync(planted('convert-touches-its-source'), join(room, 'instar'));
    const bugs = await bugsOf(room, 'convert');
    expect(bugs.map((bug) => severityOfBug(bug))).toEqual(['data-loss']);
    expect(bugs[0]?.jury.map(({ says }) => says)).toEqual(['reference', 'reference']);
  });

  it.each([
    ['create-misstates-the-extent-of-a-vmdk', 'create', '9', { juror: 'vmdkinfo', says: 'other-size' }],
    ['commit-loses-a-cluster', 'commit', '3', { juror: 'qcowinfo', says: 'same-size' }],
  ])(
    'has readers of other makers, who say what they see in the file of %s',
    async (name, operation, iterations, vote) => {
      const words = ['--seed', 'jury', '--iterations', iterations, '--operations', operation, '--shrink', 'false'];
      const { bugs } = readReport((await fuzz('--instar', planted(name), ...words)).directory);
      expect(bugs.flatMap(({ jury }) => jury)).toContainEqual(vote);
    },
  );

  it('must be there', async () => {
    const { code, stderr } = await cli('--instar', planted('convert-touches-its-source'), '--references', 'no/such');
    expect([code, stderr]).toEqual([3, expect.stringContaining('Input "references": "no/such" cannot be executed')]);
  });
});
