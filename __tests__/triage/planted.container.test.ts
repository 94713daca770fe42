import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reproducerOf } from '../../src/triage/reproducer.ts';
import { type Hunter, isExpected, openHunter, wrappersIn } from '../../testing/hunt.ts';
import { sampleOf } from '../support/cover.ts';
import { planted } from '../support/paths.ts';
import { CleanRoom } from '../support/reproduce.ts';

const FOLDER = dirname(planted('any'));
const wrappers = wrappersIn(FOLDER);
const reproducers = mkdtempSync(join(tmpdir(), 'differential-fuzz-test-'));
let hunter: Hunter;
let room: CleanRoom;
beforeAll(async () => {
  room = new CleanRoom(reproducers, FOLDER);
  hunter = await openHunter(FOLDER, { timeoutSeconds: 5 });
});
afterAll(async () => {
  room.close();
  await hunter.close();
});

describe('the planted bugs', () => {
  it('are at least forty, in the commands of all operations', () => {
    expect(wrappers.length).toBeGreaterThanOrEqual(40);
    const commands = new Set(wrappers.flatMap(({ touches }) => touches));
    const usual = ['info', 'check', 'convert', 'measure', 'create', 'resize', 'rebase', 'commit'];
    expect(commands).toEqual(new Set([...usual, 'amend', 'bitmap', 'compare', 'dd', 'map', 'snapshot']));
  });
});

describe('a planted bug', () => {
  // Every one of them is hunted by `npm run bench:detect`, which takes its time.
  it.each(sampleOf(wrappers))('$name is found, as what it is, and its reproducer shows it alone', async (wrapper) => {
    // How soon is the benchmark's question; a nightly run is long enough for all of them.
    const { sightings } = await hunter.hunt(wrapper, { seed: 'planted', iterations: 1000, first: true });
    const [sighting] = sightings;
    if (sighting === undefined) throw new Error('it was not found');
    expect(isExpected(sighting.type, wrapper), sighting.type).toBe(true);
    if (sighting.finding === undefined) return;
    const script = `${wrapper.name}.sh`;
    writeFileSync(join(reproducers, script), reproducerOf(sighting.finding, sighting.transcript));
    const shown = await room.reproduce(script, wrapper.name);
    expect([shown.code, shown.stdout], shown.stderr).toEqual([1, expect.stringContaining('They differ.')]);
    const agreed = await room.reproduce(script, 'qemu-img');
    expect(agreed.code, agreed.stdout + agreed.stderr).toBe(0);
  });
});
