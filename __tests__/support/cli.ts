import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FindingLine, IterationLine, RunFile } from '../../src/report/record.ts';
import { CLI } from './paths.ts';
import { type Ended, run } from './process.ts';

/** A new directory for one test. */
export const newDirectory = () => mkdtempSync(join(tmpdir(), 'differential-fuzz-test-'));

/** Runs the bundled command line as a user would. */
export const cli = (...args: string[]): Promise<Ended> => run(process.execPath, [CLI, ...args]);

/** A record, read back as lines. */
export interface Recorded {
  readonly directory: string;
  readonly run: RunFile;
  readonly iterations: readonly IterationLine[];
  readonly findings: readonly FindingLine[];
}

/** Runs the command line into a report directory of its own and reads the record. */
export async function fuzz(...args: string[]): Promise<Ended & Recorded> {
  const directory = join(newDirectory(), 'report');
  const ended = await cli('--report-dir', directory, ...args);
  return { ...ended, ...readRecord(directory) };
}

/** Whether a run that goes on has some iterations in its report directory. */
export function begun(directory: string): boolean {
  const file = join(directory, 'iterations.jsonl');
  return existsSync(file) && readFileSync(file, 'utf8').split('\n').length > 3;
}

/** Reads what a run left in its report directory. */
export function readRecord(directory: string): Recorded {
  const lines = <T>(name: string) =>
    readFileSync(join(directory, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  return {
    directory,
    run: JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8')) as RunFile,
    iterations: lines<IterationLine>('iterations.jsonl').toSorted((a, b) => a.index - b.index),
    findings: lines<FindingLine>('findings.jsonl').toSorted((a, b) => a.index - b.index),
  };
}
