import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Assistant } from '../../src/execution/assistant.ts';
import { fuzz as loop } from '../../src/execution/loop.ts';
import { SecondOpinion } from '../../src/execution/second-opinion.ts';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import type { Lane, LaneCommand } from '../../src/sandbox/lane.ts';
import { plansOf } from '../../src/session/plans.ts';
import { succeeded } from '../../src/verdict/exit.ts';
import { openPlace, type Place } from '../../testing/place.ts';
import { fuzz, newDirectory } from '../support/cli.ts';
import { imageWith } from '../support/image-with.ts';
import { planted } from '../support/paths.ts';

let place: Place;
let lane: Lane;
let directory: string;
let assistant: Assistant;

beforeAll(async () => {
  place = await openPlace(newDirectory(), 1);
  ({ tools: lane } = await place.sandbox.openLanes());
  directory = place.sandbox.scratch.path;
  assistant = new Assistant(place.sandbox, 20);
});

afterAll(() => place.sandbox.close());

/** Runs a fresh process, which must succeed unless told otherwise. */
async function run(...argv: string[]): Promise<boolean> {
  return succeeded((await lane.run({ directory, argv, timeoutSeconds: 60 })).exit);
}

const compare = (f: string, a: string, F: string, b: string) => ['compare', '-f', f, '-F', F, a, b];

const WRITES = ['write -q -P 7 1000 70000', 'write -q -P 9 1000k 600', 'write -q -z 2k 10k', 'discard -q 128k 64k'];

describe('a qemu-io that stays', () => {
  it.each(['raw', 'qcow2', 'vmdk', 'vpc', 'vhdx'])('writes into %s what a fresh one writes', async (format) => {
    const [one, other] = [`one.${format}`, `other.${format}`];
    for (const file of [one, other]) expect(await run('qemu-img', 'create', '-q', '-f', format, file, '3M')).toBe(true);
    const args = (file: string) => ['-f', format, ...WRITES.flatMap((write) => ['-c', write]), file];
    expect(await run('qemu-io', ...args(one))).toBe(true);
    expect(await run('qemu-img', ...compare(format, one, format, other))).toBe(false);
    expect(await assistant.write(args(other), directory)).toBe(true);
    expect(await run('qemu-img', ...compare(format, one, format, other))).toBe(true);
    expect(await assistant.isSame(compare(format, one, format, other), directory)).toBe(true);
  });

  it('tells a write that failed', async () => {
    expect(await assistant.write(['-f', 'raw', '-c', 'write -q -P 7 64M 512', 'one.raw'], directory)).toBe(false);
    expect(await assistant.write(['-f', 'raw', '-c', 'write -q -P 7 0 512', 'missing.raw'], directory)).toBe(false);
  });

  it('never calls two disks equal that differ in their last byte, in size, or of which one is not there', async () => {
    for (const file of ['a', 'b']) await run('qemu-img', 'create', '-q', '-f', 'qcow2', file, '1049088');
    const args = compare('qcow2', 'a', 'qcow2', 'b');
    expect(await assistant.isSame(args, directory)).toBe(true);
    await run('qemu-io', '-f', 'qcow2', '-c', 'write -q -P 1 1049087 1', 'b');
    expect(await assistant.isSame(args, directory)).toBe(false);
    await run('qemu-img', 'create', '-q', '-f', 'qcow2', 'b', '1049600');
    expect(await assistant.isSame(args, directory)).toBe(false);
    await run('rm', 'b');
    expect(await assistant.isSame(args, directory)).toBe(false);
  });

  it('reads through the images below, and compares parts', async () => {
    await run('qemu-img', 'create', '-q', '-f', 'raw', 'base', '1M');
    await run('qemu-io', '-f', 'raw', '-c', 'write -q -P 5 0 1M', 'base');
    await run('qemu-img', 'create', '-q', '-f', 'qcow2', '-b', 'base', '-F', 'raw', 'top', '2M');
    const part = (at: string) => `driver=raw,${at},file.driver=qcow2,file.file.driver=file,file.file.filename=top`;
    const whole = 'driver=raw,file.driver=file,file.filename=base';
    const zeros = 'driver=null-co,size=1048576,read-zeroes=on';
    const isSame = (one: string, other: string) => assistant.isSame(['compare', '--image-opts', one, other], directory);
    expect(await isSame(whole, part('size=1048576'))).toBe(true);
    expect(await isSame(zeros, part('size=1048576'))).toBe(false);
    expect(await isSame(zeros, part('offset=1048576,size=1048576'))).toBe(true);
  });

  it('holds no image between two questions', async () => {
    await run('qemu-img', 'create', '-q', '-f', 'qcow2', 'held', '1M');
    expect(await assistant.write(['-f', 'qcow2', '-c', 'write -q 0 512', 'held'], directory)).toBe(true);
    expect(await run('qemu-io', '-f', 'qcow2', '-c', 'write -q 0 512', 'held')).toBe(true);
  });

  it('is started anew after its death, and a fresh process does what it was about', async () => {
    const kill = 'for f in /proc/[0-9]*; do [ "$(cat "$f/comm")" != qemu-io ] || kill -9 "$(basename "$f")"; done';
    await run('qemu-img', 'create', '-q', '-f', 'qcow2', 'again', '1M');
    const args = compare('qcow2', 'again', 'qcow2', 'again');
    expect(await assistant.isSame(args, directory)).toBe(true);
    expect(await run('sh', '-c', kill)).toBe(true);
    expect(await assistant.isSame(args, directory)).toBe(false);
    expect(await assistant.isSame(args, directory)).toBe(true);
  });
});

describe('the loop', () => {
  it('lets it help in all but one iteration in fifty, in which fresh processes answer', async () => {
    const helped = new Map<number, boolean>();
    await loop({
      indices: [0, 1].values(),
      planOf: plansOf('assistant', USUAL_NAMES),
      operations: OPERATIONS,
      ...place,
      lanes: 1,
      timeoutSeconds: 60,
      failFast: false,
      signal: new AbortController().signal,
      record: ({ plan, trial }) =>
        helped.set(
          plan.index,
          trial.transcript.some((entry) => entry.helped),
        ),
    });
    expect([...helped]).toEqual([
      [0, false],
      [1, true],
    ]);
  });
});

/** What a lying qemu-io does to the commands that it is told, while each process of it is honest. */
const LIES = [
  ['forgets what it writes', 's/^write .*/sleep 0/', 'qemu-img', 'disagree on `qemu-io '],
  [
    'looks at one disk only',
    's/,children[.]1.*//; s/driver=quorum,vote-threshold=2,//; s/children[.]0[.]//g',
    planted('convert-loses-the-first-byte'),
    'disagree on `qemu-img compare',
  ],
] as const;

describe('a qemu-io that stays and does not what a fresh process does', () => {
  it.each(LIES)(
    'is an error of the run when it %s, and neither a finding nor a pass',
    async (_, lie, subject, said) => {
      // Its prompt is the name that it is called by.
      const lies = `#!/bin/sh\n[ $# = 0 ] || exec qemu-io.true "$@"\nsed -u '${lie}' | env -a qemu-io qemu-io.true\n`;
      const image = imageWith('differential-fuzz-test-lying-qemu-io', 'qemu-io', lies);
      const words = ['--image', image, '--seed', 'lies-1', '--iterations', '1', '--operations', 'convert'];
      const { code, run: record, findings } = await fuzz('--instar', subject, ...words);
      expect([code, record.state, findings]).toEqual([3, 'failed', []]);
      expect(record.error).toContain(said);
    },
  );

  it('is none where the fresh process was killed before it could say anything', async () => {
    let killed = 0;
    const killing = (command: LaneCommand) => {
      if (command.argv[1] !== 'compare') return lane.run(command);
      killed += 1;
      return lane.run({ ...command, argv: ['sh', '-c', 'kill -ABRT $$'] });
    };
    const opinion = new SecondOpinion(assistant, { run: killing } as unknown as Lane);
    expect(await run('mkdir', 'twice')).toBe(true);
    expect(await run('qemu-img', 'create', '-q', '-f', 'qcow2', 'twice/disk', '1M')).toBe(true);
    const args = ['-f', 'qcow2', '-c', 'write -q -P 7 0 512', 'disk'];
    const command = { program: 'qemu-io', args, directory: 'twice', side: 'reference' } as const;
    const written = await opinion.serve('fixture', command, directory);
    expect([written?.exit, killed]).toEqual([{ kind: 'exited', code: 0 }, 1]);
  });
});
