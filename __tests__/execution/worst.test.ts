import { describe, expect, it } from 'vitest';
import type { Stage } from '../../src/execution/stage.ts';
import { worstFinding } from '../../src/execution/worst.ts';
import { Inconclusive } from '../../src/oracles/inconclusive.ts';
import type { Observation } from '../../src/oracles/observation.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import type { Judgement } from '../../src/verdict/finding.ts';
import { judge } from '../../src/verdict/verdict.ts';

const difference = (pointer: string): Judgement => ({
  kind: 'json',
  type: 'convert_info_divergence',
  what: 'new.qcow2',
  differences: [{ pointer, subject: '1', reference: '2' }],
});
const SAID = difference('/cluster-size');
const DATA: Judgement & { kind: 'content' } = {
  kind: 'content',
  type: 'convert_content_divergence',
  file: 'new.qcow2',
  offset: 5,
};
const REFUSED: Judgement = {
  kind: 'exit',
  type: 'exit_code_divergence',
  subject: { kind: 'exited', code: 1 },
  reference: { kind: 'exited', code: 0 },
  message: 'Error: no',
};
const COUNTS = { leaks: 0, errors: 0 };
const DAMAGED: Judgement = {
  kind: 'inconsistent',
  type: 'rebase_check_divergence',
  file: 'new.qcow2',
  subject: { corruptions: 1, ...COUNTS },
  reference: { corruptions: 0, ...COUNTS },
};
const CHANGED: Judgement = { kind: 'input-modified', type: 'input_modified_divergence', file: 'source.img' };

/** Oracles that ask one thing each and then say this; what the worst of them is, and what the transcript holds in the end. */
async function worstOf(...answers: (Judgement | Inconclusive | undefined)[]) {
  const stage = { transcript: [] as TranscriptEntry[] };
  let asked = 0;
  const oracles = answers.map((answer, at) => async () => {
    asked += 1;
    stage.transcript.push({ args: [String(at)] } as unknown as TranscriptEntry);
    if (answer instanceof Inconclusive) throw answer;
    return answer;
  });
  const worst = await worstFinding(oracles, {} as Observation, stage as unknown as Stage);
  return { worst, asked, kept: stage.transcript.length };
}

describe('of what the oracles of a step find', () => {
  it('lost data stands, also behind a difference in what is said of the image, or behind a refusal', async () => {
    expect(await worstOf(undefined, SAID, DATA, SAID)).toEqual({ worst: DATA, asked: 3, kept: 3 });
    expect(await worstOf(REFUSED, CHANGED)).toMatchObject({ worst: CHANGED });
  });

  it('the first stands where none costs data, with no command behind it', async () => {
    expect(await worstOf(undefined, SAID, undefined, REFUSED, undefined)).toEqual({ worst: SAID, asked: 5, kept: 2 });
    expect(await worstOf(undefined, undefined)).toEqual({ worst: undefined, asked: 2, kept: 2 });
  });

  it.each(['/backing-filename', '/virtual-size'])(
    'a difference in %s is the cause of other data, and told',
    async (pointer) => {
      expect(await worstOf(difference(pointer), DATA)).toMatchObject({ worst: difference(pointer), kept: 1 });
    },
  );

  it('damage is never explained by what is below the image, as data that cannot be read are', async () => {
    const below = difference('/backing-filename');
    for (const worse of [DAMAGED, CHANGED]) {
      expect(await worstOf(below, worse)).toEqual({ worst: worse, asked: 2, kept: 2 });
    }
    const unreadable = { kind: 'unreadable', type: 'rebase_unreadable', file: 'new.qcow2', message: 'no' } as const;
    expect(await worstOf(below, unreadable, DAMAGED)).toMatchObject({ worst: DAMAGED, kept: 3 });
    expect(await worstOf(below, unreadable)).toMatchObject({ worst: below, kept: 1 });
  });

  it('data within the smaller of two disks is more than another size', async () => {
    const larger = {
      ...difference('/virtual-size'),
      differences: [{ pointer: '/virtual-size', subject: '9', reference: '6' }],
    };
    const size: Judgement = {
      kind: 'size',
      type: 'convert_content_divergence',
      file: 'new.qcow2',
      subject: 9,
      reference: 6,
    };
    for (const told of [larger, size] as const) {
      expect(await worstOf(told, DATA)).toMatchObject({ worst: DATA });
      expect(await worstOf(told, { ...DATA, offset: 6 })).toMatchObject({ worst: told, kept: 1 });
      const inSnapshot = { ...DATA, offset: 6, snapshot: 'one' };
      expect(await worstOf(told, inSnapshot)).toMatchObject({ worst: inSnapshot });
      if (told.kind === 'size')
        expect(await worstOf({ ...told, snapshot: 'one' }, inSnapshot)).toMatchObject({ kept: 1 });
    }
  });

  it('none is lost to a question behind it that has no answer, but the others are asked', async () => {
    const timeout = new Inconclusive({ kind: 'reference_failed', command: 'compare', message: 'no' });
    expect(await worstOf(SAID, timeout, undefined)).toEqual({ worst: SAID, asked: 3, kept: 1 });
    expect(await worstOf(SAID, timeout, DATA)).toEqual({ worst: DATA, asked: 3, kept: 3 });
    await expect(worstOf(timeout, SAID)).rejects.toBe(timeout);
  });
});

describe('of what the steps of an iteration find', () => {
  const divergent = (judgement: Judgement, step: number) =>
    ({ kind: 'divergent', finding: { ...judgement, operation: 'convert', step } }) as const;

  it('lost data stands, else the first', () => {
    expect(judge([divergent(SAID, 1), { kind: 'ok' }, divergent(DATA, 3)])).toEqual(divergent(DATA, 3));
    expect(judge([divergent(SAID, 1), divergent(REFUSED, 2)])).toEqual(divergent(SAID, 1));
  });
});
