import { join } from 'node:path';
import type { Bench, Question } from '../oracles/observation.ts';
import { requireFixture } from './fixture.ts';
import { sameBytes } from './identical.ts';
import type { Stage } from './stage.ts';

/**
 * A file whose change time lies at least this far before the subject started, in milliseconds, and has not moved, was not
 * written: the kernel stamps changes with a clock that ticks every 1 to 10 ms.
 */
const CLOCK_TICK_MS = 20;

/** The step that the questions belong to: its position and its directory below either side's. */
export interface Place {
  readonly step: number;
  readonly directory: string;
}

/** What the inputs looked like on the subject's side right before it ran. */
export type Baseline = ReadonlyMap<string, { signature: string; settled: boolean }>;

/**
 * Waits until the files that were just made are older than a tick of the kernel's clock: then that one was not touched shows without
 * a comparison with the reference's, which may have other bytes where each side made its own.
 */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, CLOCK_TICK_MS + 5));
}

/** Takes the baseline of a step's inputs. */
export function baselineOf(stage: Stage, { directory }: Place, paths: readonly string[]): Baseline {
  const now = Date.now();
  return new Map(
    paths.map((path) => {
      const status = stage.status('subject', join(directory, path));
      return [path, { signature: status?.signature ?? '', settled: now - (status?.changedMs ?? now) > CLOCK_TICK_MS }];
    }),
  );
}

/** Answers the oracles' questions about one step by asking the tools in its directory. */
export function benchOf(stage: Stage, place: Place, baseline: Baseline): Bench {
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
    fileSize: (side, path) => stage.status(side, join(directory, path))?.size,
    async identical(paths) {
      const answers = await Promise.all(paths.map(identical));
      return answers.length > 0 && answers.every(Boolean);
    },
    async untouched(path) {
      const before = baseline.get(path);
      const ours = stage.status('subject', join(directory, path));
      const theirs = stage.status('reference', join(directory, path));
      if (ours === undefined || ours.size !== theirs?.size) return false;
      if (before?.settled && before.signature === ours.signature) return true;
      if (await identical(path)) return true;
      const files = (['subject', 'reference'] as const).map((side) => pathOf(side, path));
      const args = ['compare', '-f', 'raw', '-F', 'raw', ...files];
      const { exit } = await ask({ side: 'reference', program: 'reference', args, place: 'above' });
      return exit.kind === 'exited' && exit.code === 0;
    },
  };
}
