import { expect } from 'vitest';
import { KeptFiles } from '../../src/report/kept.ts';
import { readRecordLines } from '../../src/report/lines.ts';
import { type Report, readReport } from '../../src/report/report.ts';
import { cli } from './cli.ts';
import { type Ended, until } from './process.ts';
import { tracesOf } from './traces.ts';

/** How often each fault is tried. */
export const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 1);

/** A run that something happened to. */
export interface Disturbed extends Pick<Ended, 'stdout' | 'stderr'> {
  /** Its report directory. */
  readonly directory: string;
  readonly pid: number | undefined;
}

/**
 * What must hold after every fault: the record is readable and its counts add up, every finding that was announced is in it, nothing is
 * left behind, and the next run works. Gives the report for what the fault itself must show.
 */
export async function expectOrder({ directory, pid, stdout, stderr }: Disturbed): Promise<Report> {
  const report = readReport(directory);
  const lines = readRecordLines(new KeptFiles(directory)).iterations;
  expect([report.finished, new Set(lines.map(({ index }) => index)).size]).toEqual([lines.length, lines.length]);
  expect(announced(`${stdout}\n${stderr}`).filter((index) => !recorded(directory).has(index))).toEqual([]);
  await expectNothingLeft(pid);
  await expectNextRun();
  return report;
}

/** Nothing of a run is left: no container, no scratch space, no process. */
export async function expectNothingLeft(pid: number | undefined): Promise<void> {
  await until('the last process to end', () => tracesOf(pid).length === 0);
  expect(tracesOf(pid)).toEqual([]);
}

/** A run of the reference against itself, as anybody would start it next. */
export async function expectNextRun(): Promise<void> {
  const { code, stdout } = await cli('--seed', 'next', '--iterations', '1', '--lanes', '1');
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'ok: 1 ok, 0 divergent, 0 inconclusive of 1 iteration']);
}

function announced(said: string): number[] {
  return [...said.matchAll(/^Iteration (\d+), step \d+: /gm)].map(([, index]) => Number(index));
}

function recorded(directory: string): Set<number> {
  return new Set(readRecordLines(new KeptFiles(directory)).findings.map(({ index }) => index));
}
