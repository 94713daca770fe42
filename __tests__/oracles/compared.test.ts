import { describe, expect, it } from 'vitest';
import { sameContent } from '../../src/oracles/content.ts';
import { keepsInvariants } from '../../src/oracles/invariant.ts';
import type { ImageFile, Oracle, Question } from '../../src/oracles/observation.ts';
import { sameSnapshots } from '../../src/oracles/snapshots.ts';
import { readsTwin } from '../../src/oracles/twin.ts';
import { benchWith, observed } from '../support/bench.ts';
import { ended } from '../support/ended.ts';

const file = { path: 'disk.qcow2', format: 'qcow2', snapshots: ['one'] };

/** What `compare` answers, and of which paths `info` tells nothing. */
interface Answers {
  readonly compared: readonly [code: number, words: string];
  readonly unusable?: RegExp;
  readonly sizes?: Readonly<Record<string, number>>;
}

/** What an oracle says of one output, and what it asked; an inconclusive end stands as its kind. */
async function judged(oracle: Oracle, { compared: [code, words], unusable, sizes }: Answers, output: ImageFile = file) {
  const questions: Question[] = [];
  const bench = benchWith({
    pathOf: (root, path) => `${root}/step1/${path}`,
    fileSize: () => 0,
    async ask(question: Question) {
      questions.push(question);
      const [command, ...others] = question.args;
      const path = `${question.place === 'above' ? '' : `${question.side}/step1/`}${others.at(-1)}`;
      const isRefused = command === 'info' && unusable?.test(path);
      if (command === 'compare') return ended(code, words);
      if (isRefused) return ended(1, 'cannot');
      return ended(0, command === 'info' ? JSON.stringify({ 'virtual-size': sizes?.[path] }) : '');
    },
  });
  const kept = { kind: 'image', path: 'was.raw', format: 'raw' } as const;
  const invariants = [{ says: 'it stays', kept, found: output }];
  const observation = observed({ operation: 'commit', outputs: [output], invariants, bench });
  const found = await oracle(observation).catch((error: { reason: { kind: string } }) => error.reason);
  const commands = questions.filter(({ program }) => program === 'reference').map(({ args }) => args.join(' '));
  return { found, compares: commands.filter((words) => words.startsWith('compare')) };
}

const ORACLES = { content: sameContent, snapshots: sameSnapshots, twin: readsTwin('read'), invariant: keepsInvariants };
const refused = (unusable?: RegExp) => ({ compared: [2, 'Could not open'], ...(unusable && { unusable }) }) as const;

describe('two disks', () => {
  it.each([
    ['content', 'compare -f qcow2 -F qcow2 subject/step1/disk.qcow2 reference/step1/disk.qcow2'],
    ['snapshots', 'compare -f raw -F raw subject/step1/disk.qcow2.one reference/step1/disk.qcow2.one'],
    ['twin', 'compare -f qcow2 -F raw reference/step1/disk.qcow2 twin/step1/disk.qcow2.raw'],
    ['invariant', 'compare -f raw -F qcow2 fixture/step1/was.raw subject/step1/disk.qcow2'],
  ] as const)('are compared once for the %s where they are the same', async (name, words) => {
    const { found, compares } = await judged(ORACLES[name], { compared: [0, 'Images are identical.'] });
    expect(found).toBeUndefined();
    expect(compares).toEqual([words]);
  });

  it('are of another size where the reference describes them so', async () => {
    const compared = [0, 'Warning: Image size mismatch!\nImages are identical.'] as const;
    const reference = { 'reference/step1/disk.qcow2': 131_072 };
    const ours = { ...reference, 'subject/step1/disk.qcow2': 65_536 };
    const copy = { ...reference, 'twin/step1/disk.qcow2.raw': 65_536 };
    const size = { kind: 'size', file: 'disk.qcow2', subject: 65_536, reference: 131_072 };
    expect((await judged(sameContent, { compared, sizes: ours })).found).toMatchObject(size);
    expect((await judged(ORACLES.twin, { compared, sizes: copy })).found).toMatchObject(size);
    const unsized = { kind: 'unreadable', message: 'the reference finds no virtual size in it' };
    expect((await judged(sameContent, { compared, sizes: reference })).found).toMatchObject(unsized);
    expect((await judged(sameContent, { compared, sizes: {} })).found).toMatchObject({ kind: 'reference_failed' });
  });

  it('may differ in a vpc by less than a cylinder, unless its disk has to have the very size', async () => {
    const compared = [0, 'Warning: Image size mismatch!\nImages are identical.'] as const;
    const sizes = { 'reference/step1/disk.vpc': 131_072, 'subject/step1/disk.vpc': 130_560 };
    const vpc = { path: 'disk.vpc', format: 'vpc' };
    expect((await judged(sameContent, { compared, sizes }, vpc)).found).toBeUndefined();
    const exact = await judged(sameContent, { compared, sizes }, { ...vpc, exactSize: true });
    expect(exact.found).toMatchObject({ kind: 'size', file: 'disk.vpc', subject: 130_560, reference: 131_072 });
  });
});

describe('a comparison that fails', () => {
  it('is held against the subject where the reference can use its own file', async () => {
    const unreadable = { kind: 'unreadable', message: 'Could not open' };
    expect((await judged(sameContent, refused())).found).toMatchObject({ ...unreadable, file: 'disk.qcow2' });
    expect((await judged(ORACLES.twin, refused())).found).toMatchObject({ ...unreadable, file: 'disk.qcow2.raw' });
    const broken = { kind: 'content', offset: 0, broken: 'it stays' };
    expect((await judged(keepsInvariants, refused())).found).toMatchObject(broken);
  });

  it('says nothing where it cannot, whatever was compared', async () => {
    const nothing = { kind: 'reference_failed' };
    expect((await judged(sameContent, refused(/^reference/))).found).toMatchObject(nothing);
    expect((await judged(ORACLES.twin, refused(/^reference/))).found).toMatchObject(nothing);
    expect((await judged(keepsInvariants, refused(/^fixture/))).found).toMatchObject(nothing);
    // Both were copied out by the reference.
    expect((await judged(sameSnapshots, refused())).found).toMatchObject(nothing);
  });
});
