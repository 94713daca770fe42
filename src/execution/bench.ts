import { join } from 'node:path';
import type { Bench, Question, Root } from '../oracles/observation.ts';
import { sameBytes } from './identical.ts';
import { requireFixture } from './required.ts';
import type { Stage } from './stage.ts';

/** The step that the questions belong to: its position and its directory below either side's. */
export interface StepPlace {
  readonly step: number;
  readonly directory: string;
}

/** Answers the oracles' questions about one step by asking the tools in its directory. */
export function benchOf(stage: Stage, place: StepPlace): Bench {
  const { step, directory } = place;
  const ask = ({ side, program, args, place: elsewhere, makes }: Question) => {
    const twin = elsewhere === 'twin';
    const where = elsewhere === 'above' ? '.' : join(twin ? 'twin' : side, directory);
    return stage.perform(step, makes ? 'twin' : 'readback', { side, program, args, directory: where });
  };
  const identical = (path: string) =>
    sameBytes(stage.hostPath('subject', join(directory, path)), stage.hostPath('reference', join(directory, path)));
  const pathOf: Bench['pathOf'] = (root, path) => join(root, directory, path);
  const sizeOf = (root: Root, path: string) => stage.sizeOf(root, join(directory, path));
  const isSame = async (roots: readonly [Root, Root], path: string) => {
    const [one, other] = roots.map((root) => stage.hostPath(root, join(directory, path)));
    if (await sameBytes(one ?? '', other ?? '')) return true;
    const [size, otherSize] = roots.map((root) => sizeOf(root, path));
    if (size === undefined || size !== otherSize) return false;
    const args = ['compare', '-f', 'raw', '-F', 'raw', ...roots.map((root) => pathOf(root, path))];
    const { exit } = await ask({ side: 'reference', program: 'reference', args, place: 'above' });
    return exit.kind === 'exited' && exit.code === 0;
  };
  return {
    ask,
    pathOf,
    has: (program) => stage.has(program),
    async lendToTwin(paths) {
      const args = [...paths.map((path) => pathOf('reference', path)), `twin/${directory}/.`];
      const lent = await stage.perform(step, 'fixture', { side: 'reference', program: 'cp', args, directory: '.' });
      requireFixture('cp', lent);
    },
    fileSize: sizeOf,
    leadsElsewhere: (path) => stage.leadsElsewhere(join(directory, path)),
    async identical(paths) {
      const answers = await Promise.all(paths.map(identical));
      return answers.length > 0 && answers.every(Boolean);
    },
    // Not by its times: in memory-backed scratch a write through a mapping moves none of them.
    async untouched({ path, own, inPlace }) {
      if (await isSame(['subject', own ? 'before' : 'reference'], path)) return true;
      const original = own
        ? undefined
        : (['before', 'fixture'] as const).find((root) => sizeOf(root, path) !== undefined);
      if (original === undefined) return false;
      if (await isSame(['subject', original], path)) return true;
      // Where the reference, too, has begun to write when it comes upon what it refuses, nobody knows how far one may get.
      return inPlace === true && !(await isSame(['reference', original], path));
    },
  };
}
