import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { USUAL_NAMES } from '../../src/operations/index.ts';
import { MiB } from '../../src/plan/size.ts';
import { plansOf } from '../../src/session/plans.ts';
import { cli, fuzz, newDirectory } from '../support/cli.ts';
import { fixtureSubject } from '../support/paths.ts';
import { reproduce } from '../support/reproduce.ts';
import { writtenSubject } from '../support/written.ts';

/** Whether the subject is asked for `info` in an iteration, by itself or to read what the reference wrote: what acts on it must come to act. */
function asksInfo(seed: string, index: number): boolean {
  const { steps } = plansOf(seed, USUAL_NAMES)(index);
  return steps.some((step) => step.kind === 'run' && (step.operation === 'info' || step.twin === 'describe'));
}

/** Bytes of all files below a directory. */
function bytesBelow(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.reduce((bytes, { parentPath, name }) => bytes + statSync(join(parentPath, name)).size, 0);
}

describe('a subject that misbehaves', () => {
  it('by hanging is inconclusive, never divergent, and the reason names the side and the limit', async () => {
    const words = ['--seed', 'hang', '--iterations', '4', '--lanes', '2', '--timeout', '2', '--operations', 'info'];
    const { code, run, iterations, findings, directory } = await fuzz(
      '--instar',
      fixtureSubject('hangs-on-info'),
      ...words,
    );
    expect([code, run.state, findings]).toEqual([0, 'finished', []]);
    expect(new Set(iterations.map(({ verdict }) => verdict.kind))).toEqual(new Set(['inconclusive']));
    const summary = readFileSync(join(directory, 'summary.md'), 'utf8');
    expect(summary).toContain('## ⚠️ Nothing could be judged');
    expect(summary).toContain(
      '⚠️ In 4 iterations the subject ran out of time where the reference needed less than a second',
    );
    expect(summary).toContain('4 ×: `the subject ran longer than 2 s (subject info), where the reference was prompt`');
  });

  it('by killing its lane costs the iteration, not the run', async () => {
    const words = ['--seed', 'lanes 2', '--iterations', '8', '--lanes', '2'];
    const { run, iterations, findings } = await fuzz('--instar', fixtureSubject('kills-its-lane'), ...words);
    expect([run.state, iterations.length, findings]).toEqual(['finished', 8, []]);
    const lost = iterations.filter(
      ({ verdict }) => verdict.kind === 'inconclusive' && verdict.reason.kind === 'lane_lost',
    );
    const measured = iterations.filter(({ steps }) => steps.some(({ outcome }) => outcome === 'ok'));
    expect(lost.length).toBeGreaterThan(2);
    expect(lost.length + measured.length).toBe(8);
  });

  it.each([
    ['processes', 'while :; do sleep 20 & done'],
    ['memory', '(tail /dev/zero); exit 1'],
  ] as const)('by refusing for want of %s is inconclusive: the limit is ours', async (limit, script) => {
    const text = `#!/bin/sh\ncase $PWD/ in */subject/*) ${script} ;; esac\nexec qemu-img "$@"\n`;
    const subject = writtenSubject(text);
    const words = ['--seed', 'limits', '--iterations', '1', '--lanes', '1', '--operations', 'create'];
    const { findings, iterations } = await fuzz('--instar', subject, ...words);
    const verdict = { kind: 'inconclusive', reason: { kind: 'limit_reached', limit } };
    expect([findings, iterations.map((line) => line.verdict)]).toEqual([[], [verdict]]);
  });

  it('by filling the memory that its files are in costs its iterations, not the run', async () => {
    const script = 'for i in 1 2 3; do head -c 4000000000 /dev/zero >"fill-$i"; done';
    const text = `#!/bin/sh\ncase $PWD/ in */subject/*) ${script} ;; esac\nexec qemu-img "$@"\n`;
    const words = ['--seed', 'faults', '--iterations', '4', '--lanes', '2', '--timeout', '1'];
    const { code, run, iterations, findings } = await fuzz('--instar', writtenSubject(text), ...words);
    expect([code, run.state, run.error, findings]).toEqual([0, 'finished', undefined, []]);
    expect(iterations.map(({ verdict }) => verdict.kind)).toEqual(Array(4).fill('inconclusive'));
  });

  it('by killing its lane leaves nothing in the scratch space either', async () => {
    const others = '[ "$(ls ../../.. | grep -c "^[0-9]*$")" -gt 1 ] && exit 77';
    const kill = '[ "$1" = measure ] && kill -9 "$(cut -d" " -f6 /proc/self/stat)" && sleep 5';
    const subject = writtenSubject(`#!/bin/sh\n${others}\n${kill}\nexec qemu-img "$@"\n`);
    const words = ['--seed', 'lanes 2', '--iterations', '6', '--lanes', '1'];
    const { iterations, findings } = await fuzz('--instar', subject, ...words);
    const lost = iterations.filter(
      ({ verdict }) => verdict.kind === 'inconclusive' && verdict.reason.kind === 'lane_lost',
    );
    expect(lost.length).toBeGreaterThan(1);
    expect([iterations.length, findings]).toEqual([6, []]);
  });

  it.each([
    ['links to the reference’s in the place of its images', 'for f in new.*; do ln -sf "$theirs/$f" "$f"; done'],
    ['a link to the reference’s directory in the place of its own', 'cd / && rm -rf "$own" && ln -s "$theirs" "$own"'],
  ])('by putting %s is never ok', async (_, script) => {
    const theirs = 'theirs=$(echo "$PWD" | sed "s,/open/\\([0-9]*\\)/subject/,/\\1/reference/,")';
    const text = `#!/bin/sh\nown=$PWD; ${theirs}\nqemu-img "$@" || exit\ncase $own in */subject/step*) ${script} ;; esac\n`;
    const subject = writtenSubject(text);
    const words = ['--seed', 'links', '--iterations', '4', '--lanes', '1', '--operations', 'create'];
    const { iterations } = await fuzz('--instar', subject, ...words);
    const reasons = iterations.map(({ verdict }) => (verdict.kind === 'inconclusive' ? verdict.reason.kind : verdict));
    expect(reasons).toEqual(Array(4).fill('leads_elsewhere'));
  });

  it.each([
    ['a file', ': > "$own"'],
    ['a link that leads to itself', 'ln -s "$own" "$own"'],
  ])('by putting %s in the place of its directory does not end the run', async (_, script) => {
    const text = `#!/bin/sh\ncase "$1 $PWD" in "info "*/subject/source) qemu-img "$@"; own=$PWD; cd /; rm -rf "$own"; ${script}; exit 0 ;; esac\nexec qemu-img "$@"\n`;
    const subject = writtenSubject(text);
    const words = [
      '--seed',
      'places',
      '--iterations',
      '3',
      '--lanes',
      '1',
      '--operations',
      'info',
      '--shrink',
      'false',
    ];
    const { run, iterations } = await fuzz('--instar', subject, ...words);
    expect([run.state, iterations.length]).toEqual(['finished', 3]);
    expect(iterations.filter(({ verdict }) => verdict.kind === 'ok')).toEqual([]);
  });

  const flood = ['--seed', 'flood', '--iterations', '3', '--operations', 'info'];

  it('by printing 30 MB a command slows the run but bounds what is kept', async () => {
    const { code, iterations, directory } = await fuzz('--instar', fixtureSubject('floods'), ...flood);
    expect([code, iterations.length]).toEqual([0, 3]);
    expect(iterations.flatMap(({ steps }) => steps.map(({ outcome }) => outcome))).toContain('ok');
    expect(bytesBelow(directory)).toBeLessThan(MiB);
  });

  it('by printing 30 MB before it refuses is a finding whose record is small', async () => {
    const script = "head -c 30000000 /dev/zero | tr '\\0' x >&2; exit 1";
    const text = `#!/bin/sh\ncase "$1 $PWD/" in "info "*/subject/*) ${script} ;; esac\nexec qemu-img "$@"\n`;
    const words = ['--lanes', '1', '--shrink', 'false', ...flood];
    const { findings, directory } = await fuzz('--instar', writtenSubject(text), ...words);
    const [first] = findings;
    if (first === undefined) throw new Error('nothing was found');
    const transcript = readFileSync(join(directory, first.folder, 'transcript.json'), 'utf8');
    expect(transcript).toContain('[cut; 30000000 bytes in all]');
    // Of each stream 8 KiB are kept, of a few commands.
    expect(transcript.length).toBeLessThan(MiB / 8);
    expect(bytesBelow(directory)).toBeLessThan(MiB);
  });

  it('sees no network, no token, no writable root, and is not root', async () => {
    const words = ['--seed', 'walls', '--iterations', '6'];
    const { findings, iterations } = await fuzz('--instar', fixtureSubject('shows-its-surroundings'), ...words);
    expect(findings).toEqual([]);
    expect(iterations.every(({ verdict }) => verdict.kind === 'ok')).toBe(true);
  });

  it('by leaving processes that fill its directory changes no verdict, and none outlives its iteration', async () => {
    const words = ['--seed', 'litter', '--iterations', '3', '--lanes', '1'];
    const { findings, iterations } = await fuzz('--instar', fixtureSubject('litters'), ...words);
    expect(findings).toEqual([]);
    expect(iterations.filter(({ verdict }) => verdict.kind !== 'ok')).toEqual([]);
    // Before the last one, so that another can meet what is left.
    expect([0, 1].some((index) => asksInfo('litter', index))).toBe(true);
  });

  it('by turning later directories into links to ours never touches what they point at', async () => {
    const directory = newDirectory();
    const victim = join(directory, 'victim');
    mkdirSync(victim, { mode: 0o777 });
    chmodSync(directory, 0o755);
    writeFileSync(join(victim, 'precious'), '');
    const plant = `cd ../../.. && for i in 3 4 5 6 7 8; do ln -sfn ${victim} $i; done; cd "$OLDPWD" || exit`;
    const subject = writtenSubject(`#!/bin/sh\n[ "$1" = info ] && ${plant}\nexec qemu-img "$@"\n`);
    const { run } = await fuzz('--instar', subject, '--seed', 'links', '--iterations', '6', '--lanes', '1');
    expect([asksInfo('links', 0), run.state]).toEqual([true, 'finished']);
    expect(readdirSync(victim)).toEqual(['precious']);
  });

  it('by leading a copy that the tools make into a file of its choice never has that file written', async () => {
    // What became of the file is seen by the next call, which breaks down if it was written.
    const plant = [
      `victim=\${PWD%%/open/*}/open/home/victim`,
      '[ ! -e "$victim" ] || [ "$(cat "$victim")" = precious ] || kill -SEGV $$',
      'qemu-img "$@" || exit',
      '[ -e disk.qcow2 ] || exit 0',
      // Of files with equal bytes nothing is asked.
      'echo >>disk.qcow2',
      'echo precious >"$victim"',
      'ln -s "$victim" again-disk.qcow2',
    ];
    const subject = writtenSubject(`#!/bin/sh\n[ "$1" = resize ] || exec qemu-img "$@"\n${plant.join('\n')}\n`);
    const words = ['--seed', 'pipes 3', '--iterations', '8', '--lanes', '1', '--operations', 'resize'];
    const { run, findings, iterations } = await fuzz('--instar', subject, ...words);
    expect([run.state, findings]).toEqual(['finished', []]);
    expect(new Set(iterations.map(({ verdict }) => verdict.kind))).toEqual(new Set(['ok']));
  });

  it.each([
    ['check-reports-nothing', 'check', 'check_json_parse_failure'],
    ['crashes-after-measuring', 'measure', 'crash_divergence'],
    ['nests-deeply', 'info', 'info_json_parse_failure'],
    ['refuses-with-255', 'create', 'exit_code_divergence'],
    ['does-not-describe-vhdx', 'create', 'create_twin_info_divergence'],
    ['cuts-the-zeros-of-a-vpc', 'convert', 'convert_invariant_divergence'],
    ['puts-a-pipe-in-its-inputs-place', 'measure', 'input_modified_divergence'],
  ])('%s is a finding of its own kind, with a reproducer that shows it', async (name, operation, type) => {
    const words = ['--seed', 'odd', '--fail-fast', '--iterations', '60', '--operations', operation];
    const { findings, directory } = await fuzz('--instar', fixtureSubject(name), '--shrink', 'false', ...words);
    expect(new Set(findings.map(({ finding }) => finding.type))).toEqual(new Set([type]));
    const [first] = findings;
    if (first === undefined) throw new Error('nothing was found');
    expect((await reproduce(join(directory, first.folder), fixtureSubject(name))).code).toBe(1);
    expect((await reproduce(join(directory, first.folder), 'qemu-img')).code).toBe(0);
  });

  it('by not working at all is an error that says so, not a thousand findings', async () => {
    const { code, stderr } = await cli('--instar', fixtureSubject('does-nothing'), '--iterations', '5');
    expect(code).toBe(3);
    expect(stderr).toContain('Input "instar": it can neither create nor describe an image of 1 MiB');
    expect(stderr).toContain('cannot open /dev/kvm');
  });
});
