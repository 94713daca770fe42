import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { fuzz, type Recorded } from '../support/cli.ts';
import { planted } from '../support/paths.ts';

const SEED = 'determinism 12';
const subject = ['--instar', planted('convert-loses-the-end'), '--seed', SEED, '--shrink', 'false'];
const outcomes = ({ iterations }: Recorded) =>
  iterations.map(({ index, verdict, steps }) => ({ index, verdict, steps }));

/** One run that all of these look at. */
let one: Recorded;
beforeAll(async () => {
  one = await fuzz(...subject, '--iterations', '6', '--lanes', '1');
}, 900_000);

describe('the same seed', () => {
  it('gives the same verdicts and findings in one lane, in four, and for each index alone', async () => {
    const four = await fuzz(...subject, '--iterations', '6', '--lanes', '4');
    expect(outcomes(four)).toEqual(outcomes(one));
    expect(four.findings).toEqual(one.findings);
    expect(one.findings.length).toBeGreaterThanOrEqual(2);
    for (const { index, finding } of one.findings.slice(0, 1)) {
      // Of which shard it is told has no meaning for one plan.
      const alone = await fuzz('replay', `${SEED}/${index}`, ...subject, '--shard', '2/8');
      expect(alone.findings.map((line) => line.finding)).toEqual([finding]);
    }
  });
});

describe('a step', () => {
  it('does the same when the step before it is dropped', async () => {
    const line = one.findings.find(({ finding }) => finding.step > 1);
    const stored = readFileSync(join(one.directory, line?.folder ?? '', 'plan.json'), 'utf8');
    const { steps, ...rest } = JSON.parse(stored) as Plan;
    const shorter = join(one.directory, 'shorter.json');
    const kept = steps.filter(({ position }) => position === line?.finding.step);
    writeFileSync(shorter, JSON.stringify({ ...rest, steps: kept }));
    const replayed = await fuzz('replay', shorter, ...subject);
    expect(replayed.findings.map(({ finding }) => finding)).toEqual([line?.finding]);
  });
});
