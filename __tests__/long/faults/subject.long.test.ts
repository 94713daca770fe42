import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectOrder, ROUNDS } from '../../support/aftermath.ts';
import { newDirectory, readRecord } from '../../support/cli.ts';
import { CLI } from '../../support/paths.ts';
import { run } from '../../support/process.ts';
import { writtenSubject } from '../../support/written.ts';

/** A fault of the subject's: what it does instead of, or before, what it is asked for. */
interface Fault {
  readonly says: string;
  /** Shell words that come before the real tool is called with `"$@"`. */
  readonly script: string;
  /** The only verdicts that are right; the others would blame somebody for it or hide it. */
  readonly verdicts: readonly ('ok' | 'divergent' | 'inconclusive')[];
  /** What it hangs in never ends: nothing is learned by waiting longer. */
  readonly hangs?: true;
}

/** Runs on in the background in a session of its own, deaf to the polite signals. */
const strayed = (script: string) => `setsid sh -c 'trap "" TERM HUP INT; ${script}' >/dev/null 2>&1 </dev/null &`;

const onTheLastWord = (script: string) => `for file; do :; done; "$real" "$@"; s=$?; ${script}; exit $s`;

const FAULTS: readonly Fault[] = [
  { says: 'forks away', script: strayed('sleep 600'), verdicts: ['ok'] },
  {
    says: 'writes later, from the background',
    script: strayed('sleep 0.3; : > out.qcow2; : > late'),
    verdicts: ['ok'],
  },
  { says: 'ignores the polite end', script: 'trap "" TERM; sleep 600', verdicts: ['inconclusive'], hangs: true },
  {
    says: 'closes its pipes and stays',
    script: 'exec >&- 2>&- <&-; sleep 600',
    verdicts: ['inconclusive'],
    hangs: true,
  },
  { says: 'prints 300 MB', script: 'head -c 300000000 /dev/zero | tr "\\0" x >&2', verdicts: ['ok', 'inconclusive'] },
  { says: 'leaves a sparse file of 10 GB', script: 'truncate -s 5G a b', verdicts: ['ok'] },
  { says: 'deletes the directory that it works in', script: 'rm -rf "$PWD"', verdicts: ['divergent', 'inconclusive'] },
  {
    says: 'makes the directory that it works in unreadable',
    script: onTheLastWord('chmod 0 "$PWD"'),
    verdicts: ['divergent', 'inconclusive'],
  },
  {
    says: 'puts a link in the place of its image',
    script: onTheLastWord('[ -f "$file" ] && ln -sf /etc/hostname "$file"'),
    verdicts: ['divergent', 'inconclusive'],
  },
  {
    says: 'puts a pipe in the place of its image',
    script: onTheLastWord('[ -f "$file" ] && rm "$file" && mkfifo "$file"'),
    verdicts: ['divergent', 'inconclusive'],
    hangs: true,
  },
  {
    says: 'puts a device in the place of its image',
    script: onTheLastWord('[ -f "$file" ] && ln -sf /dev/zero "$file"'),
    verdicts: ['divergent', 'inconclusive'],
  },
  {
    says: 'puts a directory in the place of its image',
    script: onTheLastWord('[ -f "$file" ] && rm "$file" && mkdir "$file"'),
    verdicts: ['divergent', 'inconclusive'],
  },
  {
    says: 'destroys all images that it sees but its own',
    script:
      'find /dev/shm /tmp -type f -path "*/differential-fuzz.*/*" ! -path "*/subject/*" ! -path "*/twin/*" -exec sh -c ": > \\"\\$1\\"" sh {} \\; 2>/dev/null',
    verdicts: ['ok'],
  },
  { says: 'takes all the memory that there is', script: 'tail /dev/zero', verdicts: ['inconclusive'], hangs: true },
  {
    says: 'fills the memory in which its images are',
    script: 'for i in 1 2 3; do head -c 4000000000 /dev/zero >"fill-$i"; done',
    verdicts: ['inconclusive'],
    hangs: true,
  },
  {
    says: 'forks without end',
    script: 'bomb() { bomb | bomb & }; (bomb) 2>/dev/null; sleep 600',
    verdicts: ['inconclusive'],
    hangs: true,
  },
  { says: 'kills all that it can see', script: 'kill -9 -1', verdicts: ['inconclusive'] },
  { says: 'removes the pipes of all lanes', script: 'rm -rf "$pipes"; mv "$pipes" "$pipes-gone"', verdicts: ['ok'] },
  {
    says: 'floods the pipes of all lanes',
    script: strayed('head -c 20000000 /dev/zero | tee "$pipes"/*.out'),
    verdicts: ['ok', 'inconclusive'],
  },
  { says: 'steals what all lanes are told', script: strayed('cat "$pipes"/*.in'), verdicts: ['ok', 'inconclusive'] },
  {
    says: 'stops its own lane',
    script: 'kill -STOP "$(cut -d" " -f6 /proc/self/stat)"',
    verdicts: ['inconclusive'],
    hangs: true,
  },
];

/** A subject that has the fault in what it is asked for after the run has begun: the probes before that see the real tool. */
function subjectWith({ script }: Fault): string {
  return writtenSubject(
    `#!/bin/sh\nreal=qemu-img\nown=$PWD/\nexport pipes=\${own%%/subject/*}/../pipes\ncase $PWD/ in */subject/*) ${script} ;; esac\nexec qemu-img "$@"\n`,
  );
}

describe('a subject that', () => {
  it.each(FAULTS)(
    '$says: verdicts as documented, nothing left, the next run works',
    { repeats: ROUNDS - 1 },
    async (fault) => {
      const directory = join(newDirectory(), 'report');
      const flags = ['--seed', 'faults', '--iterations', '4', '--lanes', '2', '--shrink-timeout', '5'];
      const patience = ['--timeout', fault.hangs ? '1' : '3'];
      let pid: number | undefined;
      const words = [
        CLI,
        '--instar',
        subjectWith(fault),
        '--report-dir',
        directory,
        '--fail-on',
        'never',
        ...flags,
        ...patience,
      ];
      const ended = await run(process.execPath, words, { started: (child) => (pid = child.pid) });
      const { run: recorded, counts } = await expectOrder({ ...ended, directory, pid });
      expect([recorded.state, recorded.error ?? '']).toEqual(['finished', '']);
      const verdicts = (['ok', 'divergent', 'inconclusive'] as const).filter((kind) => counts[kind] > 0);
      expect(verdicts.filter((kind) => !fault.verdicts.includes(kind))).toEqual([]);
      expect(readRecord(directory).iterations).toHaveLength(4);
    },
  );
});
