import { join } from 'node:path';
import type { Bench, Question } from '../oracles/observation.ts';
import { sameBytes } from './identical.ts';
import { requireFixture } from './required.ts';
import type { Stage } from './stage.ts';

/** The step that the questions belong to: its position and its directory below either side's. */
export interface Place {
  readonly step: number;
  readonly directory: string;
}

/** Answers the oracles' questions about one step by asking the tools in its directory. */
export function benchOf(stage: Stage, place: Place): Bench {
  const { step, directory } = place;
  const ask = ({ side, program, args, place: elsewhere, makes }: Question) => {
    const twin = elsewhere === 'twin';
    const where = elsewhere === 'above' ? '.' : join(twin ? 'twin' : side, directory);
    return stage.perform(step, makes ? 'twin' : 'readback', { side, program, args, directory: where });
  };
  const identical = (path: string) =>
    sameBytes(stage.hostPath('subject', join(directory, path)), stage.hostPath('reference', join(directory, path)));
  const pathOf: Bench['pathOf'] = (root, path) => join(root, directory, path);
  return {
    ask,
    pathOf,
    has: (program) => stage.has(program),
    async lendToTwin(paths) {
      const args = [...paths.map((path) => pathOf('reference', path)), `twin/${directory}/.`];
      const lent = await stage.perform(step, 'fixture', { side: 'reference', program: 'cp', args, directory: '.' });
      requireFixture('cp', lent);
    },
    fileSize: (side, path) => stage.sizeOf(side, join(directory, path)),
    leadsElsewhere: (path) => stage.leadsElsewhere(join(directory, path)),
    async identical(paths) {
      const answers = await Promise.all(paths.map(identical));
      return answers.length > 0 && answers.every(Boolean);
    },
    // Not by its times: in memory-backed scratch a write through a mapping moves none of them.
    async untouched({ path, own }) {
      const kept = own ? 'before' : 'reference';
      const [ours, theirs] = (['subject', kept] as const).map((root) => stage.hostPath(root, join(directory, path)));
      if (await sameBytes(ours ?? '', theirs ?? '')) return true;
      const sizes = (['subject', kept] as const).map((root) => stage.sizeOf(root, join(directory, path)));
      if (sizes[0] === undefined || sizes[0] !== sizes[1]) return false;
      const files = (['subject', kept] as const).map((root) => pathOf(root, path));
      const args = ['compare', '-f', 'raw', '-F', 'raw', ...files];
      const { exit } = await ask({ side: 'reference', program: 'reference', args, place: 'above' });
      return exit.kind === 'exited' && exit.code === 0;
    },
  };
}
