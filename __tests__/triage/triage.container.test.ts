import { chmodSync, cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TriageLine } from '../../src/report/triage-line.ts';
import { fuzz, newDirectory, type Recorded } from '../support/cli.ts';
import { fixtureSubject, planted } from '../support/paths.ts';
import { run as shell } from '../support/process.ts';
import { reproduce } from '../support/reproduce.ts';

function rulingsOf({ directory }: Recorded): TriageLine[] {
  const text = readFileSync(join(directory, 'triage.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TriageLine);
}

/** The commands of the tools in a script; the rest is its frame. */
const toolsIn = (script: string) => [...script.matchAll(/"\$(?:INSTAR|QEMU_IMG|QEMU_IO)"/g)].length;

describe('a bug that many iterations show', () => {
  it('is told once, with a small script that shows it alone and agrees with the reference', async () => {
    const subject = planted('convert-touches-its-source');
    const run = await fuzz('--instar', subject, '--seed', 'once', '--iterations', '10');
    expect(run.findings.length).toBeGreaterThanOrEqual(2);
    expect(run.stderr).toMatch(new RegExp(`; 1 bug in ${run.findings.length} findings after \\d\\d+ tries; `));
    const rulings = rulingsOf(run);
    expect(new Set(rulings.map((ruling) => ruling.kind === 'bug' && ruling.fingerprint))).toHaveProperty('size', 1);
    const bug = rulings.at(-1);
    if (bug?.kind !== 'bug') throw new Error('no bug');
    expect(bug.indices).toEqual(run.findings.map(({ index }) => index));
    expect(bug.reproduced).toBe(true);
    const folder = join(run.directory, bug.folder);
    const script = readFileSync(join(folder, 'repro.sh'), 'utf8');
    expect(toolsIn(script)).toBeLessThanOrEqual(6);
    expect(script.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    expect((await reproduce(folder, subject)).code).toBe(1);
    expect((await reproduce(folder, 'qemu-img')).code).toBe(0);
    const [, command = ''] = /^ {2}run it: +(.*)$/m.exec(run.stdout) ?? [];
    const summary = readFileSync(join(run.directory, 'summary.md'), 'utf8');
    const [elsewhere = ''] = /^docker run .*$/m.exec(summary) ?? [];
    const beside = newDirectory();
    chmodSync(beside, 0o755);
    cpSync(subject, join(beside, basename(subject)));
    cpSync(join(folder, 'repro.sh'), join(beside, 'repro.sh'));
    for (const pasted of [await shell('sh', ['-c', command]), await shell('sh', ['-c', elsewhere], { cwd: beside })]) {
      expect([pasted.code, pasted.stdout], pasted.stderr).toEqual([1, expect.stringContaining('They differ.')]);
    }
    expect(run.stdout).toContain(`Bug ${bug.fingerprint} (data-loss), seen ${run.findings.length} ×`);
    const replayed = await fuzz('replay', folder, '--instar', subject);
    expect(replayed.findings.map(({ finding }) => finding.type)).toEqual([bug.finding.type]);
    const { index } = replayed.findings[0] ?? {};
    expect(rulingsOf(replayed)).toMatchObject([{ kind: 'bug', fingerprint: bug.fingerprint, indices: [index] }]);
  });
});

describe('a subject that fails now and then', () => {
  it('has no bug, its findings are listed as flaky, and the run is not red for them', async () => {
    const subject = ['--instar', fixtureSubject('fails-now-and-then'), '--seed', 'flaky', '--iterations', '12'];
    const run = await fuzz(...subject, '--operations', 'convert,info');
    expect(run.findings.length).toBeGreaterThan(0);
    const rulings = rulingsOf(run);
    expect(rulings.map(({ kind }) => kind)).toEqual(run.findings.map(() => 'flaky'));
    expect(run.code).toBe(0);
    const summary = readFileSync(join(run.directory, 'summary.md'), 'utf8');
    expect(summary).toContain('### Flaky');
    expect(summary).toContain(`0 divergent · ${run.findings.length} inconclusive`);
  });
});
