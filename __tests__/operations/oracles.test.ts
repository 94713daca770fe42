import { describe, expect, it } from 'vitest';
import { OPERATION_NAMES } from '../../src/operations/index.ts';
import type { Script } from '../../src/operations/operation.ts';
import { notLessConsistent } from '../../src/oracles/consistency.ts';
import { sameContent } from '../../src/oracles/content.ts';
import { noCrash } from '../../src/oracles/ending.ts';
import { inputsUntouched, outputsUntouchedWhenRefused, untouchedWhenRefused } from '../../src/oracles/inputs.ts';
import { sameSnapshots } from '../../src/oracles/snapshots.ts';
import { sameToThirdReader } from '../../src/oracles/third-reader.ts';
import type { Options } from '../../src/plan/plan.ts';
import { drawnSteps, scriptOf } from '../support/drawn.ts';
import { heldAgainst } from '../support/held.ts';

/** What is asked about each image that is left. */
const OF_IMAGES = [sameContent, sameSnapshots, notLessConsistent, sameToThirdReader];

const replaces = ({ occupied }: Options) => occupied === true;

/** What may be changed though both tools refuse the request, and why. */
const MAY_CHANGE: Readonly<Record<string, (options: Options) => boolean>> = {
  // The output replaces what is in its place, which may be gone when the request is refused.
  convert: replaces,
  convert_compressed: replaces,
  create: replaces,
  // Each side made the image itself, and no copy of the subject's is kept to compare it with.
  resize: ({ madeBy }) => madeBy === undefined,
  // Its exit code says what was found as well as what is left, so that nobody knows whether it was refused.
  repair: () => true,
};

/** A reference that measures no such target refuses it with and without damage, so that its refusal says nothing. */
const isRefusedAnyway = (operation: string, mistake: string, { target }: Options) =>
  operation === 'measure' && mistake.startsWith('damaged-') && ['vmdk', 'vpc', 'vhdx'].includes(String(target));

interface Case {
  readonly options: Options;
  readonly script: Script;
  /** In words, for people. */
  readonly what: string;
}

describe.each(OPERATION_NAMES)('%s', (name) => {
  const cases: Case[] = drawnSteps(name, 80).map((step) => ({
    options: step.options,
    script: scriptOf(name, step),
    what: JSON.stringify(step.options),
  }));
  const mistaken = cases.flatMap(({ options, script }) =>
    (script.mistaken ?? []).map((one) => ({ options, ...one, what: `${one.mistake}: ${JSON.stringify(options)}` })),
  );

  it('asks first whether the subject broke down', () => {
    expect(cases.length).toBeGreaterThan(50);
    for (const { script, what } of cases) expect(script.oracles[0], what).toBe(noCrash);
    // A program may be told by a signal that there is no room.
    const others = mistaken.filter(({ mistake }) => mistake !== 'no-room');
    expect(others.length).toBeGreaterThan(50);
    for (const { script, what } of others) expect(script.oracles[0], what).toBe(noCrash);
  });

  it('leaves alone what it only reads', () => {
    for (const { script, what } of cases.filter(({ script: { inputs } }) => inputs.length > 0)) {
      expect(script.oracles, what).toContain(inputsUntouched);
    }
  });

  it('leaves alone what it was to change where it is refused, with exceptions', () => {
    const changing = cases.filter(({ script: { outputs } }) => outputs.some(({ isNew }) => !isNew));
    for (const { script, options, what } of changing) {
      const mayChange = MAY_CHANGE[name]?.(options) ?? false;
      expect(script.oracles.includes(outputsUntouchedWhenRefused), what).toBe(!mayChange);
    }
    const excepted = changing.some(({ options }) => MAY_CHANGE[name]?.(options));
    expect(excepted).toBe(name in MAY_CHANGE);
  });

  it('leaves images of which all is asked', () => {
    for (const { script, what } of cases.filter(({ script: { outputs } }) => outputs.length > 0)) {
      expect(script.readbacks, what).toEqual(expect.arrayContaining(OF_IMAGES));
    }
  });

  it('changes nothing when it is asked for with a mistake that both refuse', () => {
    for (const { script, what } of mistaken) expect(script.oracles, what).toContain(untouchedWhenRefused);
  });

  it('may not do what the reference refuses because of a mistake, with an exception', async () => {
    for (const { script, mistake, options, what } of mistaken) {
      const expected = isRefusedAnyway(name, mistake, options) ? undefined : expect.objectContaining({ kind: 'exit' });
      expect(await heldAgainst(script, name, [0, 1]), what).toEqual(expected);
    }
  });
});
