import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { Runner } from './action.ts';
import { expectOrder, ROUNDS } from './aftermath.ts';
import { begun, newDirectory } from './cli.ts';
import { planted } from './paths.ts';
import { until } from './process.ts';

/** Each fault is tried as often as is asked for. */
export const again = { repeats: ROUNDS - 1 };

/** What happens to a run: told of the running process and its report directory, once some iterations are on disk. */
type Fault = (process: ChildProcess, directory: string) => unknown;

const INPUTS = {
  ...{ instar: planted('convert-changes-one-byte'), seed: 'faults', lanes: '2', timeout: '2' },
  // On a schedule they would come first and take longer than all else; one fault is among them.
  canaries: 'never',
};

/** A fault, its moment, and what the run is told. */
export interface Disturbance {
  readonly fault: Fault;
  /** When the fault comes; after the first iterations unless told otherwise. */
  readonly when?: (directory: string, said: () => string) => boolean;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The bundled action, to which something happens, and then its post step. */
export async function disturbed({ fault, when = begun, inputs = {}, variables = {} }: Disturbance) {
  const runner = new Runner();
  const directory = inputs['report-dir'] ?? join(newDirectory(), 'report');
  let pid: number | undefined;
  let undone: unknown;
  const started = (child: ChildProcess) => {
    pid = child.pid;
    let said = '';
    child.stdout?.on('data', (chunk) => (said += chunk));
    // Some moments come when the run has found something and worked on it for a while.
    until('the moment of the fault', () => when(directory, () => said), 180)
      .then(() => fault(child, directory))
      .catch((error) => {
        undone = error;
        child.kill('SIGKILL');
      });
  };
  const all = { ...INPUTS, iterations: '1000', 'report-dir': directory, ...inputs };
  const ended = await runner.main({ event: 'schedule', inputs: all, started, variables });
  if (undone !== undefined) throw new Error('the fault could not be done', { cause: undone });
  const after = await runner.post();
  expect([after.code, after.signal]).toEqual([0, null]);
  return { ...ended, runner, directory, pid };
}

type Ending = Awaited<ReturnType<typeof disturbed>>;

/** What every fault must leave; and that outputs and report say the same. */
export async function expectReported(ended: Ending): Promise<Report> {
  const report = await expectOrder(ended);
  const { ok, divergent, inconclusive } = report.counts;
  expect(ended.runner.summary()).toContain(`**${ok} ok · ${divergent} divergent · ${inconclusive} inconclusive**`);
  return report;
}
