import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/report/report.ts';
import { fuzz } from '../support/cli.ts';
import { fixtureSubject } from '../support/paths.ts';

describe('a convert that fails at random in one of eight calls', () => {
  it('is no bug in 1,000 iterations, all of its failures are flaky, and the run is green', async () => {
    const subject = ['--instar', fixtureSubject('fails-now-and-then'), '--seed', 'flaky', '--iterations', '1000'];
    const { code, directory } = await fuzz(...subject);
    const { bugs, unexplained, flaky, counts } = readReport(directory);
    expect(bugs).toEqual([]);
    expect(unexplained).toEqual([]);
    expect(flaky.length).toBeGreaterThan(50);
    expect(counts).toEqual({ ok: 1000 - flaky.length, divergent: 0, inconclusive: flaky.length });
    expect(code).toBe(0);
  });
});
