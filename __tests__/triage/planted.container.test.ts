import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reproducerOf } from '../../src/triage/reproducer.ts';
import { type Hunter, isExpected, openHunter, wrappersIn } from '../../testing/hunt.ts';
import { planted } from '../support/paths.ts';
import { reproduce } from '../support/reproduce.ts';

const FOLDER = dirname(planted('any'));
const wrappers = wrappersIn(FOLDER);
let hunter: Hunter;
beforeAll(async () => {
  hunter = await openHunter(FOLDER, { timeoutSeconds: 5 });
});
afterAll(() => hunter.close());

describe('the planted bugs', () => {
  it('are at least forty, in all nine operations’ commands', () => {
    expect(wrappers.length).toBeGreaterThanOrEqual(40);
    const commands = new Set(wrappers.flatMap(({ touches }) => touches));
    expect(commands).toEqual(new Set(['info', 'check', 'convert', 'measure', 'create', 'resize', 'rebase', 'commit']));
  });
});

describe('a planted bug', () => {
  it.each(wrappers)('$name is found, as what it is, and its reproducer shows it alone', async (wrapper) => {
    // A mistake is made before one step in seven only, and each operation knows several.
    const iterations = wrapper.onlyMistaken ? 1000 : 100;
    const { sightings } = await hunter.hunt(wrapper, { seed: 'planted', iterations, first: true });
    const [sighting] = sightings;
    if (sighting === undefined) throw new Error('it was not found');
    expect(isExpected(sighting.type, wrapper), sighting.type).toBe(true);
    if (sighting.finding === undefined) return;
    const folder = mkdtempSync(join(tmpdir(), 'differential-fuzz-test-'));
    writeFileSync(join(folder, 'repro.sh'), reproducerOf(sighting.finding, sighting.transcript));
    const shown = await reproduce(folder, planted(wrapper.name));
    expect([shown.code, shown.stdout], shown.stderr).toEqual([1, expect.stringContaining('They differ.')]);
    const agreed = await reproduce(folder, 'qemu-img');
    expect(agreed.code, agreed.stdout + agreed.stderr).toBe(0);
  });
});
