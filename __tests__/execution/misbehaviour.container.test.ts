import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fuzz } from '../support/cli.ts';
import { fixtureSubject } from '../support/paths.ts';

describe('a subject that misbehaves', () => {
  it('by hanging is inconclusive, never divergent, and the reason names the side and the limit', async () => {
    const words = ['--seed', 'hang', '--iterations', '8', '--timeout', '1', '--operations', 'info'];
    const { code, run, iterations, findings, directory } = await fuzz(
      '--instar',
      fixtureSubject('hangs-on-info'),
      ...words,
    );
    expect([code, run.state, findings]).toEqual([0, 'finished', []]);
    expect(new Set(iterations.map(({ verdict }) => verdict.kind))).toEqual(new Set(['inconclusive']));
    const summary = readFileSync(join(directory, 'summary.md'), 'utf8');
    expect(summary).toContain('## ⚠️ Nothing could be judged');
    expect(summary).toContain('8 ×: `the subject ran longer than 1 s (subject info)`');
  });

  it('by killing its lane costs the iteration, not the run', async () => {
    const words = ['--seed', 'lanes', '--iterations', '20', '--lanes', '2'];
    const { run, iterations, findings } = await fuzz('--instar', fixtureSubject('kills-its-lane'), ...words);
    expect([run.state, iterations.length, findings]).toEqual(['finished', 20, []]);
    const lost = iterations.filter(
      ({ verdict }) => verdict.kind === 'inconclusive' && verdict.reason.kind === 'lane_lost',
    );
    const measured = iterations.filter(({ steps }) => steps.some(({ outcome }) => outcome === 'ok'));
    expect(lost.length).toBeGreaterThan(2);
    expect(lost.length + measured.length).toBe(20);
  });

  it('by printing 30 MB a command slows the run but bounds what is kept', async () => {
    const words = ['--seed', 'flood', '--iterations', '10', '--operations', 'info'];
    const { code, iterations } = await fuzz('--instar', fixtureSubject('floods'), ...words);
    expect([code, iterations.length]).toEqual([0, 10]);
  });

  it('sees no network, no token, no writable root, and is not root', async () => {
    const words = ['--seed', 'walls', '--iterations', '15'];
    const { findings, iterations } = await fuzz('--instar', fixtureSubject('shows-its-surroundings'), ...words);
    expect(findings).toEqual([]);
    expect(iterations.every(({ verdict }) => verdict.kind === 'ok')).toBe(true);
  });
});
