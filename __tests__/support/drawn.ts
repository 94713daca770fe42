import { operationsNamed } from '../../src/operations/index.ts';
import type { Script } from '../../src/operations/operation.ts';
import type { Options } from '../../src/plan/plan.ts';
import type { Source } from '../../src/plan/source.ts';
import { plansOf } from '../../src/session/plans.ts';

/** What was drawn for one step: its options, and the source image of its iteration. */
interface Drawn {
  readonly options: Options;
  readonly source: Source;
}

/** The steps of many iterations in which nothing but this operation is drawn. */
export function drawnSteps(operation: string, iterations = 300): Drawn[] {
  const planOf = plansOf('drawn', [operation]);
  return Array.from({ length: iterations }, (_, index) => planOf(index)).flatMap(({ source, steps }) =>
    steps.flatMap((step) => (step.kind === 'run' ? [{ options: step.options, source }] : [])),
  );
}

/** What a first step runs and judges. All mistakes are made in it that can be, or those with these names. */
export function scriptOf(name: string, { options, source }: Drawn, mistakes?: readonly string[]): Script {
  const [operation] = operationsNamed([name]);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  const all = mistakes ?? operation.mistakes.flat();
  return operation.script(options, { source, position: 1, dialect: 'qemu-img', mistakes: all });
}
