import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOutsideJson } from '../trust/parse.ts';
import { phasesOf } from './phases.ts';
import { FILES, type FindingLine, type IterationLine } from './record.ts';
import type { TriageLine } from './triage-line.ts';

/** What grows while a run goes on. */
export interface RecordLines {
  readonly iterations: readonly IterationLine[];
  readonly findings: readonly FindingLine[];
  readonly triage: readonly TriageLine[];
}

/** The lines of a record, also of a run that was killed or ran out of disk: a line that is not whole does not count. */
export function readRecordLines(directory: string): RecordLines {
  const iterations = readLines<IterationLine>(join(directory, FILES.iterations));
  const findings = readLines<FindingLine>(join(directory, FILES.findings));
  return {
    iterations: [...iterations, ...cutShort(iterations, findings)],
    findings,
    triage: readLines<TriageLine>(join(directory, FILES.triage)),
  };
}

/** A finding is kept before its iteration is: where the process or the disk ended between the two, the iteration counts as what was found. */
function cutShort(iterations: readonly IterationLine[], findings: readonly FindingLine[]): IterationLine[] {
  const kept = new Set(iterations.map(({ index }) => index));
  const alone = findings.filter(({ index }) => !kept.has(index));
  return alone.map(({ index, finding }) => ({
    index,
    verdict: { kind: 'divergent' },
    steps: [{ operation: finding.operation, outcome: 'divergent' }],
    avoided: [],
    milliseconds: 0,
    phases: phasesOf([], 0),
  }));
}

function readLines<T>(path: string): T[] {
  return existsSync(path) ? (wholeLines(readFileSync(path, 'utf8')) as T[]) : [];
}

/** The values of a text's lines, but for those that are no JSON. */
export function wholeLines(text: string): unknown[] {
  return text
    .split('\n')
    .map((line) => parseOutsideJson(line))
    .filter((line) => line !== undefined);
}

/** A bug has a line when it is found and one with all its sightings: the last of each. */
export function latestBugs(lines: readonly TriageLine[]): (TriageLine & { readonly kind: 'bug' })[] {
  const bugs = lines.filter((line) => line.kind === 'bug');
  return [...new Map(bugs.map((line) => [line.fingerprint, line])).values()];
}
