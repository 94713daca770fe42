import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newDirectory, readRecord } from '../../support/cli.ts';
import { again, disturbed, expectReported } from '../../support/disturbed.ts';

describe('a scratch space', () => {
  it('that the subject fills makes no difference, and none is announced', again, async () => {
    // Over the real one, for as long as this takes: smaller than what the container may have of memory, and so only chosen in the place of a disk.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2100m', 'tmpfs', '/dev/shm']);
    try {
      const ended = await disturbed({
        fault: () => {},
        inputs: { instar: filler(), iterations: '8', timeout: '20' },
        variables: { TMPDIR: '/dev/shm' },
      });
      const { run: recorded, counts } = await expectReported(ended);
      expect([recorded.state, counts.divergent]).toEqual(['finished', 0]);
      const full = readRecord(ended.directory).iterations.filter(
        ({ verdict }) => verdict.kind === 'inconclusive' && verdict.reason.kind === 'scratch_full',
      );
      expect(full).not.toEqual([]);
    } finally {
      execFileSync('umount', ['/dev/shm']);
    }
  });

  /** Fills its own directory before every second thing that it is asked for, and leaves that there. */
  const filler = () => {
    const path = join(newDirectory(), 'instar');
    const fill = '[ $(($$ % 2)) = 1 ] || head -c 4000000000 /dev/zero >fill';
    const text = `#!/bin/sh\ncase $PWD/ in */subject/*) ${fill} ;; esac\nexec qemu-img "$@"\n`;
    writeFileSync(path, text, { mode: 0o755 });
    chmodSync(join(path, '..'), 0o755);
    return path;
  };
});
